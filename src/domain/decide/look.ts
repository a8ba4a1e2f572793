import { judgeGate, runsWanted } from '../evidence/judge-gate.ts';
import type { GateJudgement } from '../evidence/assess.ts';
import type { GateSpec } from '../gates/gate.ts';
import { assessHeldOut, type HeldOut } from '../held-out/assess.ts';
import { HELD_OUT } from '../judge/held-out-gaps.ts';
import type { TreeId } from '../ids.ts';
import { assessOwnTests, type OwnTests } from '../own-tests/assess.ts';
import { assessFaults } from '../judge/faults.ts';
import { OWN_TESTS } from '../judge/own-test-gaps.ts';
import { CAPTURES, capturesWanted } from '../commands/captures.ts';
import { TIMINGS } from '../commands/timings.ts';
import { commandsWanted, observe } from './commands-wanted.ts';
import { runGate } from '../judge/intents.ts';
import { layingWanted } from '../task/laid.ts';
import { factsWanted } from '../goal/facts-wanted.ts';
import type { Intent } from '../goal/intent.ts';
import { blockingGaps, type BlockingGap } from '../judge/readiness.ts';
import { regressionRuns } from '../judge/regressions.ts';
import { startTree, type GoalState } from '../goal/state.ts';

/** What is known of a tree: the work that is missing to judge it, or what speaks against it (nothing: it holds). */
export type Look =
  | { readonly kind: 'needs'; readonly intents: readonly Intent[] }
  /** A sandbox that does not start says nothing about the tree. */
  | { readonly kind: 'outage'; readonly text: string }
  | { readonly kind: 'judged'; readonly open: readonly BlockingGap[] };

/** Judges the tree that a state, or a view of it, is about. */
export function lookAt(state: GoalState, candidate: TreeId): Look {
  const needs = (...intents: readonly Intent[]): Look => ({ kind: 'needs', intents });
  if (!state.examined.has(candidate)) return needs({ key: `examine:${candidate}`, kind: 'examine', candidate });
  const laying = layingWanted(state, candidate);
  if (laying) return needs(laying);
  const facts = factsWanted(state, candidate);
  if (facts) return needs(facts);
  const captures = capturesWanted(state, candidate, false);
  if (captures.length > 0) return needs(...captures.map(observe));
  const gates = state.policy?.gates ?? [];
  const isEmpty = isEmptyPatch(state, candidate);
  const judging = isEmpty ? [] : gates;
  const runs = judging.map((gate) => runsWanted(state, gate, candidate)).filter((each) => each !== null);
  if (runs.length > 0)
    return needs(
      ...runs.flatMap(({ run, beside = [] }) => [run, ...beside].map(runGate)),
      ...(runs.every(({ holds }) => holds) ? hollowAhead(state, candidate) : []),
    );
  const again = isEmpty ? [] : regressionRuns(state, candidate);
  if (again.length > 0) return needs(...again.map(runGate));

  const heldOut = isEmpty ? null : assessHeldOut(state, candidate);
  const own = isEmpty ? null : assessOwnTests(state, candidate);
  const judgements = judging.map((gate) => judgeGate(state, gate, candidate));
  const outage = sandboxOutage(gates, judgements, heldOut);
  if (outage) return { kind: 'outage', text: outage };
  // They run where all else is shown, so that an agent learns of them as late as can be.
  const open = openBeforeIntegration(state).filter((gap) => !(gap.code === 'G_GATE_PENDING' && LATE.has(gap.subject)));
  const commands = open.length > 0 || isEmpty ? [] : commandsWanted(state, candidate);
  if (commands.length > 0) return needs(...commands.map(observe));
  const hollow = open.length === 0 ? hollowing(candidate, own) : [];
  if (hollow.length > 0) return needs(...hollow);
  if (open.length === 0 && heldOut?.kind === 'needs') return needs(...heldOut.runs.map(runGate));
  const faults = open.length === 0 && !isEmpty ? assessFaults(state, candidate) : null;
  if (faults?.kind === 'needs') return needs(...faults.runs.map(runGate));
  return { kind: 'judged', open };
}

/** Whether its tests notice what a candidate does is found out beside what is still to be run, where nothing speaks against it so far. */
function hollowAhead(state: GoalState, candidate: TreeId): readonly Intent[] {
  if (state.created?.options.ahead !== true) return [];
  if (openBeforeIntegration(state).some(({ code }) => code !== 'G_GATE_PENDING')) return [];
  return hollowing(candidate, assessOwnTests(state, candidate));
}

function hollowing(candidate: TreeId, own: OwnTests | null): readonly Intent[] {
  if (own?.kind === 'needs_hollow') return [{ key: `hollow:${candidate}`, kind: 'hollow', candidate }];
  return own?.kind === 'needs' ? own.runs.map(runGate) : [];
}

/** What runs where all else is shown. */
export const LATE: ReadonlySet<string> = new Set([HELD_OUT, OWN_TESTS, CAPTURES, TIMINGS]);

/** Why a required gate could not be run for want of a sandbox, or null. */
export function sandboxOutage(
  gates: readonly GateSpec[],
  judgements: readonly (GateJudgement | null)[],
  heldOut: HeldOut | null,
): string | null {
  const runs = [
    ...judgements.flatMap((each) => each?.evidence ?? []),
    ...(heldOut?.kind === 'not_shown' && heldOut.outage ? [heldOut.outage] : []),
  ];
  for (const { gate, outcome } of runs)
    if (
      outcome.kind === 'not_started' &&
      outcome.at === 'sandbox' &&
      gates.some((each) => each.id === gate && each.required)
    )
      return `gate ${gate} could not be run: ${outcome.detail}`;
  return null;
}

export const openBeforeIntegration = (state: GoalState): readonly BlockingGap[] =>
  blockingGaps(state).filter(
    (gap) =>
      gap.code !== 'G_NOT_INTEGRATED' && gap.code !== 'G_INTEGRATED_TREE_DIFFERS' && gap.code !== 'G_HELD_OUT_SEALED',
  );

/** A merged tree may be what it was: another task did the same. */
const isEmptyPatch = (state: GoalState, candidate: TreeId): boolean =>
  candidate === startTree(state) && state.focus?.task !== null && !state.created?.options.allowNoChange;
