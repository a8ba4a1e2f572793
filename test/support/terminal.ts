import { spawnSync } from 'node:child_process';
import type { Machine } from './machine.ts';

/** Why there is no pseudo terminal here; false: there is. */
export const noTerminal =
  process.platform === 'linux' && spawnSync('script', ['--version']).status === 0 ? false : 'needs script(1) of Linux';

/** Runs omk on a terminal and presses `keys` each time after the text before them has appeared. */
export function onTerminal(
  m: Machine,
  args: string,
  keys: readonly (readonly [seen: string, press: string])[],
): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = m.startOther('script', [
    '-qec',
    `stty cols 100 rows 40; unset CI; export TERM=xterm; '${process.execPath}' '${m.program}' ${args}`,
    '/dev/null',
  ]);
  const waiting = [...keys];
  let text = '';
  let from = 0;
  child.stdout?.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    const [next] = waiting;
    const at = next ? text.indexOf(next[0], from) : -1;
    if (!next || at < 0) return;
    from = at + next[0].length;
    waiting.shift();
    child.stdin?.write(next[1]);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, text })));
}
