import type { AgentSpec } from '../../domain/agents/agent.ts';
import { canonical } from '../../domain/canonical.ts';
import { limitsOf, NO_BUDGET, remainingOf, type StoredBudget } from '../../domain/budget/figures.ts';
import { OmkError } from '../../domain/error.ts';
import { usedOf } from '../../domain/decide/budget.ts';
import type { GoalEvent, GoalOptions, LoggedEvent } from '../../domain/goal/event.ts';
import { fold } from '../../domain/transition/evolve.ts';
import { hasManyTasks, type GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import { hiddenOf } from '../../domain/held-out/options.ts';
import { optionsAsOneTask } from '../../domain/planner/as-one-task.ts';
import { sha256Hex, utf8 } from '../../proof/format/bytes.ts';
import { agentOf, created } from '../context.ts';
import { maskText } from '../mask-text.ts';
import { Session } from '../session.ts';
import type { Notify, World } from '../world.ts';
import { createGoal } from './create.ts';
import { pointOf, type ForkPoint } from './fork-point.ts';

export interface ForkRequest {
  readonly at: ForkPoint;
  /** Null: the one that worked on the goal. */
  readonly agent: AgentSpec | null;
  /** What to do differently, as the agent is told. */
  readonly differently: string | null;
}

/**
 * A new goal that begins with the work that another had at one moment, with what was measured on the base and with what is left of
 * the budgets. What several tasks had left to do is one task of the new goal. The other stays as it is.
 * `OmkError` `FORK_UNABLE`, `NO_CANDIDATE`, `EVENT_NOT_FOUND`, `TASK_NOT_FOUND`.
 */
export async function forkGoal(world: World, from: GoalId, request: ForkRequest, notify: Notify): Promise<GoalId> {
  const { state, lines } = await Session.open(world, from);
  refuseOthers(from, state);
  const events = lines.map(({ event }) => event);
  const { tree, seq, of } = pointOf(from, state, events, request.at);
  const { repository, options, prompt } = created(state);
  const vault = await world.git.openVault(repository);
  const pin = { ...repository, root: vault.root, dirty: false };
  const inspected = await world.git.inspect(vault.root);
  const start = {
    tree,
    parent: repository.commit,
    message: `Work of ${from}: ${of ? `attempt ${of.attempt}, turn ${of.turn}` : 'what its tasks had landed'}`,
    at: Math.floor(world.clock.now() / 1000),
  };
  const ref = `refs/omk/forks/${from}/${seq}`;
  const commit = await vault.commit({ ...start, ref });
  const taken = measuredOnBase(state, events, seq);
  const goal = await createGoal(
    world,
    {
      repository: { ...inspected, pin },
      prompt,
      agent: request.agent ?? agentOf(state),
      options: withWhatIsLeft(
        hasManyTasks(state) ? optionsAsOneTask(options, state, (text) => sha256Hex(utf8(text))) : options,
        events.slice(0, seq),
      ),
      origin: {
        kind: 'fork',
        goal: from,
        seq,
        ...of,
        start: { commit, tree },
        ...(request.differently === null ? {} : { differently: await maskText(world, request.differently) }),
      },
    },
    notify,
  );
  // It is kept as long as the new goal, whose name is known only now.
  await vault.commit({ ...start, ref: `refs/omk/goals/${goal}/start` });
  await vault.deleteRefs([ref]);
  const session = await Session.open(world, goal, notify);
  if (isSamePolicy(session.state, state)) await session.append(...taken);
  return goal;
}

function refuseOthers(goal: GoalId, state: GoalState): void {
  const { given, options } = created(state);
  const checks = hiddenOf(state).length > 0 ? 'its held-out checks' : 'the test files of its plan';
  const why = (given && 'no agent worked on it') ?? (options.heldOut && `${checks} are its own`);
  if (why !== undefined) throw new OmkError('FORK_UNABLE', `Goal '${goal}' cannot be forked: ${why}`, 'a new omk run');
}

/** Runs of gates on the base, and what was installed for them: facts about a tree stay true of it. */
function measuredOnBase(state: GoalState, events: readonly LoggedEvent[], seq: number): readonly GoalEvent[] {
  const { tree } = created(state).repository;
  return events.slice(0, seq).flatMap((event): readonly GoalEvent[] => {
    if (event.type === 'dependencies.prepared') return [{ type: event.type, data: event.data }];
    const isOfBase = event.type === 'gate.measured' && event.data.purpose === 'baseline' && event.data.tree === tree;
    return isOfBase ? [{ type: event.type, data: event.data }] : [];
  });
}

const isSamePolicy = (one: GoalState, other: GoalState): boolean =>
  one.policy !== null && other.policy !== null && canonical(one.policy) === canonical(other.policy);

function withWhatIsLeft({ budget, ...options }: GoalOptions, events: readonly LoggedEvent[]): GoalOptions {
  if (budget === undefined) return options;
  const state = fold(events);
  const result = limitsOf(state.budget.stored ?? NO_BUDGET);
  if (result.kind === 'invalid') return { ...options, budget };
  const ms = Date.parse(events.at(-1)?.ts ?? '') - Date.parse(events[0]?.ts ?? '');
  const left = remainingOf(result.limits, usedOf(state, BigInt(Math.max(0, Math.floor(ms / 1000)))));
  const stored: StoredBudget = {
    time: left.secs === null ? null : `${left.secs}s`,
    tokens: left.tokens?.toString() ?? null,
    picoUsd: left.picoUsd?.toString() ?? null,
  };
  return { ...options, budget: stored };
}
