import { extend, isEmptyRequest, NOTHING_TO_ADD, type ExtensionRequest } from '../../domain/budget/extend.ts';
import { limitsOf, storeLimits } from '../../domain/budget/figures.ts';
import type { Extended } from '../../domain/budget/moment.ts';
import { OmkError } from '../../domain/error.ts';
import { checkpoint, momentNow, usedOf } from '../../domain/decide/budget.ts';
import { isFinal } from '../../domain/status.ts';
import type { GoalId } from '../../domain/ids.ts';
import { elapsedOf } from '../budget/elapsed.ts';
import { created } from '../context.ts';
import { publish } from '../publish/publish.ts';
import { Session } from '../session.ts';
import type { World } from '../world.ts';

/** Refused before anything is looked up. `OmkError` `BUDGET_NOTHING_TO_ADD`. */
export function needsExtension(request: ExtensionRequest): void {
  if (isEmptyRequest(request))
    throw new OmkError('BUDGET_NOTHING_TO_ADD', NOTHING_TO_ADD, 'omk goal budget-add --tokens 100000');
}

/** Extends the budgets of a goal, all that were named or none. A process that works on the goal notices at once. */
export async function addBudget(world: World, goal: GoalId, request: ExtensionRequest): Promise<Extended> {
  needsExtension(request);
  const session = await Session.open(world, goal);
  const event = await session.appendFrom(() => extension(world, session, request));
  const { status } = session.state;
  if (status !== 'running')
    await publish({ world, session, vault: await world.git.openVault(created(session.state).repository) });
  return event;
}

/** Computed from the log as it is when the event is appended, so that two extensions at once are both counted. */
function extension(world: World, session: Session, request: ExtensionRequest) {
  const { state, goal } = session;
  if (isFinal(state.status))
    throw new OmkError(
      'GOAL_TERMINAL',
      `Goal '${goal}' is terminal (${state.status}) and cannot receive more budget`,
      `omk goal show ${goal}`,
    );
  const before = limitsOf(state.budget.stored);
  if (before.kind === 'invalid')
    throw new OmkError('BUDGET_INVALID', before.text, `omk goal show ${goal}`, { exit: 6 });
  const secs = elapsedOf(world, session);
  const result = extend(before.limits, usedOf(state, secs), request);
  if (result.kind === 'refused')
    throw new OmkError(
      result.code,
      result.text,
      'a duration such as 30m, a whole number of tokens, an amount of dollars; nothing was changed',
    );
  const now = momentNow(state, result.limits, secs, new Date(world.clock.now()).toISOString());
  const moment = { ...now, status: state.status === 'needs_more_budget' ? ('not_ready' as const) : state.status };
  const { time, tokens, picoUsd } = result.added;
  const value: Extended = {
    ...moment,
    previous: storeLimits(before.limits),
    added: {
      time: time?.text ?? null,
      secs: time?.secs.toString() ?? null,
      tokens: tokens?.toString() ?? null,
      picoUsd: picoUsd?.toString() ?? null,
    },
  };
  return { value, events: [{ type: 'budget.extended', data: value } as const, checkpoint(moment, 'budget_extended')] };
}
