import type { JudgeResult } from '../../../app/judge/judge.ts';
import { isTerminal } from '../../../domain/status.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { duration } from './duration.ts';
import { acceptWords, gateWords, levelWords, notAskedWords, testGroups, verdictWords } from './judge-words.ts';
import { many } from './many.ts';

const NAMED = 30;

/** A verdict as a comment for a pull request: no paths of this machine, and nothing of the change can format it. */
export function judgeMarkdown(result: JudgeResult): readonly string[] {
  const { change, base, examined, gates, limits, runs, ms } = result;
  const said = levelWords(result);
  const files = examined ? `, ${many(examined.changes.length, 'file')}` : '';
  return [
    `### omk judge: ${verdictWords(result)}`,
    '',
    ...(said.length === 0 ? [] : [`**${said.join(' · ')}**`, '']),
    `${code(change.name)} (tree ${code(change.tree.slice(0, 12))}${files}) against ${code(base.commit.slice(0, 12))}, ` +
      `${plain(base.why)}.`,
    '',
    '| gate | verdict |',
    '| --- | --- |',
    ...gates.map((gate) => `| ${code(gate.id)} | ${cell(gateWords(gate))} |`),
    ...testGroups(result).flatMap(({ title, ids }) => [
      '',
      `<details><summary>${many(ids.length, 'test')}: ${title}</summary>`,
      '',
      ...ids.slice(0, NAMED).map((id) => `- ${code(id)}`),
      ...(ids.length > NAMED ? [`- and ${ids.length - NAMED} more`] : []),
      '',
      '</details>',
    ]),
    ...section('Missing', missingTexts(result)),
    ...(result.question
      ? section('Question', [...result.question.text.split('\n'), `Yes: ${acceptWords(result)}`])
      : []),
    ...section('Ignored', notAskedWords(result)),
    ...section(
      'Limits',
      limits.map(({ text }) => text),
    ),
    '',
    `${many(runs.all, 'run')}, ${runs.cached} from the cache; ${duration(ms)}.`,
  ];
}

function missingTexts({ goal, status, failure, gaps }: JudgeResult): readonly string[] {
  if (status === 'ready') return [];
  if (!isTerminal(status)) return [`it was stopped: omk goal resume ${goal}`];
  return failure ? [failure.text] : gaps.filter((gap) => gap.code !== 'G_OPEN_QUESTION').map(({ text }) => text);
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `**${title}**`, '', ...lines.map((line) => `- ${plain(line)}`)];

/** Text of others between backquotes that it does not have. */
function code(text: string): string {
  const line = cleanLine(text, 300);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const ticks = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${line}\`` : `${ticks} ${line} ${ticks}`;
}

const plain = (text: string): string => cleanLine(text, 600).replace(/[\\`*_[\]<>#|@!]/g, (sign) => `\\${sign}`);

const cell = (text: string): string => plain(text);
