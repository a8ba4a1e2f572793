import { OWN_TESTS } from '../judge/own-test-gaps.ts';
import { blocking, readiness } from '../judge/readiness.ts';
import type { Gap } from '../goal/gap.ts';
import type { GoalState } from '../goal/state.ts';
import { acceptedChecks } from '../held-out/evidence.ts';
import { isApproved, isPlanApproved } from '../planner/approval.ts';
import { isWritten, type Criterion, type Plan } from '../plan/plan.ts';

/** Who says what shows a criterion: a person, an agent whose words a person read, another session, or the worker itself. */
export type Level = 'OMK_ORACLE_GIVEN' | 'OMK_ORACLE_APPROVED' | 'K_ORACLE_BY_AGENT' | 'K_ORACLE_BY_WORKER';

/** How strong the proof of one criterion is. */
export interface Standing {
  readonly id: string;
  readonly text: string;
  readonly by: Criterion['kind'];
  readonly keep: boolean;
  readonly level: Level;
  /** Nothing that is about it stands in the way. */
  readonly shown: boolean;
  /** Codes of what its proof leaves open. */
  readonly limits: readonly string[];
}

/** Each criterion of the plan, and what else shows the goal, in this order. */
export function standings(state: GoalState, gaps: readonly Gap[] = readiness(state)): readonly Standing[] {
  const { plan } = state;
  if (!plan) return [];
  const open = blocking(gaps);
  const limits = (...subjects: readonly string[]): readonly string[] =>
    gaps.filter(({ kind, subject }) => kind === 'known' && subjects.includes(subject)).map(({ code }) => code);
  const of = plan.criteria.map((each): Standing => ({
    id: each.id,
    text: each.text,
    by: each.kind,
    keep: each.keep === true,
    level: levelOf(state, each),
    shown: open.every((gap) => gap.code !== 'G_NO_CANDIDATE' && !isAbout(gap, each, plan)),
    limits: limits(...subjectsOf(each)),
  }));
  const beside = (id: string, text: string, level: Level): Standing => ({
    id,
    text,
    by: 'tests',
    keep: false,
    level,
    shown: open.every(({ subject, code }) => code !== 'G_NO_CANDIDATE' && subject !== id),
    limits: limits(id),
  });
  return [
    ...of,
    ...(plan.ownTests === true && plan.oracle === undefined
      ? [
          gaps.some(({ code }) => code === 'K_SHOWN_BY_PERSON')
            ? beside(OWN_TESTS, 'a person looked at the change and accepted it', 'OMK_ORACLE_GIVEN')
            : beside(OWN_TESTS, 'tests that came with the change fail without it', 'K_ORACLE_BY_WORKER'),
        ]
      : []),
    ...(state.created?.options.heldOut !== undefined && acceptedChecks(state) === null
      ? [beside('held-out', 'held-out checks pass', 'OMK_ORACLE_GIVEN')]
      : []),
  ];
}

/** Nothing names the tests that a worker writes: they show no more than all that came with the change do, and of a task that is done. */
function isAbout({ subject, code }: Gap, criterion: Criterion, { tasks }: Plan): boolean {
  if (subjectsOf(criterion).includes(subject)) return true;
  if (!isWritten(criterion)) return false;
  if (code !== 'G_TASK_OPEN') return subject === OWN_TESTS;
  return tasks.some(
    (task) => task.id === subject && task.origin?.kind !== 'final' && task.criteria.includes(criterion.id),
  );
}

/** What gaps about a criterion name. */
function subjectsOf(criterion: Criterion): readonly string[] {
  if ('gate' in criterion) return [criterion.id, criterion.gate];
  if (criterion.kind === 'captures') return [criterion.id, 'captures'];
  if (criterion.kind === 'timing') return [criterion.id, 'timings'];
  return criterion.kind === 'tests' && (criterion.files ?? []).length > 0 ? [criterion.id, 'held-out'] : [criterion.id];
}

function levelOf(state: GoalState, criterion: Criterion): Level {
  const written = acceptedChecks(state)?.criteria.some(({ id }) => [id, `checks-${id}`].includes(criterion.id));
  if (written === true) return isApproved(state) ? 'OMK_ORACLE_APPROVED' : 'K_ORACLE_BY_AGENT';
  if (isWritten(criterion)) return 'K_ORACLE_BY_WORKER';
  // The plan of a session: what it chose was chosen by an agent.
  const planned = state.created?.options.plan?.document.criteria.some(({ id }) => id === criterion.id) === true;
  if (state.asked === null || !planned) return 'OMK_ORACLE_GIVEN';
  return isPlanApproved(state) ? 'OMK_ORACLE_APPROVED' : 'K_ORACLE_BY_AGENT';
}
