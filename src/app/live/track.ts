import type { Notice } from '../notice.ts';
import { judgeGate } from '../../domain/evidence/judge-gate.ts';
import { baselineOf } from '../../domain/gates/baseline.ts';
import type { EventType } from '../../domain/goal/event.ts';
import { isPlanning } from '../../domain/goal/spending.ts';
import { currentSnapshot, lastAttempt, type GoalState } from '../../domain/goal/state.ts';
import { budgetSeen } from './budget.ts';
import { tasksAt, trackTasks } from './tasks.ts';
import type { LiveGate, LiveView } from './view.ts';

const PHASES: Partial<Record<EventType, string>> = {
  'turn.started': 'agent works',
  'wait.started': 'waits',
  'goal.integrated': 'integrating',
};

/** The view before anything happens. `startedAt` in milliseconds since the epoch. */
export const firstView = (state: GoalState, startedAt: number): LiveView => ({
  goal: state.created?.goal ?? '',
  title: state.created?.title ?? '',
  status: state.status,
  phase: 'starting',
  task: null,
  attempt: null,
  turn: null,
  tool: null,
  says: null,
  budget: null,
  waitsUntil: null,
  waitsFor: 'usage_limit',
  gates: gatesOf(state, new Set()),
  tasks: tasksAt(state, [], startedAt),
  startedAt,
});

/** Folds what is going on into what a person sees. */
export const track = (view: LiveView, notice: Notice): LiveView => ({
  ...trackGoal(view, notice),
  tasks: trackTasks(view.tasks, notice),
});

function trackGoal(view: LiveView, notice: Notice): LiveView {
  switch (notice.kind) {
    case 'step':
      return { ...view, phase: notice.text };
    case 'gate_started':
      return {
        ...view,
        phase: isPlanning(notice.run.purpose) ? 'baseline' : 'judging',
        gates: view.gates.map((gate) =>
          gate.id === notice.run.gate
            ? { ...gate, state: 'running', detail: notice.run.heldOut ? 'held-out checks' : notice.run.purpose }
            : gate,
        ),
      };
    case 'budget':
      return { ...view, budget: budgetSeen(notice.state, notice.secs) };
    case 'gate_output':
    case 'warning':
      return view;
    case 'activity': {
      const { activity } = notice;
      if (activity.kind === 'tool')
        return { ...view, phase: 'agent works', tool: { title: activity.title, status: activity.status } };
      return activity.kind === 'says' ? { ...view, phase: 'agent works', says: activity.text } : view;
    }
    case 'event': {
      const { state, event } = notice;
      const attempt = lastAttempt(state);
      const working = event.type === 'turn.started';
      return {
        ...view,
        status: state.status,
        phase: PHASES[event.type] ?? view.phase,
        task: attempt?.task ?? null,
        attempt: attempt?.attempt ?? null,
        turn: attempt?.turns.at(-1)?.turn ?? null,
        tool: event.type === 'turn.ended' ? null : view.tool,
        says: working ? null : view.says,
        waitsUntil: waitUntil(state),
        waitsFor: state.waits.at(-1)?.why ?? 'usage_limit',
        gates: gatesOf(
          state,
          new Set(
            view.gates.filter((gate) => gate.state === 'running' && !isFor(event, gate.id)).map((gate) => gate.id),
          ),
        ),
      };
    }
  }
}

function waitUntil({ status, waits }: GoalState): string | null {
  const last = waits.at(-1);
  return status === 'running' && last?.waitedMs === null ? last.until : null;
}

const isFor = (event: Extract<Notice, { kind: 'event' }>['event'], gate: string): boolean =>
  event.type === 'gate.measured' && event.data.gate === gate;

function gatesOf(state: GoalState, running: ReadonlySet<string>): readonly LiveGate[] {
  const candidate = currentSnapshot(state)?.candidate;
  const base = state.created?.repository.tree;
  return (state.policy?.gates ?? []).map((gate): LiveGate => {
    if (running.has(gate.id)) return { id: gate.id, state: 'running', detail: null };
    if (candidate !== undefined && state.examined.has(candidate)) {
      const assessment = judgeGate(state, gate, candidate);
      if (assessment === null) return { id: gate.id, state: 'waiting', detail: null };
      const { verdict } = assessment;
      return {
        id: gate.id,
        state: verdict.kind,
        detail: verdict.kind === 'pass' ? counts(assessment.evidence[0]) : verdict.code,
      };
    }
    const baseline = base === undefined ? null : baselineOf(state.measurements, gate, base);
    return { id: gate.id, state: 'waiting', detail: baseline ? `${baseline.colour} at the base` : null };
  });
}

const testsOf = (count: number): string => `${count} test${count === 1 ? '' : 's'}`;

const counts = (run: Parameters<typeof baselineOf>[0][number] | undefined): string | null =>
  run?.report.kind === 'tests' ? testsOf(run.report.tests.passed.length) : null;
