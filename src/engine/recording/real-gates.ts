import { baselineOf } from '../../domain/gates/baseline.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import type { RepositoryPin } from '../../domain/goal/event.ts';
import { fold } from '../../domain/transition/evolve.ts';
import { differencesBetween, type Difference } from '../../domain/rerun/compare.ts';
import { notHere } from '../../domain/rerun/not-here.ts';
import { Unplayable } from '../../replay/cassette/unplayable.ts';
import { notComparable, type RealGates } from './without-gates.ts';
import type { LayerResult, RunGateRequest } from '../../world/gates/port.ts';
import type { Vault } from '../../world/git/port.ts';
import { inWords } from '../../domain/disk-error.ts';
import type { World } from '../world.ts';
import type { RanGate, Recorded } from './recorded.ts';

type Doors = Pick<World, 'gates' | 'git'>;

/** Who waits for the gates. */
export interface Watch {
  readonly notify: (run: Pick<RunGateRequest, 'purpose' | 'round'> & { readonly gate: string }) => void;
  readonly signal: AbortSignal;
}

/** The gates of this machine, on the trees that the vault has of the goal. Nothing of them is kept. */
export async function realGates(
  world: Doors,
  pin: RepositoryPin,
  events: Recorded['events'],
  { notify, signal }: Watch,
): Promise<RealGates> {
  const vault = await world.git.openVault(pin);
  await vault.fetchBase(vault.root, pin.commit);
  const supplies = await world.git.supplies({ ...pin, root: vault.root });
  const { measurements, dependencies } = fold(events);
  let count = 0;
  const run = async ({ request, layer }: RanGate): Promise<Measurement> => {
    const { cache: _kept, ...asked } = request;
    count += 1;
    const { gate, purpose, round } = request;
    const here = { ...asked, vault, supplies, layer: await layerOf(world, vault, layer, supplies) };
    notify({ gate: gate.id, purpose, round });
    return world.gates.run(here, () => undefined, signal);
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
    if (cause !== null) throw notComparable(`${cause} (${words})`);
    const unsteady = differencesBetween(gate, here, await run(ran), unstable);
    if (unsteady.length > 0) throw notComparable(flaky(gate.id, unsteady));
    return `gate ${gate.id}, ${ran.request.purpose}: ${words}`;
  };
  return {
    ran: () => count,
    compare: (ran) =>
      differences(ran).catch((error: unknown) => {
        const known = error instanceof Unplayable ? null : inWords(error);
        if (known === null || signal.aborted) throw error;
        throw notComparable(`gate ${ran.request.gate.id} cannot be run here: ${known.message}`);
      }),
  };
}

/** How many tests a sentence names. */
const NAMED = 5;

/** Two runs of one machine are no divergence from a third: what is unsteady is named. */
function flaky(gate: string, unsteady: readonly Difference[]): string {
  const tests = unsteady.flatMap(({ ids }) => ids);
  const what = tests.length > 0 ? tests : unsteady.map(({ text }) => text);
  const more = what.length > NAMED ? ` and ${what.length - NAMED} more` : '';
  return `flaky: two runs of gate ${gate} here do not agree on ${what.slice(0, NAMED).join('; ')}${more}`;
}

/** Another version may see the same, and still shows nothing of the recorded one. */
function refuseOtherTools(recorded: Measurement, here: Measurement): void {
  const names = Object.keys(recorded.tools).filter((name) => recorded.tools[name] !== here.tools[name]);
  const others = names.map((name) => `${name} ${here.tools[name] ?? 'unknown'} here, ${recorded.tools[name]} there`);
  if (others.length > 0 && here.outcome.kind !== 'not_started') throw notComparable(others.join('; '));
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
  throw notComparable(`the dependencies cannot be installed here: ${why}`);
}
