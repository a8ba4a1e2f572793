import { existsSync } from 'node:fs';
import { mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { GateSpec } from '../../domain/gates/gate.ts';
import { runProcess } from '../../world/process/run.ts';
import { copyFolder } from '../../world/gates/layers/copy.ts';
import type { RunGateRequest } from '../../world/gates/port.ts';
import type { BuildCache, Cached } from '../../world/gates/run/build-cache.ts';
import type { RunContext } from '../../world/gates/run/context.ts';
import { gateEnvironment } from '../../world/gates/run/environment.ts';
import type { RunFolder } from '../../world/gates/run/folder.ts';
import type { Placed } from '../../world/gates/run/layer.ts';

/** Go writes an index of each folder that did not change for two seconds into its cache, and gives up where it cannot. */
const NO_INDEX = { GODEBUG: 'goindex=0' } as const;
const SEEN = '/omk/go-build';

/** Flags that decide what is compiled, with their values. */
const BUILDS =
  /^--?(race|msan|asan|trimpath|cover|(?:tags|mod|modfile|covermode|coverpkg|gcflags|ldflags|asmflags)=.*)$/;
const BUILDS_NEXT = /^--?(?:tags|mod|modfile|covermode|coverpkg|gcflags|ldflags|asmflags)$/;
/** With one of these a gate may have its own programs take part in what is compiled. */
const OWN_TOOLS = /^(?:GO(?!MAXPROCS$|DEBUG$|GC$)|CGO_|CC$|CXX$|AR$|FC$|LD_|PKG_CONFIG|PATH$|COMPILER_PATH$|GCC_)/;

const NONE: Cached = { env: {}, binds: [] };

/**
 * Go keeps no compiled standard library, so a first run compiles it, for half a minute. One build cache of the
 * state directory holds it, and
 * what bases compile. Only the compiler writes there, in a step of its own that runs nothing of a repository; gates read it.
 */
export const go: BuildCache = async (context, request, folder, sandbox, layer, signal) => {
  if (!usesGo(request, folder)) return NONE;
  const kept = join(context.stateDir, 'cache', 'go');
  if (request.purpose === 'baseline') await fillOnce(context, request, folder, kept, layer, signal);
  // Empty, it would be a cache that Go cannot begin.
  if (!existsSync(join(kept, 'ff'))) return NONE;
  if (sandbox.kind === 'bubblewrap')
    return { env: { GOCACHE: SEEN, ...NO_INDEX }, binds: [{ from: kept, to: SEEN, writable: false }] };
  const copy = join(folder.dir, 'go-build');
  await copyFolder(kept, copy, folder.dir, context.path);
  return { env: { GOCACHE: copy }, binds: [] };
};

const usesGo = ({ gate }: RunGateRequest, { checkout }: RunFolder): boolean =>
  gate.argv[0] === 'go' || [gate.cwd, '.'].some((dir) => existsSync(join(checkout, dir, 'go.mod')));

const filled = new Map<string, Promise<void>>();
let last: Promise<void> = Promise.resolve();

/** One after the other: side by side, several would compile the same. */
function fillOnce(
  context: RunContext,
  request: RunGateRequest,
  folder: RunFolder,
  kept: string,
  layer: Placed,
  signal: AbortSignal,
): Promise<void> {
  const { gate, tree } = request;
  const key = JSON.stringify([kept, tree, gate.cwd, gate.argv, request.layer?.digest ?? null]);
  const known = filled.get(key);
  if (known !== undefined) return known;
  const filling = last.then(() => fill(context, request, folder, kept, layer, signal));
  filled.set(key, filling);
  filling.catch(() => filled.delete(key));
  last = filling.catch(() => undefined);
  return filling;
}

/** Compiles the packages and tests of the base, and links and starts none. What does not compile is for the gate to say. */
async function fill(
  { sandboxes, path, clock }: RunContext,
  { gate }: RunGateRequest,
  folder: RunFolder,
  kept: string,
  layer: Placed,
  signal: AbortSignal,
): Promise<void> {
  if (Object.keys(gate.env).some((name) => OWN_TOOLS.test(name))) return;
  await mkdir(kept, { recursive: true, mode: 0o700 });
  // What is used is not old.
  const now = new Date(clock.now());
  await utimes(kept, now, now);
  const sandboxed = (await sandboxes.detect()).kind !== 'none';
  const seen = sandboxed ? SEEN : kept;
  const { checkout } = folder.seen;
  // Programs of other package managers take no part.
  const placed = { env: layer.env, pathPrefix: [] };
  const command = await sandboxes.wrap({
    argv: ['go', 'list', '-e', '-test', '-deps', '-export', ...buildFlags(gate.argv), './...'],
    cwd: gate.cwd === '.' ? checkout : `${checkout}/${gate.cwd}`,
    env: gateEnvironment({ gate, layer: placed, path, ...folder.seen, extra: { GOCACHE: seen } }),
    network: false,
    view: 'gate',
    binds: [
      { from: folder.checkout, to: checkout, writable: false },
      ...layer.binds.map((bind) => ({ ...bind, writable: false })),
      { from: kept, to: seen, writable: true },
    ],
    hidden: [],
  });
  const [stdoutFile, stderrFile] = [join(folder.dir, 'go-list'), join(folder.dir, 'go-list-errors')];
  await runProcess({ ...command, timeoutMs: gate.timeoutMs, stdoutFile, stderrFile, capBytes: 1024 * 1024, signal });
}

function buildFlags([program, ...args]: GateSpec['argv']): readonly string[] {
  if (program !== 'go') return [];
  const isValue = (index: number): boolean => BUILDS_NEXT.test(args[index - 1] ?? '');
  return args.filter((arg, index) => BUILDS.test(arg) || BUILDS_NEXT.test(arg) || isValue(index));
}
