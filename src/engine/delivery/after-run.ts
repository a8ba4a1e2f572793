import { OmkError } from '../../domain/error.ts';
import { markerOf } from '../../domain/delivery/branch.ts';
import { plain } from '../../domain/pull-request/text.ts';
import { remotePlace } from '../../domain/delivery/remote.ts';
import { blocking } from '../../domain/judge/readiness.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import type { Notify, World } from '../world.ts';
import { mergeGoal, type Merging } from './merge.ts';
import { openPullRequest, type Opened } from './open-pr.ts';

export interface DeliveredRun {
  readonly opened: Opened;
  /** Null: it is not merged by this run. */
  readonly merging: Merging | null;
}

/** What the policy of a run asks for when its work stopped. Null: nothing was asked for, or there is nothing to deliver. */
export async function deliverAfterRun(
  world: World,
  goal: GoalId,
  state: GoalState,
  signal: AbortSignal,
  notify: Notify,
): Promise<DeliveredRun | null> {
  const { delivery } = state.created?.options ?? {};
  if (delivery?.policy === undefined) return null;
  if (state.status !== 'ready') {
    await commentOnIssue(world, goal, state, notDone(state));
    return null;
  }
  const opened = await openPullRequest(
    world,
    goal,
    {
      remote: null,
      branch: null,
      base: null,
      draft: delivery.policy === 'draft-pr',
      title: null,
      ...NOBODY,
      inFork: false,
      proof: delivery.proof !== false,
    },
    signal,
    notify,
  );
  if (opened.kind === 'pull_request')
    await commentOnIssue(
      world,
      goal,
      state,
      `omk opened ${opened.pullRequest.url} for this issue: every gate passed on it.`,
    );
  const merges = delivery.merge === 'gated' && delivery.policy === 'auto-pr';
  const merging = merges && opened.kind === 'pull_request' ? await tryMerge(world, goal, opened, signal, notify) : null;
  return { opened, merging };
}

/** Checks begin some time after a pull request was opened. */
async function tryMerge(
  world: World,
  goal: GoalId,
  { pullRequest }: Extract<Opened, { kind: 'pull_request' }>,
  signal: AbortSignal,
  notify: Notify,
): Promise<Merging> {
  const options = { remote: null, policy: 'gated', method: null, waitMs: 0 } as const;
  try {
    return await mergeGoal(world, goal, options, signal, notify);
  } catch (error) {
    if (!(error instanceof OmkError) || error.code !== 'CHECKS_NONE') throw error;
    return { kind: 'waiting', pullRequest, checks: ['checks to begin'] };
  }
}

const NOBODY = { labels: [], reviewers: [], assignees: [] };

/** Terminal short of ready: what is missing, so that whoever wrote the issue knows. */
function notDone(state: GoalState): string | null {
  if (state.ended === null) return null;
  const gaps = blocking(state.ended.gaps).slice(0, 10);
  return [
    `omk worked on this issue and ended ${state.status.replaceAll('_', ' ')}:`,
    '',
    ...gaps.map(({ text }) => `- ${plain(text)}`),
  ].join('\n');
}

/** One comment for each goal, which is replaced when the goal goes on. */
async function commentOnIssue(world: World, goal: GoalId, state: GoalState, text: string | null): Promise<void> {
  const origin = state.created?.origin;
  if (origin?.kind !== 'issue' || text === null) return;
  const place = remotePlace(origin.url.replace(/\/issues\/\d+$/u, ''));
  const forge = place && (await world.forge.at(place));
  await forge?.comment(origin.number, markerOf(goal), `${text}\n\n${markerOf(goal)}\n`);
}
