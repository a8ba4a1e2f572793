import { cleanLine } from '../../../../domain/text/clean.ts';
import { list, short, type Lines } from './words.ts';

/** How a goal begins and ends, and where its result goes. */
export const GOAL_LINES: Lines<
  | 'goal.created'
  | 'goal.paused'
  | 'goal.resumed'
  | 'goal.cancelled'
  | 'goal.ended'
  | 'output.lost'
  | 'state.checkpoint'
  | 'delivery.pushed'
  | 'delivery.pr_opened'
  | 'delivery.pr_updated'
  | 'delivery.merged'
> = {
  'goal.created': ({ goal, title, repository, agent, given }) => {
    const by = given
      ? `${cleanLine(given.name)}, tree ${short(given.snapshot.candidate)}`
      : `agent ${agent?.name ?? ''}`;
    return `goal ${goal}: ${cleanLine(title)} (base ${short(repository.commit)}, ${by})`;
  },
  'goal.paused': ({ why }) => `paused: ${cleanLine(why)}`,
  'goal.resumed': ({ why }) => `resumed: ${cleanLine(why)}`,
  'goal.cancelled': ({ why }) => `cancelled: ${cleanLine(why)}`,
  'goal.ended': ({ status, gaps }) => {
    const missing = gaps.filter((gap) => gap.kind === 'blocking');
    return `ended: ${status}${missing.length === 0 ? '' : `, missing: ${list(missing.map((gap) => gap.code))}`}`;
  },
  'output.lost': ({ stream, why }) => `${stream} can no longer be written (${cleanLine(why)}); the goal goes on`,
  'state.checkpoint': ({ sha256, projection }) => `state ${short(sha256)} (${projection})`,
  'delivery.pushed': ({ commit, branch, repository }) =>
    `pushed: commit ${short(commit)} to branch ${cleanLine(branch)} of ${cleanLine(repository)}`,
  'delivery.pr_opened': ({ url }) => `pull request opened: ${cleanLine(url)}`,
  'delivery.pr_updated': ({ url }) => `pull request updated: ${cleanLine(url)}`,
  'delivery.merged': ({ url, commit, tree, proven }) =>
    `pull request merged: ${cleanLine(url)} as commit ${short(commit)}${tree === proven ? '' : ', with a tree that was not proven'}`,
};
