import type { Observed } from '../plan/command.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { Submission } from './checks-submission.ts';
import type { TaskState } from './task.ts';
import type { AttemptState, GoalState } from './state.ts';

/** Projections by name. A change of what one holds, or of how it is written, needs a new name; logs of before keep theirs. */
const PROJECTIONS = {
  'state/1': (state: GoalState) => ({ projection: 'state/1', ...goalPart(state) }),
  'state/2': (state: GoalState) => ({ projection: 'state/2', ...goalPart(state), ...taskPart(state) }),
  'state/3': (state: GoalState) => ({
    projection: 'state/3',
    ...goalPart(state),
    ...taskPart(state),
    ...planPart(state),
  }),
} as const;

export type ProjectionName = keyof typeof PROJECTIONS;

/** The one that is written now. */
export const STATE_PROJECTION = 'state/3' satisfies ProjectionName;

export const isProjection = (name: string): name is ProjectionName => Object.hasOwn(PROJECTIONS, name);

/** What of a state is hashed and compared: all that decides, with content by its digest. Canonical JSON can express it. */
export const projectState = (state: GoalState, name: ProjectionName = STATE_PROJECTION) => PROJECTIONS[name](state);

const goalPart = (state: GoalState) => ({
  version: state.version,
  status: state.status,
  goal: state.created?.goal ?? null,
  base: state.created?.repository.tree ?? null,
  gates: state.policy?.gates.map(({ id, required }) => ({ id, required })) ?? null,
  layer: state.dependencies?.layer ?? null,
  measurements: state.measurements.map(projectMeasurement),
  plan: state.plan?.tasks.map(({ id }) => id) ?? null,
  criteria: state.plan?.criteria.map(({ text }) => text) ?? null,
  questions: state.questions.map(({ question, answer }) => ({ id: question.id, answer: answer?.kind ?? null })),
  attempts: state.attempts.map(projectAttempt),
  attemptsAllowed: state.attemptsAllowed,
  examined: [...state.examined.values()].map(({ candidate, contract }) => ({ candidate, contract: contract.tree })),
  hollowed: [...state.hollowed.values()].map(({ candidate, tree }) => ({ candidate, tree })),
  integrated: state.integrated?.commit ?? null,
  revealed: state.revealed !== null,
  ended: state.ended?.gaps.map(({ code, subject }) => ({ code, subject })) ?? null,
  spent: {
    secs: String(state.budget.recordedSecs),
    tokens: String(state.budget.ledger.tokens),
    picoUsd: String(state.budget.ledger.picoUsd),
  },
  waits: state.waits.map(({ attempt, turn, until, waitedMs }) => ({ attempt, turn, until, waitedMs })),
  resumedAt: state.resumedAt,
});

const taskPart = (state: GoalState) => ({
  tasks: state.tasks.map(projectTask),
  landed: state.landed.map(({ task, attempt, commit, tree }) => ({ task, attempt, commit, tree })),
  head: state.head?.commit ?? null,
  merges: [...state.merges].map(([key, merge]) => ({ key, tree: merge.kind === 'clean' ? merge.tree : null })),
  ...(state.observed.length === 0 ? {} : { observed: state.observed.map(projectObserved) }),
  // Absent where there are none, as in logs of before.
  ...(state.laid.size > 0 ? { laid: [...state.laid].map(([key, { tree }]) => ({ key, tree })) } : {}),
  ...(state.proposals.length > 0
    ? { proposals: state.proposals.map(({ attempt, turn, ruling }) => ({ attempt, turn, ruling: ruling.kind })) }
    : {}),
  bases: state.attempts.map(({ attempt, base }) => ({ attempt, base: base?.tree ?? null })),
  oracles: state.oracles.map(projectAttempt),
  submissions: state.submissions.map(projectSubmission),
  approved: state.approved?.commitment ?? null,
  rejected: state.rejected?.oracles ?? 0,
});

const planPart = (state: GoalState) => ({
  planners: state.planners.map(projectAttempt),
  plans: state.plans.map((each) => ({
    attempt: each.attempt,
    turn: each.turn,
    plan: each.kind === 'read' ? each.sha256 : null,
  })),
  document: state.created?.options.plan?.sha256 ?? null,
  approvedPlan: state.approved?.plan ?? null,
  rejectedPlanners: state.rejected?.planners ?? 0,
});

const projectObserved = ({ of: kind, place, tree, round, n, wallMs, parts }: Observed) => ({
  of: kind,
  place,
  tree,
  round,
  n: n ?? null,
  ms: wallMs ?? null,
  parts: parts.map(({ blob }) => blob.sha256),
});

const projectTask = ({ id, allowed, accepted, returned, integrated, done, givenUp }: TaskState) => ({
  id,
  allowed,
  accepted: accepted && { attempt: accepted.attempt, candidate: accepted.candidate, at: accepted.at },
  returned: returned.map(({ attempt, candidate, why }) => ({ attempt, candidate, why: why.kind })),
  integrated: integrated && { attempt: integrated.attempt, commit: integrated.commit },
  // Absent where it is not so, as in logs of before.
  ...(done ? { done: done.commit } : {}),
  givenUp,
});

const projectSubmission = (submission: Submission) => ({
  attempt: submission.attempt,
  turn: submission.turn,
  tree: submission.tree,
  checks: submission.kind === 'read' ? submission.checks.commitment : null,
});

const projectMeasurement = ({ gate, purpose, round, tree, outcome, stdout, report }: Measurement) => ({
  gate,
  purpose,
  round,
  tree,
  outcome: outcome.kind === 'exited' ? outcome.code : outcome.kind,
  stdout: stdout.sha256,
  report: report.kind === 'tests' ? report.blob.sha256 : report.kind,
});

const projectAttempt = ({ attempt, task, ended, reopened, turns }: AttemptState) => ({
  attempt,
  task,
  ended,
  reopened,
  turns: turns.map(({ turn, outcome, session, snapshot, endedAt }) => ({
    turn,
    outcome: outcome?.kind ?? null,
    session,
    candidate: snapshot?.candidate ?? null,
    endedAt,
  })),
});
