import { baselineOf, isGood } from '../gates/baseline.ts';
import type { GateSpec } from '../gates/gate.ts';
import { countsTests } from '../gates/counts-tests.ts';
import type { GoalState } from '../goal/state.ts';
import { acceptedChecks } from '../held-out/evidence.ts';
import { hasNoOracle } from '../oracle/accepted.ts';
import { isChange, type DocumentCriterion, type DocumentTask, type PlanDocument } from '../plan/document.ts';
import type { Criterion, Task } from '../plan/plan.ts';

/** Criteria of a plan that somebody wrote, as the goal holds them. What no session could write tests for is the question of a person. */
export const criteriaOf = (state: GoalState, { criteria }: PlanDocument): readonly Criterion[] =>
  criteria.filter((each) => each.oracle !== true || !hasNoOracle(state)).map((each) => criterionOf(state, each));

const criterionOf = (state: GoalState, each: DocumentCriterion): Criterion => {
  const { created, policy } = state;
  const stated = { id: each.id, text: each.text, ...(isChange(each) ? {} : { keep: true as const }) };
  if (each.fact !== undefined)
    return { ...stated, kind: 'fact', fact: (created?.options.facts ?? []).indexOf(each.fact) };
  if (each.capture !== undefined) return { ...stated, kind: 'captures', places: placesOf(created, each.id) };
  if (each.timing !== undefined)
    return {
      ...stated,
      kind: 'timing',
      place: (created?.options.timings ?? []).findIndex(({ criterion }) => criterion === each.id),
    };
  if (each.gate === undefined) {
    const written = acceptedChecks(state)?.criteria.find(({ id }) => id === each.id)?.files;
    const { tests = [], files = written ?? [] } = each;
    return { ...stated, kind: 'tests', ids: tests, ...(files.length > 0 ? { files } : {}) };
  }
  const kind = policy?.gates.find(({ id }) => id === each.gate)?.kind ?? 'command';
  return { ...stated, kind, gate: each.gate };
};

const placesOf = (created: GoalState['created'], id: string): readonly number[] =>
  (created?.options.captures ?? []).flatMap(({ criterion }, place) => (criterion === id ? [place] : []));

export const tasksOf = ({ criteria, tasks }: PlanDocument): readonly Task[] =>
  tasks.map(({ id, title, brief = title, needs = [], writes = [], criteria: own, seconds }: DocumentTask) => ({
    id,
    title,
    brief,
    needs,
    writes,
    // Of several tasks nobody knows which one shows a criterion, so the whole does.
    criteria: own ?? (tasks.length === 1 ? criteria.map((each) => each.id) : []),
    ...(seconds === undefined ? {} : { seconds }),
  }));

/** Criteria that are on the base what they must not be there: they would show nothing, or could not be kept. */
export function wrongAtBase(state: GoalState): readonly string[] {
  const document = state.created?.options.plan?.document;
  if (document === undefined) return [];
  return document.criteria.flatMap((each) => {
    const unwritable = each.oracle === true ? whyNotWritten(state) : null;
    if (unwritable !== null) return [`${each.id} (${each.text}) ${unwritable}`];
    // Commands were looked at by their own rules.
    if (each.capture !== undefined || each.timing !== undefined) return [];
    const holds = holdsAtBase(state, each);
    const wrong = isChange(each) ? holds !== 'no' : holds !== 'yes';
    return wrong ? [`${each.id} (${each.text}) ${isChange(each) ? WRONG_CHANGE[holds] : WRONG_KEEP[holds]}`] : [];
  });
}

/** Why no tests can be written that would show a criterion, or null. */
function whyNotWritten({ created, policy }: GoalState): string | null {
  if (created?.options.heldOut) return 'cannot have tests written for it beside those that are given';
  return (policy?.gates ?? []).some(countsTests)
    ? null
    : 'cannot have tests written for it: no required gate counts tests';
}

type AtBase = 'yes' | 'no' | 'unstable';

const COLOURS = { green: 'yes', red: 'no', unstable: 'unstable' } as const;
const WRONG_CHANGE = { yes: 'is so on the base already', no: '', unstable: 'is unstable on the base' } as const;
const WRONG_KEEP = { yes: '', no: 'is not so on the base', unstable: 'is unstable on the base' } as const;

function holdsAtBase(state: GoalState, { gate, fact, tests = [] }: DocumentCriterion): AtBase {
  const { created, policy, measurements, facts } = state;
  const base = created?.repository.tree ?? '';
  if (fact !== undefined)
    return facts.get(base)?.[(created?.options.facts ?? []).indexOf(fact)] === true ? 'yes' : 'no';
  const named = policy?.gates.find(({ id }) => id === gate);
  if (gate !== undefined) {
    const colour = named && baselineOf(measurements, named, base)?.colour;
    return COLOURS[colour ?? 'unstable'];
  }
  const baselines = (policy?.gates ?? []).flatMap((each: GateSpec) => baselineOf(measurements, each, base) ?? []);
  if (tests.some((id) => baselines.some(({ unstable }) => unstable.has(id)))) return 'unstable';
  // Files come with the plan: held-out rules say whether they fail.
  return tests.length > 0 && tests.every((id) => baselines.some((each) => isGood(each, id))) ? 'yes' : 'no';
}
