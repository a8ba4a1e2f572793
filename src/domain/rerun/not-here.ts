import { causeOf } from '../evidence/missing-here.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { GoalState } from '../goal/state.ts';

/** Why a run here says nothing about a recorded one that it differs from: what is lacking or other here. Null: it says something. */
export function notHere(
  gate: GateSpec,
  recorded: Measurement,
  here: Measurement,
  dependencies: GoalState['dependencies'],
): string | null {
  const { outcome } = here;
  if (outcome.kind === 'not_started' || outcome.kind === 'out_of_memory') return outcome.detail;
  if (outcome.kind === 'timed_out')
    return `no end after ${seconds(outcome.afterMs)} s here; there it took ${seconds(recorded.durationMs)} s`;
  const missing = causeOf(gate, here, dependencies);
  if (missing && !causeOf(gate, recorded, dependencies)) return missing.text;
  const others = othersThan(recorded, here);
  return others.length === 0 ? null : others.join('; ');
}

const seconds = (ms: number): number => Math.round(ms / 1000);

/** What took part in a run and was another thing in the other. */
export function othersThan(recorded: Measurement, here: Measurement): readonly string[] {
  const names = [...new Set([...Object.keys(recorded.tools), ...Object.keys(here.tools)])].sort();
  const tools = names.flatMap((name) => {
    const [there = 'unknown', now = 'unknown'] = [recorded.tools[name], here.tools[name]];
    return there === now ? [] : [`another ${name}: ${there} there, ${now} here`];
  });
  const layer =
    recorded.layer === here.layer
      ? []
      : [`other dependencies: layer ${short(recorded.layer)} there, ${short(here.layer)} here`];
  const sandbox =
    recorded.sandbox.kind === here.sandbox.kind
      ? []
      : [`another sandbox: ${recorded.sandbox.kind} there, ${here.sandbox.kind} here`];
  const beside =
    (recorded.beside?.paths ?? 0) === (here.beside?.paths ?? 0)
      ? []
      : ['other files beside the tree, of submodules, Git LFS or .worktreeinclude'];
  return [...tools, ...layer, ...sandbox, ...beside];
}

const short = (digest: string | null): string => digest?.slice(0, 12) ?? 'none';
