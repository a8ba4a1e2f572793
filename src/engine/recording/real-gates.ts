import { baselineOf } from '../../domain/gates/baseline.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import type { RepositoryPin } from '../../domain/goal/event.ts';
import { fold } from '../../domain/transition/evolve.ts';
import { differencesBetween } from '../../domain/rerun/compare.ts';
import { notHere } from '../../domain/rerun/not-here.ts';
import { Unplayable } from '../../replay/cassette/unplayable.ts';
import type { LayerResult, RunGateRequest } from '../../world/gates/port.ts';
import type { Vault } from '../../world/git/port.ts';
import { inWords } from '../../domain/disk-error.ts';
import type { World } from '../world.ts';
import type { RanGate, Recorded } from './recorded.ts';

type Doors = Pick<World, 'gates' | 'git'>;

export interface RealGates {
  /** Runs a gate as it was run, and says in what it differs from the recorded run; null when in nothing that decides. */
  readonly compare: NonNullable<Recorded['gate']>;
  /** How many were run. */
  readonly ran: () => number;
}

/** The gates of this machine, on the trees that the goal's vault keeps. Nothing of them is kept. */
export async function realGates(world: Doors, pin: RepositoryPin, events: Recorded['events']): Promise<RealGates> {
  const vault = await world.git.openVault(pin);
  await vault.fetchBase(vault.root, pin.commit);
  const supplies = await world.git.supplies({ ...pin, root: vault.root });
  const { measurements, dependencies } = fold(events);
  let count = 0;
  const run = async ({ request, layer }: RanGate): Promise<Measurement> => {
    const { cache: _kept, ...asked } = request;
    count += 1;
    return world.gates.run(
      { ...asked, vault, supplies, layer: await layerOf(world, vault, layer, supplies) },
      () => undefined,
      new AbortController().signal,
    );
  };
  const differences = async (ran: RanGate): Promise<string | null> => {
    const { gate } = ran.request;
    const unstable = baselineOf(measurements, gate, pin.tree)?.unstable ?? new Set();
    const here = await run(ran);
    refuseOtherTools(ran.recorded, here);
    const found = differencesBetween(gate, ran.recorded, here, unstable);
    if (found.length === 0) return null;
    const words = found.map(({ text }) => text).join('; ');
    const cause = notHere(gate, ran.recorded, here, dependencies);
    if (cause !== null) throw new Unplayable('not_comparable', `${cause} (${words})`);
    if (differencesBetween(gate, here, await run(ran), unstable).length > 0)
      throw new Unplayable('not_comparable', `flaky: two runs of gate ${gate.id} here do not agree (${words})`);
    return `gate ${gate.id}, ${ran.request.purpose}: ${words}`;
  };
  return {
    ran: () => count,
    compare: (ran) =>
      differences(ran).catch((error: unknown) => {
        const known = error instanceof Unplayable ? null : inWords(error);
        if (known === null) throw error;
        throw new Unplayable('not_comparable', `gate ${ran.request.gate.id} cannot be run here: ${known.message}`);
      }),
  };
}

/** Another version may see the same, and still shows nothing of the recorded one. */
function refuseOtherTools(recorded: Measurement, here: Measurement): void {
  const names = Object.keys(recorded.tools).filter((name) => recorded.tools[name] !== here.tools[name]);
  const others = names.map((name) => `${name} ${here.tools[name] ?? 'unknown'} here, ${recorded.tools[name]} there`);
  if (others.length > 0 && here.outcome.kind !== 'not_started')
    throw new Unplayable('not_comparable', others.join('; '));
}

async function layerOf(
  { gates }: Pick<Doors, 'gates'>,
  vault: Vault,
  asked: RanGate['layer'],
  supplies: NonNullable<RunGateRequest['supplies']>,
): Promise<RunGateRequest['layer']> {
  if (asked === null) return null;
  const result: LayerResult = await gates.layer(vault, asked.tree, asked.base, supplies);
  if (result.kind === 'layer') return result.layer;
  const why = result.kind === 'failed' ? result.detail : result.why;
  throw new Unplayable('not_comparable', `the dependencies cannot be installed here: ${why}`);
}
