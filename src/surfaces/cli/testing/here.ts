import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { CommanderError } from 'commander';
import type { Act } from '../act.ts';
import { fail } from '../output/fail.ts';
import type { Output } from '../output/print.ts';
import { exitOf, makeProgram } from '../program.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An output that keeps what it is given. */
export function kept(more: Partial<Output> = {}): { readonly output: Output; readonly said: () => Omit<Ran, 'code'> } {
  const out: string[] = [];
  const err: string[] = [];
  const output: Output = {
    json: false,
    colour: false,
    columns: null,
    redraws: false,
    out: (text) => void out.push(`${text}\n`),
    err: (text) => void err.push(`${text}\n`),
    ...more,
  };
  return { output, said: () => ({ out: out.join(''), err: err.join('') }) };
}

/** A command line in this process, with what `act` does: what it wrote, and its exit code. */
export async function omkHere(words: readonly string[], columns: number | null = null): Promise<Ran> {
  const { output, said } = kept({ json: words.includes('--json'), columns });
  let code = 0;
  const act: Act = async (json, action) => {
    try {
      code = await action({ ...output, json: json === true });
    } catch (error) {
      code = fail(error, { ...output, json: json === true });
    }
  };
  const program = makeProgram(act, words, output);
  for (const each of all(program))
    each.configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.err(text.trimEnd()),
    });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = exitOf(error, words);
  }
  return { code, ...said() };
}

/** A command and all below it. */
export const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)];

/**
 * An empty state directory and home for the commands of this test file, whose process this is: called once, at its top. They are not
 * given back, so that nothing here can reach those of the user.
 */
export function ownMachine(t: { readonly after: (end: () => void) => void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'omk-cli-'));
  Object.assign(process.env, {
    HOME: join(folder, 'home'),
    XDG_STATE_HOME: join(folder, 'home', 'state'),
    XDG_CONFIG_HOME: join(folder, 'home', 'config'),
    OMK_STATE_DIR: join(folder, 'state'),
  });
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
