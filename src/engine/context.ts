import type { AgentSpec } from '../domain/agents/agent.ts';
import { OmkError } from '../domain/error.ts';
import type { DataOf, GoalState } from '../domain/goal/state.ts';
import { heldOutOf } from '../domain/held-out/options.ts';
import type { GoalId, TreeId } from '../domain/ids.ts';
import { touchesBuild, touchesDependencies } from '../domain/contract/classify.ts';
import type { LayerResult } from '../world/gates/port.ts';
import type { Supplies, Vault } from '../world/git/port.ts';
import type { Session } from './session.ts';
import type { Blobs } from '../store/port.ts';
import type { Notify, World } from './world.ts';

/** What performing an intent may use. */
export interface Context {
  readonly world: World;
  readonly session: Session;
  readonly vault: Vault;
  readonly notify: Notify;
  readonly signal: AbortSignal;
  /** Whole seconds since the goal was created. */
  readonly elapsed: () => bigint;
}

/** What is known of a goal, and where what happened to it is noted. */
type Ledger = Pick<Session, 'state' | 'goal' | 'append'>;

/** What judging a tree may use: of a goal that runs, or of a proof that is run again. */
export interface Judging {
  readonly world: Pick<World, 'git' | 'clock' | 'syntax'> & {
    readonly gates: Pick<World['gates'], 'layer' | 'run' | 'canaryFor'>;
    readonly store: Pick<Blobs, 'putBlob' | 'getBlob'>;
    readonly files: Pick<World['files'], 'readPrivate'>;
  };
  readonly session: Ledger;
  readonly vault: Vault;
  readonly notify: Notify;
  readonly signal: AbortSignal;
}

export type Created = DataOf<'goal.created'>;

export function created(state: GoalState): Created {
  if (!state.created) throw new OmkError('GOAL_EMPTY', 'The goal has no first event', 'omk goal list', { exit: 6 });
  return state.created;
}

/** Who works on the goal. */
export function agentOf(state: GoalState): AgentSpec {
  const { agent } = created(state);
  if (!agent) throw new OmkError('NO_AGENT', 'No agent works on a given change', 'omk goal show', { exit: 6 });
  return agent;
}

/** Who works in an attempt. */
export function agentAt(state: GoalState, number: number): AgentSpec {
  const role = [...state.planners, ...state.oracles].find(({ attempt }) => attempt === number)?.role;
  if (role !== undefined) return created(state).options.roleAgents?.[role] ?? agentOf(state);
  const isOther = state.attempts.find(({ attempt }) => attempt === number)?.agent === 'fallback';
  return (isOther ? created(state).options.fallbackAgent : undefined) ?? agentOf(state);
}

/** The base's layer, unless the candidate changes what is installed: then its own, built without trust (trust rule T14). */
export async function layerFor(
  context: Pick<Judging, 'world' | 'session' | 'vault'>,
  tree: TreeId,
): Promise<LayerResult> {
  const { world, session, vault } = context;
  const base = created(session.state).repository.tree;
  const whole =
    [...session.state.hollowed.values()].find(
      (each) => each.tree === tree || each.takenBack === tree || each.faults?.some((fault) => fault.tree === tree),
    )?.candidate ??
    [...session.state.laid.values()].find((each) => each.tree === tree)?.candidate ??
    tree;
  const examined = [...session.state.examined.values()].find(
    (each) => each.candidate === whole || each.contract.tree === whole || each.reversal?.tree === whole,
  );
  const own = tree !== base && examined?.changes.some(({ path }) => touchesDependencies(path) || touchesBuild(path));
  return world.gates.layer(vault, own ? whole : base, base, await suppliesFor(context));
}

/** What checkouts of the base get beside its tree; the same for the base, candidates and agents. */
export const suppliesFor = ({
  world,
  session,
  vault,
}: Pick<Judging, 'session' | 'vault'> & { readonly world: Pick<World, 'git'> }): Promise<Supplies> =>
  // The clone may have moved since the goal began.
  world.git.supplies({ ...created(session.state).repository, root: vault.root });

/** Name of everything an attempt starts, to find strays by. */
export const markerOf = (goal: GoalId, attempt: number): string => `${goal}.${attempt}`;

/** Absolute paths that no agent may see: what omk keeps, the checkout of the user, and held-out checks where they came from. */
export function hiddenFromAgents({
  world,
  session,
  vault,
}: {
  readonly world: { readonly files: Pick<World['files'], 'stateDir'> };
  readonly session: { readonly state: GoalState };
  readonly vault: Pick<Vault, 'dir' | 'root'>;
}): readonly string[] {
  const { repository } = created(session.state);
  return [world.files.stateDir, repository.root, vault.root, vault.dir, ...(heldOutOf(session.state)?.hidden ?? [])];
}
