import { isWhole } from '../evidence/evidence.ts';
import type { GateRun } from '../evidence/assess.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { WithHeldOut } from '../held-out/evidence.ts';
import { hiddenOf } from '../held-out/options.ts';
import { oracleOf } from '../held-out/oracle.ts';
import { heldOutGates } from '../held-out/runs.ts';
import type { TreeId } from '../ids.ts';
import { assessOwnTests, type OwnTests } from '../own-tests/assess.ts';
import type { Fault } from '../evidence/hollow.ts';
import { addedIn, countsTests, lastRun } from '../own-tests/runs.ts';

/** What the runs of planted faults may take, one after the other. */
const ALL_MS = 60_000;

export type Faults =
  /** No tests of the change are shown, nothing could be emptied, or a log of before. */
  | { readonly kind: 'none' }
  | { readonly kind: 'needs'; readonly runs: readonly GateRun[] }
  /** One run of the tests takes `ms`: too long for more of them. */
  | { readonly kind: 'too_slow'; readonly ms: number }
  /** Of the faults with which the tests ran: how many made one fail, and the functions of the others. */
  | {
      readonly kind: 'told';
      readonly planted: number;
      readonly noticed: number;
      readonly unnoticed: readonly string[];
    };

/**
 * Functions of the change that are emptied one by one, and whether its tests notice. It decides nothing: the hollow candidate, in which all
 * are empty, does. The bound follows from what the hollow run took.
 */
export function assessFaults(state: WithHeldOut, candidate: TreeId): Faults {
  const own = assessOwnTests(state, candidate);
  if (own.kind !== 'shown' || own.hollowed.faults === undefined || !isWhole(state)) return { kind: 'none' };
  const { how, count, faults, tree } = own.hollowed;
  if (how !== 'emptied' || tree === null) return { kind: 'none' };
  if (count === 1) return { kind: 'told', planted: 1, noticed: 1, unnoticed: [] };
  const gates = (state.policy?.gates ?? []).filter((gate) => wantedIds(state, gate, own, candidate).length > 0);
  const ms = gates.reduce((sum, gate) => sum + tookMs(lastRun(state, gate, tree)), 0);
  const planted = faults.slice(0, Math.floor(ALL_MS / Math.max(ms, 1)));
  if (planted.length === 0) return { kind: 'too_slow', ms };
  const runs = planted.flatMap((fault) =>
    gates.flatMap((gate) => (runOf(state, gate, fault) === undefined ? [wanted(state, gate, fault)] : [])),
  );
  if (runs.length > 0) return { kind: 'needs', runs };
  const ran = planted.flatMap((fault) => {
    const seen = gates.flatMap((gate) => seenIn(runOf(state, gate, fault), wantedIds(state, gate, own, candidate)));
    return seen.length === 0 ? [] : [{ name: fault.name, isNoticed: seen.includes('failed') }];
  });
  return {
    kind: 'told',
    planted: ran.length,
    noticed: ran.filter(({ isNoticed }) => isNoticed).length,
    unnoticed: ran.filter(({ isNoticed }) => !isNoticed).map(({ name }) => name),
  };
}

/** The tests that are to notice: those that came with the change, and the checks that the worker did not see. */
function wantedIds(
  state: WithHeldOut,
  gate: GateSpec,
  own: Extract<OwnTests, { kind: 'shown' }>,
  candidate: TreeId,
): readonly string[] {
  if (!countsTests(gate)) return [];
  const added = new Set(addedIn(state, gate, candidate));
  const hidden = isLaid(state, gate) ? (oracleOf(state, gate)?.ids ?? []) : [];
  return [...own.added.filter((id) => added.has(id)), ...hidden];
}

const isLaid = (state: WithHeldOut, gate: GateSpec): boolean =>
  hiddenOf(state).length > 0 && heldOutGates(state).some(({ id }) => id === gate.id);

const wanted = (state: WithHeldOut, gate: GateSpec, { tree }: Fault): GateRun => ({
  gate: gate.id,
  purpose: 'hollow',
  round: 1,
  tree,
  canaryBase: null,
  ...(isLaid(state, gate) ? { heldOut: true } : {}),
});

const runOf = (state: WithHeldOut, gate: GateSpec, { tree }: Fault): Measurement | undefined =>
  state.measurements.findLast(
    (each) => each.gate === gate.id && each.purpose === 'hollow' && (each.over ?? each.tree) === tree,
  );

/** What became of the tests; empty where none of them ran, which says nothing. */
function seenIn(run: Measurement | undefined, ids: readonly string[]): readonly ('passed' | 'failed')[] {
  if (run?.report.kind !== 'tests') return [];
  const { passed, failed } = run.report.tests;
  if (ids.some((id) => failed.includes(id))) return ['failed'];
  return ids.some((id) => passed.includes(id)) ? ['passed'] : [];
}

const tookMs = (run: Measurement | undefined): number => run?.cached?.from.durationMs ?? run?.durationMs ?? 0;

/** Fewer noticed than this is said aloud. */
const HALF = 2;

export const isShallow = (found: Faults): found is Extract<Faults, { kind: 'told' }> =>
  found.kind === 'told' && found.planted > 0 && found.noticed * HALF < found.planted;

/** `they noticed 7 of 9 faults planted in the change`, or why nobody knows; empty where there is nothing to say. */
export function faultsText(found: Faults): string {
  if (found.kind === 'too_slow')
    return `no faults were planted one by one, because one run of them takes ${Math.ceil(found.ms / 1000)} s`;
  if (found.kind !== 'told' || found.planted === 0) return '';
  return `they noticed ${found.noticed} of ${found.planted} ${found.planted === 1 ? 'fault' : 'faults'} planted in the change`;
}
