import type { JudgeResult } from '../../../app/judge/judge.ts';
import { isTerminal } from '../../../domain/status.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { duration } from './duration.ts';
import { acceptWords, gateWords, levelWords, notAskedWords, testGroups, verdictWords } from './judge-words.ts';
import { many } from './many.ts';

/** How many tests of a kind are named. */
const NAMED = 20;

/** A verdict for a person, the answer first. */
export function judgeText(result: JudgeResult): readonly string[] {
  const { status, change, base, examined, gates, limits, runs, ms, goal, leftOut } = result;
  const said = levelWords(result);
  return [
    `${verdictWords(result)}${said.length === 0 ? '' : `: ${said.join(' · ')}`}`,
    `  change   ${cleanLine(change.name)}: ${examined ? `${many(examined.changes.length, 'file')}, ` : ''}tree ${change.tree.slice(0, 12)}`,
    `  base     ${base.commit.slice(0, 12)} (${cleanLine(base.why)})`,
    ...leftOut.map((path) => `  left out ${cleanLine(path)}: a repository of its own`),
    ...gates.map((gate) => `  gate     ${gate.id}: ${gateWords(gate)}`),
    ...testGroups(result).flatMap(({ title, ids }) => [
      `  tests    ${title}:`,
      ...ids.slice(0, NAMED).map((id) => `             ${cleanLine(id)}`),
      ...(ids.length > NAMED ? [`             and ${ids.length - NAMED} more`] : []),
    ]),
    ...missing(result),
    ...asked(result),
    ...notAskedWords(result).map((line) => `  ignored  ${line}`),
    ...limits.map(({ text }) => `  limit    ${cleanLine(text, 400)}`),
    `  runs     ${many(runs.all, 'run')}, ${runs.cached} of them from the cache; ${duration(ms)}`,
    isTerminal(status) ? `  proof    omk verify ${goal}; omk goal show ${goal}` : `  next     omk goal resume ${goal}`,
  ];
}

function missing({ status, gaps, failure }: JudgeResult): readonly string[] {
  // What is missing is all that has not run yet.
  if (status === 'ready' || !isTerminal(status)) return [];
  const told = gaps.flatMap((gap) =>
    gap.kind === 'blocking' && gap.code !== 'G_OPEN_QUESTION'
      ? [`  missing  ${cleanLine(gap.text, 400)} (${gap.code}); ${gap.fix}`]
      : [],
  );
  return failure ? [`  failed   ${cleanLine(failure.text, 400)} (${failure.code}); ${failure.fix}`] : told;
}

function asked(result: JudgeResult): readonly string[] {
  if (result.question === null) return [];
  const [first = '', ...more] = result.question.text.split('\n');
  return [
    `  question ${cleanLine(first, 600)}`,
    ...more.map((line) => `             ${cleanLine(line, 200)}`),
    `  yes      ${acceptWords(result)}`,
  ];
}
