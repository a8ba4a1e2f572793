import { fitPlaces } from '../commands/captures.ts';
import { baselineOf } from '../gates/baseline.ts';
import { countsTests } from '../gates/counts-tests.ts';
import type { GateSpec } from '../gates/gate.ts';
import { isKnownRed } from '../evidence/known-red.ts';
import { acceptedChecks } from '../held-out/evidence.ts';
import { hasNoOracle } from '../oracle/accepted.ts';
import type { GoalState } from '../goal/state.ts';
import { hasNoPlanner } from './counted.ts';
import { criteriaOf, tasksOf } from './from-document.ts';
import { writtenCriteria } from '../oracle/written.ts';
import { isWritten, type Criterion, type Plan } from '../plan/plan.ts';

export interface PlanFromPrompt {
  readonly plan: Plan;
  /** Gate ids of checks that are not red at the base: they prove nothing. */
  readonly refused: readonly string[];
}

/**
 * One task that carries the prompt; its criteria are the checks, and without any and without held-out checks the gates
 * that are red at the base (trust rule T1).
 */
export function planFromPrompt(state: GoalState): PlanFromPrompt | null {
  const { created, policy } = state;
  if (!created || !policy) return null;
  const colours = new Map(
    policy.gates.map(
      (gate) => [gate.id, baselineOf(state.measurements, gate, created.repository.tree)?.colour ?? 'unstable'] as const,
    ),
  );
  const red = policy.gates.filter((gate) => colours.get(gate.id) === 'red' && !gate.skip);
  const checks = policy.gates.filter((gate) => gate.source.kind === 'check');
  const isGiven = created.options.heldOut !== undefined;
  const checksOfOracle = acceptedChecks(state);
  const heldOut = isGiven || checksOfOracle !== null;
  const { class: is } = created.options;
  const document = created.options.plan?.document;
  const saysCriteria = document !== undefined && document.criteria.length > 0;
  const isGoalSaid = heldOut || is !== undefined || saysCriteria || red.some((gate) => gate.source.kind === 'check');
  const isCriterion = (gate: GateSpec): boolean =>
    gate.required && !saysCriteria && !isKnownRed(state, gate) && !(isGoalSaid && mayBeLeftRed(state, gate));
  const byGates = red
    .filter((gate) => gate.source.kind === 'check' || isCriterion(gate))
    .map((gate, index) => criterion(gate, index + 1, document === undefined ? 'c' : 'check-'));
  const facts = factsAtBase(state);
  const written = writtenCriteria(state);
  const ofOracle = (checksOfOracle?.criteria ?? [])
    .filter(({ id }) => !written.some((each) => each.id === id))
    .map(({ id, text, files }): Criterion => ({
      id: `checks-${id}`,
      text,
      kind: 'tests',
      ids: [],
      files,
    }));
  const criteria = [
    ...(document ? criteriaOf(state, document) : []),
    ...byGates,
    ...facts.open,
    ...captured(state),
    ...ofOracle,
  ];
  const isShown =
    is !== undefined ||
    checks.length > 0 ||
    byGates.length > 0 ||
    (document !== undefined && !criteria.every((each) => isByWorker(state, each)));
  const ownTests =
    (created.options.oracle !== undefined || document !== undefined) &&
    !hasNoOracle(state) &&
    !hasNoPlanner(state) &&
    !isGiven &&
    (!isShown || written.length > 0) &&
    policy.gates.some(countsTests);
  const names = [...(document?.interface ?? []), ...(checksOfOracle?.interface ?? [])];
  return {
    plan: {
      criteria,
      tasks: document
        ? tasksOf(document)
        : [
            {
              id: 't1',
              title: created.title,
              brief: created.prompt,
              needs: [],
              writes: [],
              criteria: criteria.map((each) => each.id),
            },
          ],
      ...(is === undefined ? {} : { class: is }),
      ...(heldOut ? { heldOut } : {}),
      ...(ownTests ? { ownTests } : {}),
      ...(ownTests && created.options.oracle === 'agent' ? { oracle: 'agent' as const } : {}),
      ...(names.length > 0 ? { interface: names } : {}),
    },
    refused: [...checks.filter((gate) => colours.get(gate.id) !== 'red').map((gate) => gate.id), ...facts.refused],
  };
}

/** Shows a fix or a feature only where tests are judged beside it: kept, looked up, or tests that the worker may write. */
const isByWorker = (state: GoalState, criterion: Criterion): boolean =>
  criterion.keep === true ||
  criterion.kind === 'fact' ||
  (criterion.kind === 'tests' && (isWritten(criterion) || criterion.ids.some((id) => !failsAtBase(state, id))));

const failsAtBase = ({ policy, measurements, created }: GoalState, id: string): boolean =>
  (policy?.gates ?? []).some(
    (gate) => baselineOf(measurements, gate, created?.repository.tree ?? '')?.failing.has(id) === true,
  );

/** Commands that the command line names. */
function captured(state: GoalState): readonly Criterion[] {
  const { created } = state;
  const planned = new Set(created?.options.plan?.document.criteria.map(({ id }) => id));
  const captures = created?.options.captures ?? [];
  const asked = captures.flatMap(({ criterion: id }, place) => (planned.has(id) ? [] : [place]));
  const places = fitPlaces(state, asked);
  if (places.length === 0) return [];
  const text =
    places.length === 1 ? 'a command does what it does now' : `${places.length} commands do what they do now`;
  return [{ id: 'captures', text, keep: true, kind: 'captures', places }];
}

/** Facts that are not so yet, as criteria; those that are so already show nothing. */
function factsAtBase({ created, facts }: GoalState): {
  readonly open: readonly Criterion[];
  readonly refused: readonly string[];
} {
  const asked = created?.options.facts ?? [];
  const planned = new Set(created?.options.plan?.document.criteria.flatMap(({ fact }) => fact ?? []));
  const holds = facts.get(created?.repository.tree ?? '') ?? [];
  const all = asked
    .map((text, fact): Criterion & { fact: number } => ({ id: `f${fact + 1}`, text, kind: 'fact', fact }))
    .filter(({ text }) => !planned.has(text));
  return {
    open: all.filter(({ fact }) => holds[fact] === false),
    refused: all.filter(({ fact }) => holds[fact] !== false).map(({ text }) => `--fact "${text}"`),
  };
}

/** Red in a way that a candidate can be compared with. */
const mayBeLeftRed = ({ measurements, created }: GoalState, gate: GateSpec): boolean =>
  baselineOf(measurements, gate, created?.repository.tree ?? '')?.verdicts.every(({ kind }) => kind === 'fail') ===
  true;

export const criterion = (gate: GateSpec, n: number, prefix = 'c'): Criterion => ({
  id: `${prefix}${n}`,
  text: gate.source.kind === 'check' ? `\`${gate.source.text}\` passes` : `gate ${gate.id}, red at the base, passes`,
  kind: gate.kind,
  gate: gate.id,
});
