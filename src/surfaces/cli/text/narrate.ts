import { styleText } from 'node:util';
import { linesOf, type NarrativeLine } from '../../../app/narrative/line.ts';
import { labelLines } from '../../../domain/contract/labels/describe.ts';
import { originWords } from '../../../domain/delivery/origin-words.ts';
import type { GoalId } from '../../../domain/ids.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { briefCheckLines, checkLines, heldOutLines } from './checks.ts';
import { briefCriterionLines, criterionLines } from './criteria.ts';
import { many } from './many.ts';
import { missingLines } from './missing.ts';
import { newTestLine } from './new-tests.ts';
import { nextLines } from './next.ts';
import { labelled, questionLines } from './question.ts';
import { redBeforeLine } from './red-before.ts';
import { standingText } from './standing.ts';

interface How {
  readonly goal: GoalId;
  readonly colour: boolean;
  /** Only what a person needs at the end of a run; `omk goal show` has the rest. */
  readonly brief?: boolean;
}

/** What a person is told of a goal, as lines of a terminal. */
export function narrativeText(lines: readonly NarrativeLine[], { goal, colour, brief }: How): readonly string[] {
  const bold = (text: string): string => (colour ? styleText('bold', text, { validateStream: false }) : text);
  const [standing] = linesOf(lines, 'standing');
  const questions = linesOf(lines, 'question');
  const first = [
    ...(standing ? [bold(standingText(standing))] : []),
    ...linesOf(lines, 'here').map(({ text }) => `  here     ${cleanLine(text, 400)}`),
    ...questions.flatMap(({ question }) =>
      questionLines(question, INDENT).map((line, index) => (index === 0 ? `  question ${line}` : line)),
    ),
    ...linesOf(lines, 'next').flatMap((next) => nextLines(next, { goal, question: questions[0]?.question, brief })),
    ...linesOf(lines, 'red_before').map(redBeforeLine),
  ];
  const newTests = linesOf(lines, 'new_tests').map((line) => newTestLine(line, goal));
  // Before the work there is nothing but the question.
  if (brief && questions.length > 0 && standing?.attempts === 0) return first;
  if (brief)
    return [
      ...first,
      ...changeLines(lines),
      ...briefCheckLines(lines),
      ...heldOutLines(lines),
      ...(standing?.status === 'ready' ? briefCriterionLines(lines) : []),
      ...missingLines(lines),
      ...briefLimits(lines),
      ...newTests,
    ];
  return [
    '',
    ...first,
    ...linesOf(lines, 'goal').map((line) => `  goal     ${line.goal}  ${cleanLine(line.title, 72)}`),
    ...linesOf(lines, 'origin').map(({ origin }) => `  from     ${originWords(origin)}`),
    ...linesOf(lines, 'given').map(({ name }) => `  change   ${cleanLine(name)}, as it was given`),
    ...linesOf(lines, 'work').map(workLine),
    ...changeLines(lines),
    ...linesOf(lines, 'result').map(
      ({ commit, tree }) => `  result   commit ${commit.slice(0, 12)}, tree ${tree.slice(0, 12)}`,
    ),
    ...checkLines(lines),
    ...heldOutLines(lines),
    ...criterionLines(lines),
    ...newTests,
    ...missingLines(lines),
    ...limitsIn(lines).map((text) => `  limit    ${text}`),
    ...linesOf(lines, 'folder').map(({ path }) => `  folder   ${path}`),
  ];
}

const INDENT = ' '.repeat(11);

function workLine({ attempts, turns, before, agent }: Extract<NarrativeLine, { kind: 'work' }>): string {
  const work = `  work     ${many(attempts, 'attempt')}, ${many(turns, 'turn')} of ${cleanLine(agent ?? 'no agent')}`;
  return before === 0 ? work : `${work}, and ${many(before, 'session')} before it`;
}

/** The files that changed, and what became of the tests, worst first. */
const changeLines = (lines: readonly NarrativeLine[]): readonly string[] => [
  ...linesOf(lines, 'changes').map(({ files }) => {
    const shown = files.slice(0, 8).map((each) => `${each.change} ${cleanLine(each.path)}`);
    const more = files.length > 8 ? `, and ${files.length - 8} more` : '';
    return `  changes  ${shown.join(', ') || 'none'}${more}`;
  }),
  ...linesOf(lines, 'tests').flatMap(({ labels }) =>
    labelLines(labels, 8).map((line, index) => `  ${index === 0 ? 'tests ' : '      '}   ${labelled(line)}`),
  ),
];

const limitsIn = (lines: readonly NarrativeLine[]): readonly string[] =>
  linesOf(lines, 'limit').map(({ text, code }) => `${cleanLine(text, 300)} (${code})`);

function briefLimits(lines: readonly NarrativeLine[]): readonly string[] {
  const limits = limitsIn(lines);
  return limits.length === 0 ? [] : [`  limits   ${limits.join('; ')}`];
}
