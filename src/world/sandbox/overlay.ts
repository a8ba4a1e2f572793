import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../process/remove-folder.ts';
import { findProgram } from './environment.ts';
import type { Bind } from './port.ts';

type Argv = readonly [string, ...string[]];

/** How this machine shows a folder so that what is written to it dies with the process. */
export type Overlays =
  /** By bubblewrap itself, from version 0.11 on. */
  | { readonly kind: 'own' }
  /** Mounted before bubblewrap starts, in a mount namespace that nothing else shares. */
  | { readonly kind: 'mounted'; readonly before: Argv; readonly as: readonly string[] }
  | { readonly kind: 'none' };

const ATTEMPT_MS = 10_000;
/** Not the PATH of the command: what comes first there may belong to a repository, and this runs outside of the sandbox. */
const SYSTEM_PATH = '/usr/bin:/bin:/usr/sbin:/sbin';

/** Where what is written lies in memory: a folder that every Linux has and that holds no folder of the user. */
const ROOM = '/sys';
const scriptWith = (mount: string, umount: string, mkdir: string): string => `set -e
fail() { echo "bwrap: an overlay over $1 could not be mounted" >&2; exit 1; }
cd /
${mount} -t tmpfs omk ${ROOM} || fail ${ROOM}
n=0
while [ "$1" != -- ]; do
  n=$((n + 1))
  ${mkdir} ${ROOM}/$n
  if [ -n "$2" ]; then ${mount} --bind "$2" ${ROOM}/$n || fail "$1"; fi
  ${mkdir} -p ${ROOM}/$n/up ${ROOM}/$n/work
  cd "$1"
  ${mount} -t overlay -o "lowerdir=.,upperdir=${ROOM}/$n/up,workdir=${ROOM}/$n/work,userxattr" omk "$1" || fail "$1"
  shift 2
done
cd /
${umount} -l ${ROOM}
shift
exec "$@"`;

/** Tries each way once, from the best to none, with the options that every sandbox is made with. */
export async function findOverlays(bubblewrap: string, isolate: readonly string[]): Promise<Overlays> {
  const folder = await mkdtemp(join(tmpdir(), 'omk-overlay-'));
  try {
    for (const way of [{ kind: 'own' } as const, ...mountedWays()])
      if (await works(way, bubblewrap, isolate, { from: folder, writable: false, overlay: true })) return way;
    return { kind: 'none' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function mountedWays(): readonly Extract<Overlays, { kind: 'mounted' }>[] {
  const [unshare, sh, mount, umount, mkdir] = ['unshare', 'sh', 'mount', 'umount', 'mkdir'].map((name) =>
    findProgram(name, SYSTEM_PATH),
  );
  if (!unshare || !sh || !mount || !umount || !mkdir) return [];
  const script = [sh, '-c', scriptWith(mount, umount, mkdir), 'omk'];
  const [uid, gid] = [process.geteuid?.() ?? 0, process.getegid?.() ?? 0];
  const user = {
    kind: 'mounted',
    before: [unshare, '--user', '--map-root-user', '--mount', ...script],
    // Root of a namespace of its own, and the user again in that of the sandbox.
    as: ['--unshare-user', '--uid', String(uid), '--gid', String(gid)],
  } as const;
  return uid === 0 ? [{ kind: 'mounted', before: [unshare, '--mount', ...script], as: [] }, user] : [user];
}

/** Whether what is written can be kept on the file system of a folder: one that is an overlay itself cannot. */
export async function keepsIn(
  way: Overlays,
  bubblewrap: string,
  isolate: readonly string[],
  folder: string,
): Promise<boolean> {
  if (way.kind === 'none') return false;
  const [from, kept] = await Promise.all(['from', 'kept'].map((name) => mkdtemp(join(folder, `.overlay-${name}-`))));
  if (from === undefined || kept === undefined) return false;
  try {
    await prepareKept(kept);
    return await works(way, bubblewrap, isolate, { from, writable: false, overlay: { in: kept } });
  } finally {
    await Promise.all([from, kept].map(removeFolder));
  }
}

/** The two folders that an overlay needs. */
async function prepareKept(dir: string): Promise<void> {
  for (const name of ['up', 'work']) await mkdir(join(dir, name), { recursive: true, mode: 0o700 });
}

export async function prepareOverlays(binds: readonly Bind[]): Promise<void> {
  for (const { overlay } of binds) if (overlay && overlay !== true) await prepareKept(overlay.in);
}

function works(way: Overlays, bubblewrap: string, isolate: readonly string[], bind: Bind): Promise<boolean> {
  const [program, ...args] = withOverlays(
    way,
    [bind],
    [bubblewrap, ...isolate, '--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev'],
    ['touch', join(bind.from, 'written')],
  );
  return new Promise((resolve) => {
    execFile(program, args, { env: { PATH: SYSTEM_PATH }, timeout: ATTEMPT_MS, cwd: '/' }, (error) =>
      resolve(error === null),
    );
  });
}

/** The whole command: `start` are bubblewrap and its options before the binds, `rest` what comes behind them. */
export function withOverlays(
  way: Overlays,
  binds: readonly Bind[],
  [bubblewrap, ...start]: Argv,
  rest: readonly string[],
): Argv {
  const mounted = new Map(
    binds.flatMap(({ from, overlay }) => (overlay && way.kind === 'mounted' ? [[from, keptOf(overlay)] as const] : [])),
  );
  const args = [...start, ...bindArgs(binds, way), ...rest];
  if (way.kind !== 'mounted' || mounted.size === 0) return [bubblewrap, ...args];
  const [first, ...before] = way.before;
  return [first, ...before, ...[...mounted].flat(), '--', bubblewrap, ...way.as, ...args];
}

const keptOf = (overlay: NonNullable<Bind['overlay']>): string => (overlay === true ? '' : overlay.in);

/** Parents before what lies in them, so that none covers another. */
function bindArgs(binds: readonly Bind[], way: Overlays): readonly string[] {
  return binds
    .map((bind) => ({ ...bind, to: bind.to ?? bind.from }))
    .sort((a, b) => a.to.length - b.to.length)
    .flatMap(({ from, to, writable, overlay }) => {
      if (overlay === true && way.kind === 'own') return ['--overlay-src', from, '--tmp-overlay', to];
      if (overlay && way.kind === 'own')
        return ['--overlay-src', from, '--overlay', join(keptOf(overlay), 'up'), join(keptOf(overlay), 'work'), to];
      return [writable || (overlay && way.kind === 'mounted') ? '--bind' : '--ro-bind', from, to];
    });
}
