import { OmkError } from '../../domain/error.ts';
import type { CommitId, GoalId } from '../../domain/ids.ts';
import { toRepoPath } from '../../domain/git/path-bytes.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import type { RemoteRepository, Vault } from '../../world/git/port.ts';
import { createGoal } from '../commands/create.ts';
import { runGoal } from '../commands/run.ts';
import { Session } from '../session.ts';
import type { Notify, World } from '../world.ts';
import { verified, type Judged, type Result } from './result.ts';

interface Moved {
  readonly world: World;
  readonly session: Session;
  readonly vault: Vault;
  readonly remote: RemoteRepository;
  readonly result: Result;
  readonly base: string;
  readonly tip: CommitId;
  readonly signal: AbortSignal;
  readonly notify: Notify;
}

/**
 * A result together with what its base branch has since, merged in the object database and judged as a change of that branch: a goal
 * of its own, with a proof of its own. `OmkError` `BASE_CONFLICT`, `BASE_MOVED`.
 */
export async function judgeWithBase(moved: Moved): Promise<Judged> {
  const { world, session, vault, remote, base, tip } = moved;
  const commit = await mergeCommit(moved);
  await vault.fetchBase(remote.dir, tip);
  await vault.fetchBase(remote.dir, commit);
  const goal = (await knownGoal(moved, commit)) ?? (await newGoal(moved, commit));
  moved.notify({
    kind: 'step',
    text: `branch ${base} has moved: the result is merged with it and judged again as goal ${goal}`,
  });
  const { state } = await Session.open(world, goal);
  const { status } =
    state.status === 'ready' ? state : await runGoal(world, { goal, signal: moved.signal, notify: () => undefined });
  if (status === 'ready') return verified(world, await Session.open(world, goal), vault);
  throw new OmkError(
    'BASE_MOVED',
    `Branch '${base}' has moved, and together with it the result of goal '${session.goal}' is ${status.replaceAll('_', ' ')}`,
    `omk goal show ${goal}; then a new omk run on that branch, or omk goal resume ${goal} once a question is answered`,
    { exit: 3 },
  );
}

/** The same two commits give the same one. */
async function mergeCommit({ session, remote, result, base, tip }: Moved): Promise<CommitId> {
  const merged = await remote.merge(tip, result.commit);
  if (merged.kind === 'conflict') {
    const paths = merged.paths.slice(0, 5).map((path) => cleanLine(toRepoPath(path)));
    throw new OmkError(
      'BASE_CONFLICT',
      `Branch '${base}' has moved and conflicts with the result of goal '${session.goal}': ${paths.join(', ')}`,
      `a new omk run on that branch; omk goal diff ${session.goal} shows what was done`,
      { exit: 3 },
    );
  }
  const ended = session.lines.findLast(({ event }) => event.type === 'goal.ended')?.event.ts ?? '';
  return remote.commit({
    tree: merged.tree,
    parents: [result.commit, tip],
    message: `Merge branch '${base}'\n\nOmk-Goal: ${session.goal}\n`,
    at: Math.floor(Date.parse(ended) / 1000),
  });
}

/** How many goals are looked through for one that was begun before. */
const NEWEST = 50;

async function knownGoal({ world, session, result }: Moved, commit: CommitId): Promise<GoalId | null> {
  const goals = await world.store.list({ repository: result.created.repository.id });
  for (const { goal, status } of goals.slice(0, NEWEST)) {
    if (status === 'cancelled') continue;
    const [first] = await world.store.read(goal);
    const made = first?.event.type === 'goal.created' ? first.event.data : null;
    if (made?.origin?.kind === 'moved_base' && made.origin.goal === session.goal && made.given?.commit === commit)
      return goal;
  }
  return null;
}

async function newGoal({ world, session, vault, result, base, tip }: Moved, commit: CommitId): Promise<GoalId> {
  const { repository, options, prompt } = result.created;
  const [tree, candidate, inspected] = await Promise.all([
    vault.treeOf(tip),
    vault.treeOf(commit),
    world.git.inspect(vault.root),
  ]);
  const { heldOut: _, oracle: __, facts: ___, class: ____, delivery: _____, ...rest } = options;
  return createGoal(
    world,
    {
      repository: { ...inspected, pin: { ...repository, commit: tip, tree, dirty: false } },
      prompt,
      given: {
        candidate,
        commit,
        from: 'commit',
        name: `${base} with ${session.goal}`,
        expect: 'no-regression',
        accepts: [],
      },
      options: rest,
      origin: { kind: 'moved_base', goal: session.goal, branch: base },
    },
    () => undefined,
  );
}
