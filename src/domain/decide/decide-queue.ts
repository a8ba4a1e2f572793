import { outageEnd } from './decide-attempt.ts';
import { record } from '../judge/intents.ts';
import type { GoalEvent } from '../goal/event.ts';
import type { Intent } from '../goal/intent.ts';
import { lookAt, type Look } from './look.ts';
import { PERSONAL, personalQuestion } from './personal-question.ts';
import type { GoalState } from '../goal/state.ts';
import { landedBy, viewOfTree } from '../task/view.ts';
import { chainOf, type Link } from '../goal/chain.ts';

/**
 * What the queue of accepted work wants: merges, the judgement of a merged tree, landing, or sending work back. All that waits is
 * judged together; where that is red, the half of it, until what breaks it is alone.
 */
export function decideQueue(state: GoalState): readonly Intent[] {
  const { links, wanted, behind, conflicts } = chainOf(state);
  const back = conflicts.map(({ task, attempt, merged }) =>
    sendBack(task, attempt, {
      kind: 'conflict',
      onto: state.head?.tree ?? state.created?.repository.tree ?? '',
      paths: merged.paths,
      ...(merged.marked === undefined ? {} : { marked: merged.marked }),
      ...(merged.why === undefined ? {} : { why: merged.why }),
    }),
  );
  // The head does not move while something is sent back because of it.
  if (back.length > 0) return back;
  if (wanted)
    return [{ key: `merge:${wanted.onto}:${wanted.base}:${wanted.candidate}`, kind: 'merge', of: wanted, behind }];
  return links.length === 0 ? [] : judgeChain(state, links);
}

function judgeChain(state: GoalState, links: readonly Link[]): readonly Intent[] {
  const known = links.flatMap((link, index) =>
    state.examined.has(link.tree) ? [{ size: index + 1, look: lookAtLink(state, links, index + 1) }] : [],
  );
  const red = known.find(({ look }) => isRed(look));
  const limit = red?.size ?? links.length + 1;
  const green = known.findLast(({ size, look }) => size < limit && look.kind === 'judged' && look.open.length === 0);
  if (green) return [land(links.slice(0, green.size))];
  if (red?.size === 1) return redAlone(state, links, red.look);
  // What is under judgement is judged to its end before more is taken in.
  const begun = known.findLast(({ size, look }) => size < limit && look.kind !== 'judged');
  const size = begun?.size ?? (red ? Math.floor(red.size / 2) : links.length);
  const look = begun?.look ?? lookAtLink(state, links, size);
  if (look.kind === 'needs') return look.intents.map(forLanding);
  return look.kind === 'outage' ? [outageEnd(state, look.text)] : askAbout(state, links, size);
}

const forLanding = (intent: Intent): Intent => (intent.kind === 'run_gate' ? { ...intent, landing: true } : intent);

export const lookAtLink = (state: GoalState, links: readonly Link[], size: number): Look => {
  const tree = links[size - 1]?.tree ?? '';
  return lookAt(viewOfLinks(state, links, size), tree);
};

const viewOfLinks = (state: GoalState, links: readonly Link[], size: number): GoalState =>
  viewOfTree(
    state,
    links[size - 1]?.tree ?? '',
    links.slice(0, size).map(({ task }) => task),
  );

/** Whether a tree was judged, and something speaks against it that no person can take away. */
const isRed = (look: Look): boolean => look.kind === 'judged' && look.open.some((gap) => !PERSONAL.has(gap.code));

function askAbout(state: GoalState, links: readonly Link[], size: number): readonly Intent[] {
  const tree = links[size - 1]?.tree ?? '';
  const question = personalQuestion(viewOfLinks(state, links, size), tree);
  return question ? [question] : [];
}

function redAlone(state: GoalState, links: readonly Link[], look: Look): readonly Intent[] {
  const [first] = links;
  if (!first || look.kind !== 'judged') return [];
  const attempt = state.attempts.find((each) => each.attempt === first.attempt);
  const before = new Set(landedBy(state, attempt?.base));
  const beside = state.landed.map(({ task }) => task).filter((task) => !before.has(task));
  return [sendBack(first.task, first.attempt, { kind: 'red', tree: first.tree, gaps: look.open, beside })];
}

const sendBack = (
  task: string,
  attempt: number,
  why: Extract<GoalEvent, { type: 'task.returned' }>['data']['why'],
): Intent => record(`return:${task}:${attempt}`, { type: 'task.returned', data: { task, attempt, why } });

const land = (links: readonly Link[]): Intent => ({
  key: `land:${links.at(-1)?.tree ?? ''}:${links.map(({ attempt }) => attempt).join('+')}`,
  kind: 'land',
  links,
});
