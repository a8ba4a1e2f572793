import { countLabels } from '../contract/labels/describe.ts';
import type { Answer } from '../evidence/question.ts';
import type { GoalState } from '../goal/state.ts';
import { currentSnapshot } from '../goal/state.ts';
import type { CommitId, GoalId } from '../ids.ts';
import { redact } from '../text/redact.ts';
import { markerOf, unmarked } from '../delivery/branch.ts';
import { checkedGates, guards } from './facts.ts';
import { code, plain, quotation, withoutPlaces } from './text.ts';

/** The most that GitHub takes. */
export const MOST = 65_536;
const PROMPT = 6_000;
const FILES = 60;
const LIMITS = 30;
const TEMPLATE = 20_000;

/** What a body says besides what follows from the log. */
export interface BodyRequest {
  readonly goal: GoalId;
  /** The result of the goal. */
  readonly commit: CommitId;
  /** The pull request template of the repository; null: it has none. */
  readonly template: string | null;
  /** Places on this machine, which nobody needs to know. */
  readonly places: readonly string[];
  /** How the signer of the proof is known. */
  readonly keyid: string;
  /** Where the base branch went since the base, and what was done about it; null: it is where it was. */
  readonly moved: string | null;
  /** What is delivered, where that is not the result itself: the proof of it is another. */
  readonly merged: { readonly goal: GoalId; readonly base: CommitId; readonly commit: CommitId } | null;
  /** Goals that this one goes on with, the first first. */
  readonly before: readonly { readonly goal: GoalId; readonly state: GoalState }[];
}

/** The text of a pull request, from the facts of a proof. What people and agents wrote is in it only as a quotation. */
export function composeBody(state: GoalState, request: BodyRequest): string {
  const template =
    request.template === null
      ? ''
      : `${cutTo(unmarked(request.template).replaceAll('\r\n', '\n').trim(), TEMPLATE)}\n\n---\n\n`;
  const sections = [
    section('Goal', [
      quotation((request.before[0]?.state ?? state).created?.prompt ?? '', PROMPT),
      ...issue(state, request),
    ]),
    section('What changed', changes(state)),
    section('Earlier rounds', request.before.flatMap(earlier)),
    section('What was checked', checks(state, request)),
    section('What guards it', list(guards(state), 'nothing: no test is known to fail without this change')),
    section('Limits', limits(state)),
    section('Questions and answers', questions(state)),
    section('How to verify', verify(state, request)),
  ].filter((text) => text !== '');
  const end = `\n\n${[request.goal, ...request.before.map(({ goal }) => goal)].map(markerOf).join('\n')}\n`;
  const text = redact(withoutPlaces(sections.join('\n\n'), request.places), []);
  return `${cutTo(`${template}${text}`, MOST - end.length)}${end}`;
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `### ${title}\n\n${lines.join('\n')}`;

const list = (items: readonly string[], none: string): readonly string[] =>
  items.length === 0 ? [`- ${none}`] : items.map((item) => `- ${plain(item)}`);

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const CUT = '\n\n… (the rest is left out: it does not fit)';

/** A fence that is cut open is closed, so that what follows is no part of it. */
function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = text.slice(0, most - CUT.length - 60);
  const open = openFence(room);
  return `${room}${open === null ? '' : `\n${open}`}${CUT}`;
}

function openFence(text: string): string | null {
  let open: string | null = null;
  for (const [, fence = ''] of text.matchAll(/^(`{3,40})/gmu)) {
    if (open === null) open = fence;
    else if (fence.length >= open.length) open = null;
  }
  return open;
}

function changes(state: GoalState): readonly string[] {
  const candidate = currentSnapshot(state)?.candidate;
  const examined = candidate === undefined ? undefined : state.examined.get(candidate);
  if (!examined) return [];
  const { tests } = examined;
  const shown = examined.changes.slice(0, FILES).map(({ path, change }) => `- ${change} ${code(path)}`);
  const more = examined.changes.length - FILES;
  return [
    ...(shown.length === 0 ? ['- nothing'] : shown),
    ...(more > 0 ? [`- and ${more} more files`] : []),
    ...(tests ? ['', `Tests: ${plain(countLabels(tests))}.`] : []),
  ];
}

/** The issue that it answers, in the form that the forge links and closes. */
function issue(state: GoalState, { before }: BodyRequest): readonly string[] {
  const origin = (before[0]?.state ?? state).created?.origin;
  if (origin?.kind !== 'issue') return [];
  const [, place = ''] = /^https?:\/\/[^/]+\/([\w.-]+\/[\w.-]+)\/issues\/\d+$/u.exec(origin.url) ?? [];
  return place === '' ? [] : ['', `Resolves ${place}#${origin.number}`];
}

/** A round before this one, in a few lines: it was judged when it was made. */
function earlier({ goal, state }: BodyRequest['before'][number]): readonly string[] {
  const { integrated, created } = state;
  const gates = checkedGates(state).map(
    ({ gate, passed }) => `${code(gate)}${passed === null ? '' : ` (${passed} tests)`}`,
  );
  return [
    `- ${code(goal)}: commit ${code(integrated?.commit ?? '')} on ${code(created?.repository.commit ?? '')}, ` +
      `judged with ${gates.join(', ')}`,
    ...guards(state).map((text) => `  - ${plain(text)}`),
  ];
}

function checks(state: GoalState, { commit, moved }: BodyRequest): readonly string[] {
  const rows = checkedGates(state).map(({ gate, passes, passed, kept, canary }) =>
    row([
      code(gate).replaceAll('|', String.raw`\|`),
      passes ? 'pass' : 'not passed',
      passed ?? 'not counted',
      kept ?? 'not counted',
      canary ? 'yes' : 'no',
    ]),
  );
  const { repository } = state.created ?? {};
  return [
    row(['gate', 'verdict', 'tests that pass', 'of those, passed before', 'a planted failing test was noticed']),
    row(['---', '---', '---', '---', '---']),
    ...rows,
    '',
    `Judged by omk on commit ${code(commit)} against base ${code(repository?.commit ?? '')}; ` +
      'the tests and runner settings of the base were laid over the change.',
    ...(moved === null ? [] : ['', moved]),
  ];
}

function limits(state: GoalState): readonly string[] {
  const known = (state.ended?.gaps ?? []).filter(({ kind }) => kind === 'known');
  const more = known.length - LIMITS;
  return [
    ...list(
      known.slice(0, LIMITS).map(({ code: name, text }) => `${text} (${name})`),
      'none are known beyond those that every proof has',
    ),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}

function questions(state: GoalState): readonly string[] {
  return state.questions.slice(0, 20).flatMap(({ question, answer }) => {
    if (answer === null) return [];
    const asked =
      question.code === 'agent_asks' ? `The agent asked:\n\n${quotation(question.text, 1_000)}` : plain(question.text);
    const words = wordsOf(answer);
    const said = words === '' ? '' : `:\n\n${quotation(words, 1_000)}`;
    return [asked, '', `A person answered: ${answer.kind.replaceAll('_', ' ')}${said}`, ''];
  });
}

function wordsOf(answer: Answer): string {
  if (answer.kind === 'text') return answer.text;
  return answer.kind === 'reject' ? answer.note : '';
}

function verify(state: GoalState, { keyid, merged, ...own }: BodyRequest): readonly string[] {
  const { goal, base, commit } = merged ?? { ...own, base: state.created?.repository.commit ?? '' };
  return [
    `The proof of goal ${code(goal)} is signed with key ${code(keyid)}. Who ran omk has it: ` +
      `\`omk goal proof ${goal} --out bundle\`. With it, and in a clone of this repository:`,
    '',
    '```',
    `omk verify bundle --key <their public key> --base ${base} --head ${commit}`,
    '```',
  ];
}
