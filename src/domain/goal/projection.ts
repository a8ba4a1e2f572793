import type { Measurement } from '../gates/evidence.ts';
import type { AttemptState, GoalState } from './state.ts';

/** Name of the projection below. A change of what it holds, or of how it is written, needs a new name. */
export const STATE_PROJECTION = 'state/1';

/** What of a state is hashed and compared: all that decides, with content by its digest. Canonical JSON can express it. */
export const projectState = (state: GoalState) => ({
  projection: STATE_PROJECTION,
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
