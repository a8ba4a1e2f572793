import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SharedRuns } from './shared-runs.ts';
import { createRepository } from '../../src/world/git/repository/create.ts';

export type Files = Readonly<Record<string, string>>;

/** Calls back when all is over; a test is one. */
export interface Cleanup {
  after(remove: () => void | Promise<void>): void;
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Gates of most tests run `npm test`, and what npm itself does is no part of them. */
const QUICK_NPM = join(import.meta.dirname, 'quick-npm');

/** Compiled code of omk, once for all tests: each has a state directory of its own, where omk would find none. */
const COMPILED = pick(['NODE_COMPILE_CACHE']);
const OMK = join(import.meta.dirname, '..', '..', 'bin', 'omk.js');

/**
 * A machine of its own for one test: HOME, state and a repository in a temporary directory with a space in its name. In the end every
 * goal of it is executed again without its gates, and must come out as it was.
 */
export interface Machine {
  readonly dir: string;
  readonly repository: string;
  readonly state: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs omk as a user would. */
  omk(
    args: readonly string[],
    options?: { cwd?: string; env?: Readonly<Record<string, string>>; input?: string },
  ): Promise<Ran>;
  /** Starts omk and returns the process, for tests that end it. */
  start(args: readonly string[]): ReturnType<typeof spawn>;
  /** Starts another program in the environment of omk. */
  startOther(program: string, args: readonly string[]): ReturnType<typeof spawn>;
  /** What a user calls `omk`. */
  readonly program: string;
  /** Writes a scenario for the scripted agent and returns the `--agent` text. */
  agent(scenario: unknown, name?: string): string;
}

export interface Options {
  readonly sandbox?: 'none';
  /** For tests of what npm does with a project; most have one that only runs a plain `test` script. */
  readonly npm?: 'real';
  /** Goals are not executed again in the end. */
  readonly replayed?: false;
  /** Runs of gates that earlier tests of the file made, and this one leaves: for tests of what comes after a verdict. */
  readonly runs?: SharedRuns;
}

export async function machine(t: Cleanup, files: Files, options: Options = {}): Promise<Machine> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'omk test ')));
  t.after(async () => {
    options.runs?.keep(join(dir, 'state'));
    try {
      if (options.replayed !== false && process.env['OMK_TEST_REPLAY'] !== '0') await replayAll(join(dir, 'state'));
    } finally {
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    }
  });
  const repository = join(dir, 'home', 'a project');
  const state = join(dir, 'state');
  writeFiles(repository, files);
  await createRepository(repository, 'Start', '2026-01-31T12:00:00Z');
  options.runs?.take(state);
  const env = {
    PATH: [...(options.npm === 'real' ? [] : [QUICK_NPM]), process.env['PATH'] ?? ''].join(':'),
    ...COMPILED,
    HOME: join(dir, 'home'),
    XDG_CONFIG_HOME: join(dir, 'home', '.config'),
    OMK_STATE_DIR: state,
    ...(options.sandbox === 'none' ? { OMK_SANDBOX: 'none' } : {}),
    ...toolchains(),
  };
  const running = new Set<ReturnType<typeof spawn>>();
  // One that a failed test left behind would keep the file of tests from ending, for as long as its agent hangs.
  t.after(() => running.forEach((child) => child.kill('SIGKILL')));
  const started = <C extends ReturnType<typeof spawn>>(child: C): C => {
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  };
  const start = (args: readonly string[], more: { cwd?: string; env?: Readonly<Record<string, string>> } = {}) =>
    started(
      spawn(process.execPath, [OMK, ...args], {
        cwd: more.cwd ?? repository,
        env: { ...env, ...more.env },
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
    );
  return {
    dir,
    repository,
    state,
    env,
    start,
    startOther: (program, args) =>
      started(spawn(program, args, { cwd: repository, env, stdio: ['pipe', 'pipe', 'pipe'] })),
    program: OMK,
    omk: (args, more = {}) => finish(start(args, more), more.input ?? ''),
    agent: (scenario, name = 'scenario') => {
      const file = join(dir, 'scenarios', `${name}.json`);
      writeFiles(dirname(file), { [`${name}.json`]: JSON.stringify(scenario) });
      return `scripted:${file}`;
    },
  };
}

/** Loaded by the tests that ask for it: it brings the engine. */
async function replayAll(state: string): Promise<void> {
  const { divergences } = await import('./replayed.ts');
  assert.deepEqual(await divergences(state), []);
}

export function writeFiles(dir: string, files: Files): void {
  mkdirSync(dir, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content.startsWith('-> ')) symlinkSync(content.slice(3), file);
    else writeFileSync(file, content);
    if (content.startsWith('#!')) chmodSync(file, 0o755);
  }
}

/** Where version managers keep their programs, so that toolchains under the real HOME are found from another one. */
function toolchains(): Record<string, string> {
  return pick(['PYENV_ROOT', 'RUSTUP_HOME', 'CARGO_HOME', 'GOROOT', 'NVM_DIR', 'VOLTA_HOME']);
}

/** Variables of this process, those that it has. */
function pick(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

export function finish(child: ReturnType<typeof spawn>, input: string): Promise<Ran> {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin?.on('error', () => undefined).end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

/** Polls until `look` is true; fails after a generous while. */
export async function until(look: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (look()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never saw ${what}`);
}

/** The last line of `omk run --json`, and every event before it. */
export function parseRun(ran: Ran): {
  readonly status: string;
  readonly goal: string;
  readonly events: readonly Event[];
  readonly gaps: readonly Gap[];
} {
  const lines = ran.out
    .trim()
    .split('\n')
    .map((line): Event => JSON.parse(line));
  const summary = lines.at(-1);
  const events = lines.slice(0, -1);
  const ended = events.findLast((event) => event.type === 'goal.ended');
  return {
    status: String(summary?.['status']),
    goal: String(summary?.['goal']),
    events,
    gaps: (ended?.data?.['gaps'] ?? []) as readonly Gap[],
  };
}

export interface Event {
  readonly type: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

export interface Gap {
  readonly kind: string;
  readonly code: string;
  readonly subject: string;
  readonly text: string;
}

/** Every file below a directory with its bytes, mode and link target, as one comparable value. */
export function listing(dir: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const walk = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const at = join(path, entry.name);
      if (entry.isDirectory()) walk(at);
      else if (entry.isFile()) found[at.slice(dir.length)] = readFileSync(at, 'latin1');
      else found[at.slice(dir.length)] = entry.isSymbolicLink() ? 'link' : 'special';
    }
  };
  walk(dir);
  return found;
}
