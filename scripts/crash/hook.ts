/**
 * Loaded into omk before its own code (`--import`): counts each call that changes something outside of the process and
 * kills the process before one of them, or makes it fail as a disk does. Given by the variable OMK_CRASH, as JSON.
 */
import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';

interface Plan {
  /** Which call, from 1 on; null: only count. */
  readonly at: number | null;
  /** `kill`, or the name of an error. */
  readonly how: string;
  /** Every call from there on fails, as on a disk that stays full. */
  readonly lasting: boolean;
  /** Where the name of each call goes, one a line. */
  readonly trace: string | null;
}

type Call = (...args: never[]) => unknown;

const plan: Plan = JSON.parse(process.env['OMK_CRASH'] ?? '{"at":null,"how":"kill","lasting":false,"trace":null}');
delete process.env['OMK_CRASH'];
const real = { writeSync: fs.writeSync, spawn: childProcess.spawn };
const trace = plan.trace === null ? null : fs.openSync(plan.trace, 'a');
let count = 0;

/** Counts a call; true when it is to fail. */
function hits(name: string): boolean {
  count += 1;
  if (trace !== null) real.writeSync(trace, `${name}\n`);
  if (plan.at === null || count < plan.at || (count > plan.at && !plan.lasting)) return false;
  if (plan.how === 'kill') process.kill(process.pid, 'SIGKILL');
  return true;
}

const systemError = (syscall: string, path: unknown): Error =>
  Object.assign(new Error(`${plan.how}: injected, ${syscall}`), {
    code: plan.how,
    errno: -1,
    syscall,
    ...(typeof path === 'string' ? { path } : {}),
  });

const writes = (flags: unknown): boolean =>
  typeof flags === 'string' ? /[wa+]/.test(flags) : typeof flags === 'number' && (flags & 0o103) !== 0;
const isStandard = (fd: unknown): boolean => typeof fd === 'number' && fd <= 2;

/** Which calls of the file system change something, told by their arguments. */
type Changes = (args: readonly unknown[]) => boolean;
const ALWAYS = ['mkdir', 'mkdtemp', 'writeFile', 'appendFile', 'rename', 'rm', 'rmdir', 'unlink', 'symlink', 'link'];
const OF_HANDLES = ['write', 'writev', 'fsync', 'fdatasync', 'ftruncate'];
const CHANGING: ReadonlyMap<string, Changes> = new Map([
  ...[...ALWAYS, 'copyFile', 'cp', 'chmod', 'truncate'].map((name): [string, Changes] => [name, () => true]),
  ...OF_HANDLES.map((name): [string, Changes] => [name, (args) => !isStandard(args[0])]),
  ['open', (args) => writes(args[1])],
]);

function patch(target: object, key: string, make: (before: Call) => Call): void {
  const before: unknown = Reflect.get(target, key);
  if (typeof before === 'function')
    Reflect.set(
      target,
      key,
      make((...args) => Reflect.apply(before, target, args)),
    );
}

for (const [name, changes] of CHANGING) {
  patch(fs, `${name}Sync`, (before) => (...args: never[]) => {
    if (changes(args) && hits(`${name}Sync ${String(args[0])}`)) throw systemError(name, args[0]);
    return before(...args);
  });
  patch(fs.promises, name, (before) => (...args: never[]) => {
    if (changes(args) && hits(`${name} ${String(args[0])}`)) return Promise.reject(systemError(name, args[0]));
    return before(...args);
  });
}
for (const name of ['open', 'write', 'writev'])
  patch(fs, name, (before) => (...args: never[]) => {
    const back: unknown = args.at(-1);
    if (CHANGING.get(name)?.(args) && typeof back === 'function' && hits(`${name} callback`))
      return process.nextTick(() => Reflect.apply(back, null, [systemError(name, args[0])]));
    return before(...args);
  });

const handle = await fs.promises.open('/dev/null');
const ofHandles: object = Object.getPrototypeOf(handle);
await handle.close();
for (const name of ['write', 'writeFile', 'appendFile', 'sync', 'datasync', 'truncate']) {
  const before: unknown = Reflect.get(ofHandles, name);
  if (typeof before !== 'function') continue;
  Reflect.set(ofHandles, name, function patched(this: unknown, ...args: unknown[]) {
    return hits(`handle.${name}`)
      ? Promise.reject(systemError(name === 'sync' ? 'fsync' : 'write', null))
      : Reflect.apply(before, this, args);
  });
}

const sqliteError = (): Error =>
  Object.assign(new Error(plan.how === 'ENOSPC' ? 'database or disk is full' : 'disk I/O error'), {
    code: 'ERR_SQLITE_ERROR',
    errcode: plan.how === 'ENOSPC' ? 13 : 10,
  });
for (const [type, name] of [
  [DatabaseSync, 'exec'],
  [StatementSync, 'run'],
] as const) {
  const before: unknown = Reflect.get(type.prototype, name);
  if (typeof before !== 'function') continue;
  Reflect.set(type.prototype, name, function patched(this: unknown, ...args: unknown[]) {
    if (args[0] !== 'ROLLBACK' && hits(`sqlite.${name} ${name === 'exec' ? String(args[0]).slice(0, 20) : ''}`))
      throw sqliteError();
    return Reflect.apply(before, this, args);
  });
}

const SPOKEN: Readonly<Record<string, string>> = { ENOSPC: 'No space left on device', EIO: 'Input/output error' };
/** A git that meets the same disk. Other programs are killed before, but not made to fail: they are not omk. */
childProcess.spawn = new Proxy(real.spawn, {
  apply(target, self, args: unknown[]) {
    const [file, argv] = args;
    const isGit = basename(String(file)) === 'git';
    const name = `spawn ${basename(String(file))} ${Array.isArray(argv) ? String(argv[0]) : ''}`;
    if ((isGit || plan.how === 'kill') && hits(name)) {
      const text = `echo 'fatal: write error: ${SPOKEN[plan.how] ?? plan.how}' >&2; exit 128`;
      return Reflect.apply(target, self, ['/bin/sh', ['-c', text], ...args.slice(2)]);
    }
    return Reflect.apply(target, self, args);
  },
});
syncBuiltinESMExports();
