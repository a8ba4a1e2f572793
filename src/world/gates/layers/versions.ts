import { execFile } from 'node:child_process';
import { COMMANDS } from '../../../ecosystems/commands.ts';
import { baseEnv, findProgram } from '../../sandbox/environment.ts';
import type { Sandboxes } from '../../sandbox/port.ts';

const ASK_MS = 30_000;

const askFor = (tool: string, path: string) =>
  Object.values(COMMANDS)
    .map(({ asks }) => asks?.(tool, path) ?? null)
    .find((found) => found !== null) ?? { argv: [tool, '--version'] as const, said: '' };

/** Asks programs for their versions, each once. `none` for one that is not there or does not say. */
export function versionsOf(
  sandboxes: Sandboxes,
  path: string,
  programs: readonly string[] = [],
): (tools: readonly string[]) => Promise<Readonly<Record<string, string>>> {
  const asked = new Map<string, Promise<string>>();
  const ask = async (tool: string): Promise<string> => {
    if (findProgram(tool, path) === null) return 'none';
    const { argv, said } = askFor(tool, path);
    const env = baseEnv({ path, home: '/', tmp: '/tmp' });
    const command = await sandboxes.wrap({
      argv,
      cwd: '/',
      env,
      network: false,
      view: 'gate',
      binds: programs.map((from) => ({ from, writable: false })),
      hidden: [],
    });
    const [program, ...args] = command.argv;
    return new Promise((resolve) => {
      execFile(
        program,
        args,
        { env: { ...command.env }, cwd: command.cwd, timeout: ASK_MS, encoding: 'utf8' },
        (error, stdout) => {
          resolve(error === null ? `${said}${stdout.trim()}` : 'none');
        },
      );
    });
  };
  return async (tools) => {
    const pairs = tools.map(async (tool) => {
      const version = asked.get(tool) ?? ask(tool);
      asked.set(tool, version);
      return [tool, await version] as const;
    });
    return Object.fromEntries(await Promise.all(pairs));
  };
}
