import { tmpdir } from 'node:os';
import { stateDir } from '../../../app/paths.ts';
import { environment } from '../../../app/here.ts';
import { systemClock } from '../../../app/time.ts';
import type { GoalEvent } from '../../../domain/goal/event.ts';
import type { GoalId } from '../../../domain/ids.ts';
import { fold } from '../../../domain/transition/evolve.ts';
import { simulateTasks, type TasksWorld } from '../../../domain/testing/simulate-tasks.ts';
import { tapeOf } from '../../../domain/testing/tape.ts';
import { openStore } from '../../../store/open.ts';

const AT = '2026-01-31T12:00:00.000Z';

/** Leaves a goal with these events in the store of this machine, as a run would. */
export async function leaveGoal(goal: GoalId, events: readonly GoalEvent[]): Promise<void> {
  if (!stateDir(environment()).startsWith(tmpdir()))
    throw new Error('a test that would write to the state of the user');
  const store = await openStore({ stateDir: stateDir(environment()), clock: systemClock });
  try {
    const own = events.map((event): GoalEvent =>
      event.type === 'goal.created' ? { ...event, data: { ...event.data, goal } } : event,
    );
    const state = fold(own);
    const summary = {
      goal,
      repository: state.created?.repository.id ?? '',
      title: state.created?.title ?? '',
      status: state.status,
      createdAt: AT,
      updatedAt: AT,
    };
    await store.append(goal, 0, own, summary, AT);
  } finally {
    await store.close();
  }
}

/** The events of a simulated goal with many tasks. */
export function eventsOfTasks(world: Omit<TasksWorld, 'options'>, numbers: readonly number[]): readonly GoalEvent[] {
  const events: GoalEvent[] = [];
  simulateTasks({ options: {}, ...world }, tapeOf(numbers), (_state, event) => void events.push(event));
  return events;
}
