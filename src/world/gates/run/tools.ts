import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanLine } from '../../../domain/text/clean.ts';
import { COMMANDS } from '../../../ecosystems/commands.ts';
import { runProcess } from '../../process/run.ts';
import type { Bind, Sandboxes } from '../../sandbox/port.ts';

type Argv = readonly [string, ...string[]];
type Env = Readonly<Record<string, string>>;
/** What a command prints of its version, under the name of its program; empty without a command, and where it does not work. */
export type AskTools = (argv: Argv | null, env: Env, binds: readonly Bind[]) => Promise<Record<string, string>>;

const VERSIONS = new Map<string, Argv>([
  ['make', ['make', '--version']],
  ...Object.values(COMMANDS).flatMap(({ versions }) => Object.entries(versions ?? {})),
]);
const LINES = Object.values(COMMANDS).flatMap(({ versionLines }) => versionLines ?? []);

const TIMEOUT_MS = 60_000;
const LONGEST = 300;

/** What prints the version of a well-known program; null for any other, which might do something else when asked. */
export const versionOf = (program: string): Argv | null => VERSIONS.get(program) ?? null;

/**
 * What decides of the output of `--version`, in one line: the tool's own version and what else decides with it; null when it says nothing.
 */
export function versionSaid(output: string): string | null {
  const lines = output.split('\n').map((line) => cleanLine(line));
  const own = lines.find((line) => LINES.some((each) => each.own.test(line))) ?? lines.find((line) => /\w/.test(line));
  return own === undefined
    ? null
    : cleanLine([own, ...lines.filter((line) => LINES.some((each) => each.beside.test(line)))].join('; '), LONGEST);
}

/** Versions of tools, as a gate sees them, each asked once per PATH. */
export function toolVersions(stateTmp: string, sandboxes: Sandboxes): AskTools {
  const known = new Map<string, Promise<string | null>>();
  return async (argv, env, binds) => {
    if (argv === null) return {};
    const key = JSON.stringify([argv, env['PATH'], env['JAVA_HOME']]);
    const asked = known.get(key) ?? ask(argv, env, binds);
    known.set(key, asked);
    const version = await asked;
    return version === null ? {} : { [argv[0]]: version };
  };

  async function ask(argv: Argv, env: Env, binds: readonly Bind[]): Promise<string | null> {
    const dir = await mkdtemp(join(stateTmp, 'version-'));
    try {
      const { PATH = '', HOME = '', TMPDIR = '', JAVA_HOME } = env;
      const asking = { PATH, HOME, TMPDIR, ...(JAVA_HOME === undefined ? {} : { JAVA_HOME }) };
      const cwd = (await sandboxes.detect()).kind === 'none' ? dir : '/';
      const command = await sandboxes.wrap({ argv, cwd, env: asking, network: false, view: 'gate', binds, hidden: [] });
      const stdoutFile = join(dir, 'stdout');
      const result = await runProcess({
        ...command,
        timeoutMs: TIMEOUT_MS,
        stdoutFile,
        stderrFile: join(dir, 'stderr'),
        capBytes: 4096,
      });
      if (result.kind !== 'exited' || result.code !== 0) return null;
      return versionSaid(await readFile(stdoutFile, 'utf8'));
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }
}
