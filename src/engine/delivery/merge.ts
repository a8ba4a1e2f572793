import type { MergeMethod, MergePolicy, PullRequestRecord } from '../../domain/delivery/delivery.ts';
import { nextMerge, type MergeStep } from '../../domain/delivery/merge.ts';
import { OmkError } from '../../domain/error.ts';
import type { CommitId, GoalId, TreeId } from '../../domain/ids.ts';
import type { ForgeRepository, PullRequest } from '../../world/forge/port.ts';
import type { RemoteRepository } from '../../world/git/port.ts';
import { created } from '../context.ts';
import { whileLeased } from '../lease.ts';
import { publish } from '../publish/publish.ts';
import { Session } from '../session.ts';
import type { Notify, World } from '../world.ts';
import { forgeOf } from './forge.ts';
import { mergeRefusal, noPullRequest } from './refusals.ts';
import { provenResult, type Result } from './result.ts';

export interface MergeOptions {
  readonly remote: string | null;
  readonly policy: MergePolicy;
  readonly method: MergeMethod | null;
  /** How long checks are waited for. */
  readonly waitMs: number;
}

export type Merging =
  | {
      readonly kind: 'merged';
      readonly pullRequest: PullRequestRecord;
      readonly commit: CommitId;
      readonly tree: TreeId;
      readonly proven: TreeId;
    }
  | { readonly kind: 'waiting'; readonly pullRequest: PullRequestRecord; readonly checks: readonly string[] };

/** Between two looks at checks that have not ended. */
const POLL_MS = 15_000;
/** How often a branch that moves between the look and the merge is looked at again. */
const TRIES = 3;

/** Merges the pull request of a goal at the commit that was proven, and compares what came of it with what was proven. */
export async function mergeGoal(
  outer: World,
  goal: GoalId,
  options: MergeOptions,
  signal: AbortSignal,
  notify: Notify = () => undefined,
): Promise<Merging> {
  return whileLeased(outer, goal, signal, async (held, world) => {
    const session = await Session.open(world, goal, notify);
    const { repository } = created(session.state);
    const vault = await world.git.openVault(repository);
    const result = await provenResult(world, session, vault);
    const record = session.state.delivery.pullRequest;
    if (record === null)
      throw noPullRequest(goal, session.state.delivery, {
        pushed: (name) =>
          `merge '${name}' on the web page of that repository, or with git: its commit ${result.commit.slice(0, 12)} is the proven one ` +
          `(omk verify ${goal}); where omk can log in by now: omk goal open-pr ${goal}`,
      });
    const request = { vault, root: vault.root, remote: options.remote, branch: repository.branch };
    try {
      return await world.git.withRemote(request, async (own) => {
        const { forge, about, remote } = await forgeOf(world, own, record);
        if (!about.mayPush) throw mayNotMerge(about.name, record);
        const merge = { session, remote, forge, result, record, options, methods: about.methods };
        const end = world.clock.monotonic() + options.waitMs;
        for (let tries = 0; ;) {
          const step = await look(merge);
          if (step.kind === 'merged') return await compare(merge);
          if (step.kind === 'refuse') throw mergeRefusal(step, record, goal);
          if (step.kind === 'wait') {
            if (world.clock.monotonic() >= end || held.aborted)
              return { kind: 'waiting', pullRequest: record, checks: step.checks };
            notify({ kind: 'step', text: `waits for ${step.checks.join(', ')}` });
            await world.clock.sleep(Math.min(POLL_MS, Math.max(1, end - world.clock.monotonic())), held);
            continue;
          }
          if (await perform(merge, step, ++tries)) return await compare(merge);
        }
      });
    } finally {
      await publish({ world, session, vault });
    }
  });
}

const mayNotMerge = (name: string, { number, url }: PullRequestRecord): OmkError =>
  new OmkError(
    'FORGE_NO_PERMISSION',
    `This login may not merge pull request #${number} of ${name}`,
    `ask who looks after ${name}: ${url}`,
    { exit: 4 },
  );

interface MergeParts {
  readonly session: Session;
  readonly remote: RemoteRepository;
  readonly forge: ForgeRepository;
  readonly result: Result;
  readonly record: PullRequestRecord;
  readonly options: MergeOptions;
  readonly methods: readonly MergeMethod[];
}

/** Everything is read anew each time: what was true a moment ago decides nothing. */
async function look({ remote, forge, record, options, methods, result }: MergeParts): Promise<MergeStep> {
  const pullRequest = await forge.pullRequest(record.number);
  const open = pullRequest.state === 'open';
  const [checks, rules] = open
    ? [await forge.checks(pullRequest.commit), await forge.rules(pullRequest.base)]
    : [[], { checks: [], queue: false, methods: null }];
  return nextMerge({
    policy: options.policy,
    pullRequest,
    proven: result.commit,
    baseIsProven: open && (await isOnTop(remote, pullRequest, result.commit)),
    checks,
    required: rules.checks,
    queue: rules.queue,
    methods: methods.filter((method) => rules.methods === null || rules.methods.includes(method)),
    asked: options.method,
  });
}

/** Whether the commit has all that the base branch has, so that a merge of it has its tree. */
async function isOnTop(remote: RemoteRepository, { base }: PullRequest, commit: CommitId): Promise<boolean> {
  const tip = (await remote.heads([base])).heads.get(base);
  if (tip === undefined) return false;
  await remote.fetch(base, tip);
  return remote.isAncestor(tip, commit);
}

async function perform(
  { forge, record, session }: MergeParts,
  { commit, method }: Extract<MergeStep, { kind: 'merge' }>,
  tries: number,
): Promise<boolean> {
  const outcome = await forge.merge(record.number, { commit, method });
  if (outcome.kind === 'merged') return true;
  if (outcome.kind === 'moved' && tries < TRIES) return false;
  throw new OmkError(
    'MERGE_REFUSED',
    `${forge.forge} does not merge pull request #${record.number} of goal '${session.goal}': ` +
      (outcome.kind === 'refused' ? outcome.why : 'its branch keeps changing'),
    `look at ${record.url}, then omk goal merge ${session.goal}`,
    { exit: 4 },
  );
}

/** What the base branch has now, against what was proven. Recorded once. */
async function compare({ session, remote, forge, record, result }: MergeParts): Promise<Merging> {
  const known = session.state.delivery.merged;
  if (known)
    return { kind: 'merged', pullRequest: record, commit: known.commit, tree: known.tree, proven: known.proven };
  const pullRequest = await forge.pullRequest(record.number);
  const commit = pullRequest.mergedAs;
  const tip = (await remote.heads([pullRequest.base])).heads.get(pullRequest.base);
  if (tip !== undefined) await remote.fetch(pullRequest.base, tip);
  if (commit === null || !(await remote.has(commit)))
    throw new OmkError(
      'MERGE_NOT_SEEN',
      `Pull request #${record.number} is merged, but its commit is not on branch '${pullRequest.base}' of '${remote.name}'`,
      'run the command again; the merge itself is done',
      { exit: 4 },
    );
  const tree = await remote.treeOf(commit);
  const proven = result.tree;
  await session.append({
    type: 'delivery.merged',
    data: { number: record.number, url: record.url, commit, tree, proven },
  });
  return { kind: 'merged', pullRequest: record, commit, tree, proven };
}
