import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const OMK = join(ROOT, 'bin', 'omk.js');
const HOOK = join(import.meta.dirname, 'hook.ts');
/** A command that takes longer than this hangs. Milliseconds. */
const PATIENCE_MS = 120_000;

export interface Injection {
  readonly at: number | null;
  readonly how: 'kill' | 'EIO' | 'ENOSPC';
  readonly lasting?: boolean;
}

export interface Ran {
  /** Null where it was killed. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A repository, a state directory and a scripted agent of one case, in a directory that is removed at the end. */
export class Bench {
  readonly dir = realpathSync(mkdtempSync(join(tmpdir(), 'omk-crash-')));
  readonly repository = join(this.dir, 'repository');
  readonly state = join(this.dir, 'state');
  readonly #env = {
    PATH: process.env['PATH'] ?? '',
    HOME: join(this.dir, 'home'),
    OMK_STATE_DIR: this.state,
    OMK_SANDBOX: 'none',
  };

  constructor() {
    for (const [name, text] of [
      ['repository/a.txt', 'one\n'],
      ['repository/src/b.txt', 'two\n'],
      ['home/.keep', ''],
      ['scenario.json', JSON.stringify(SCENARIO)],
    ] as const) {
      mkdirSync(join(this.dir, name, '..'), { recursive: true });
      writeFileSync(join(this.dir, name), text);
    }
    this.git('init', '--quiet', '--initial-branch=main');
    this.git('add', '.');
    this.git('commit', '--quiet', '-m', 'Start');
  }

  git(...args: readonly string[]): string {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@localhost'];
    return execFileSync('git', [...who, ...args], { cwd: this.repository, env: this.#env, encoding: 'utf8' });
  }

  run(injection: Injection | null = null): Promise<Ran> {
    const agent = `scripted:${join(this.dir, 'scenario.json')}`;
    return this.omk(['run', '--json', '--agent', agent, '--check', 'test -f done.txt', 'Write done.txt'], injection);
  }

  /** Runs omk, with a crash or a fault where one is given. */
  async omk(args: readonly string[], injection: Injection | null = null): Promise<Ran> {
    const hook = injection === null ? [] : ['--import', HOOK];
    const plan = injection && { lasting: false, trace: join(this.dir, 'trace'), ...injection };
    const child = spawn(process.execPath, [...hook, OMK, ...args], {
      cwd: this.repository,
      env: { ...this.#env, ...(plan ? { OMK_CRASH: JSON.stringify(plan) } : {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    // A git that outlives omk may hold its streams: the exit is what counts.
    const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
    clearTimeout(timer);
    await new Promise((resolve) => setImmediate(resolve));
    return { code, out, err };
  }

  /** The calls that a hooked command made, in order. */
  trace(): readonly string[] {
    const text = readFileSync(join(this.dir, 'trace'), 'utf8');
    rmSync(join(this.dir, 'trace'));
    return text.split('\n').slice(0, -1);
  }

  /** Keeps everything as it is now; `restore` brings it back. */
  save(): void {
    for (const name of SAVED) cpSync(join(this.dir, name), join(this.dir, `${name}.saved`), COPY);
  }

  restore(): void {
    for (const name of SAVED) {
      rmSync(join(this.dir, name), { recursive: true });
      cpSync(join(this.dir, `${name}.saved`), join(this.dir, name), COPY);
    }
  }

  /** Processes that still run in this case's directories: their command lines, by what their environment names. */
  strays(): readonly string[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .flatMap((pid) => {
        const [environ, command] = [read(`/proc/${pid}/environ`), read(`/proc/${pid}/cmdline`)];
        return environ.includes(this.dir) || command.includes(this.dir) ? [command.replaceAll('\0', ' ').trim()] : [];
      })
      .filter((command) => command !== '');
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

const SAVED = ['repository', 'state'];
const COPY = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true };
const SCENARIO = {
  turns: [{ steps: [{ say: 'x' }, { write: { path: 'done.txt', content: 'done\n' } }, { say: 'done' }] }],
};

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
