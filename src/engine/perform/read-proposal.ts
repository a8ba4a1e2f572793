import { admitTask } from '../../domain/budget/admission.ts';
import { limitsOf } from '../../domain/budget/figures.ts';
import { momentNow, usedOf } from '../../domain/decide/budget.ts';
import { needed } from '../../domain/decide/reservation.ts';
import type { DataOf, GoalState } from '../../domain/goal/state.ts';
import { readProposal, ruleOn } from '../../domain/task/proposal.ts';
import type { Ruling } from '../../domain/goal/proposed.ts';
import type { Context } from '../context.ts';
import { handedIn } from '../roles/handed.ts';

/** What an agent proposed in a turn, ruled on: by the rules of the plan, then by what the budgets have left. */
export async function readProposed(context: Context, attempt: number, turn: number): Promise<void> {
  const { world, session } = context;
  const found = session.state.attempts
    .find((each) => each.attempt === attempt)
    ?.turns.find((each) => each.turn === turn);
  const written = found?.snapshot?.proposal;
  const bytes =
    (await handedIn(world.store, found?.handed, 'task_propose')) ??
    (written ? await world.store.getBlob(written.sha256) : null);
  const proposal = bytes === null ? 'it is gone' : readProposal(Buffer.from(bytes).toString('utf8'));
  await session.appendFrom(() => {
    const data: DataOf<'task.proposed'> =
      typeof proposal === 'string'
        ? { attempt, turn, proposal: null, ruling: { kind: 'refused', why: proposal } }
        : { attempt, turn, proposal, ...withinBudget(context, ruleOn(session.state, attempt, proposal)) };
    return { events: [{ type: 'task.proposed', data }], value: null };
  });
}

function withinBudget(
  { world, session: { state }, elapsed }: Context,
  ruling: Ruling,
): Pick<DataOf<'task.proposed'>, 'ruling' | 'admission'> {
  const result = limitsOf(state.budget.stored);
  if (ruling.kind === 'refused' || result.kind === 'invalid') return { ruling };
  const { limits } = result;
  const secs = elapsed();
  const {
    kind,
    reason,
    secs: taskSecs,
  } = admitTask(limits, usedOf(state, secs), {
    secs: null,
    origin: 'proposed',
    reservation: needed(state),
    tasks: tasksOf(state) + 1,
    last: false,
  });
  const at = new Date(world.clock.now()).toISOString();
  return {
    ruling: kind === 'accepted' ? ruling : { kind: 'refused', why: reason },
    admission: { ...momentNow(state, limits, secs, at), taskSecs: String(taskSecs), reason },
  };
}

const tasksOf = ({ plan }: GoalState): number => plan?.tasks.length ?? 1;
