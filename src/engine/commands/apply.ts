import { OmkError } from '../../domain/error.ts';
import type { KeptWork } from '../../domain/task/kept.ts';
import { keptWork, landedWork } from '../../domain/task/kept.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { CommitId, GoalId } from '../../domain/ids.ts';
import type { ApplyResult, Vault } from '../../world/git/port.ts';
import { created } from '../context.ts';
import { publish } from '../publish/publish.ts';
import { resultRef } from '../perform/integrate.ts';
import { Session } from '../session.ts';
import type { World } from '../world.ts';
import { keepOracle, type KeptOracle } from './keep-oracle.ts';
import { requireKept, type AskedWork } from './kept.ts';

export interface ApplyOptions {
  readonly branch: string | null;
  readonly merge: boolean;
  /** Null: the result of a ready goal. Else kept work, whatever came of it. */
  readonly kept: AskedWork | null;
  /** What judged the result and is not part of it comes on a branch beside it. Absent: it stays in the proof. */
  readonly keepOracle?: true;
}

export type Applied = ApplyResult &
  Pick<KeptWork, 'judged'> &
  Partial<Pick<KeptWork, 'attempt' | 'turn'>> & {
    /** The commit below the result that has the tests that the worker saw. Absent: there is none. */
    readonly checks?: CommitId;
    /** The branch with what judged it; null: there was nothing. Absent: not asked for. */
    readonly oracle?: (Omit<KeptOracle, 'ref'> & { readonly branch: string }) | null;
  };

/** Puts a ready goal's result on a new branch of the user's repository, or merges it; kept work only on a branch. */
export async function applyGoal(world: World, goal: GoalId, options: ApplyOptions): Promise<Applied> {
  const session = await Session.open(world, goal);
  const { state } = session;
  const { repository } = created(state);
  const landed = options.kept && isWhole(options.kept) ? landedResult(session) : null;
  const kept = options.kept && landed === null ? requireKept(state, goal, options.kept) : null;
  if (landed && options.merge)
    throw new OmkError(
      'MERGE_NOT_READY',
      `Goal '${goal}' is ${state.status}: what landed is put on a branch only`,
      'leave out --merge, look at the branch, and merge it yourself',
      { exit: 3 },
    );
  if (kept && kept.judged !== 'ready' && options.merge)
    throw new OmkError(
      'MERGE_NOT_READY',
      `Attempt ${kept.attempt}, turn ${kept.turn} of goal '${goal}' is ${said(kept)}: it is put on a branch only`,
      'leave out --merge, look at the branch, and merge it yourself',
      { exit: 3 },
    );
  if (options.keepOracle && state.status !== 'ready')
    throw new OmkError(
      'NOT_READY',
      `Goal '${goal}' is ${state.status}: what judges it is shown when it is ready`,
      instead(state, goal),
      { exit: 3 },
    );
  const vault = await world.git.openVault(repository);
  const what =
    landed ?? (kept && kept.judged !== 'ready' ? await keptResult(session, vault, kept) : readyResult(session));
  await publish({ world, session, vault });
  const branch = options.branch ?? what.branch;
  const given = { vault, root: vault.root };
  const result = await world.git.apply({
    ...given,
    commit: what.commit,
    goalRef: what.ref,
    branch,
    merge: options.merge,
    proofs: await vault.tip('refs/omk/proofs'),
  });
  const oracle = options.keepOracle ? await besideResult(world, session, given, `${branch}-oracle`) : undefined;
  return {
    ...result,
    judged: landed ? 'not_ready' : (kept?.judged ?? 'ready'),
    ...(kept ? { attempt: kept.attempt, turn: kept.turn } : {}),
    ...(kept === null && what.checks !== undefined ? { checks: what.checks } : {}),
    ...(oracle === undefined ? {} : { oracle }),
  };
}

/** On a branch of its own: the tip of the result stays the tree that was judged. */
async function besideResult(
  world: World,
  session: Session,
  given: { readonly vault: Vault; readonly root: string },
  branch: string,
): Promise<NonNullable<Applied['oracle']> | null> {
  const found = await keepOracle(world, session, given.vault);
  if (found === null) return null;
  const { ref, ...rest } = found;
  await world.git.apply({ ...given, commit: rest.commit, goalRef: ref, branch, merge: false, proofs: null });
  return { ...rest, branch };
}

interface Result {
  readonly commit: CommitId;
  readonly ref: string;
  readonly branch: string;
  readonly checks?: CommitId;
}

const isWhole = ({ attempt, turn }: AskedWork): boolean => attempt === null && turn === null;

/** The commits of the tasks that landed, where others did not; null where there is no such thing. */
const landedResult = ({ state, goal }: Session): Result | null =>
  state.status !== 'ready' && landedWork(state) && state.head
    ? { commit: state.head.commit, ref: resultRef(goal), branch: `omk/not-ready/${goal}/landed` }
    : null;

function readyResult({ state, goal }: Session): Result {
  if (state.status === 'ready' && state.integrated) return { ...state.integrated, branch: `omk/${goal}` };
  if (state.created?.given)
    throw new OmkError(
      'NOTHING_TO_APPLY',
      `Goal '${goal}' judged a change that was given, so there is no work of omk to apply`,
      `omk goal show ${goal}`,
      { exit: 3 },
    );
  throw new OmkError(
    'NOT_READY',
    `Goal '${goal}' is ${state.status}: only a ready result is applied`,
    instead(state, goal),
    { exit: 3 },
  );
}

const instead = (state: GoalState, goal: GoalId): string =>
  keptWork(state).length === 0
    ? `omk goal show ${goal}`
    : `omk goal apply ${goal} --not-ready puts its last work on a branch that is named so`;

/** One commit on the base that says what it is; the same each time. */
async function keptResult({ state, goal, lines }: Session, vault: Vault, kept: KeptWork): Promise<Result> {
  const { attempt, turn, snapshot, judged } = kept;
  const taken = lines.find(
    ({ event }) => event.type === 'snapshot.taken' && event.data.attempt === attempt && event.data.turn === turn,
  );
  const ref = `refs/omk/goals/${goal}/kept/${attempt}/${turn}`;
  const { title, repository } = created(state);
  const commit = await vault.commit({
    tree: snapshot.candidate,
    parent: repository.commit,
    message: `[${said(kept)}] ${title}\n\nOmk-Goal: ${goal}\nOmk-Attempt: ${attempt}\nOmk-Turn: ${turn}\nOmk-Judged: ${judged}\n`,
    ref,
    at: Math.floor(Date.parse(taken?.event.ts ?? '') / 1000),
  });
  return { commit, ref, branch: `omk/${judged.replace('_', '-')}/${goal}/${attempt}.${turn}` };
}

const said = ({ judged }: KeptWork): string => judged.replace('_', ' ');
