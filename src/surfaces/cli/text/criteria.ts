import { linesOf, type NarrativeLine } from '../../../app/narrative/line.ts';
import type { Level, Standing } from '../../../domain/criteria/standing.ts';
import { cleanLine } from '../../../domain/text/clean.ts';

const BY: Readonly<Record<Standing['by'], string>> = {
  test: 'a gate',
  command: 'a gate',
  fact: 'a fact',
  captures: 'what commands did before',
  timing: 'a time',
  tests: 'tests',
};

const SAYS: Readonly<Record<Level, string>> = {
  OMK_ORACLE_GIVEN: 'given by a person',
  OMK_ORACLE_APPROVED: 'by an agent, approved by a person',
  K_ORACLE_BY_AGENT: 'by another session, read by no person',
  K_ORACLE_BY_WORKER: 'by the worker, read by no person',
};

/** A line for each criterion: whether it is shown, by what, who says so, and what that leaves open. */
export const criterionLines = (lines: readonly NarrativeLine[]): readonly string[] =>
  linesOf(lines, 'criterion').map(({ criterion: { text, by, level, shown, limits } }) => {
    const open = limits.filter((code) => code !== level);
    const left = open.length === 0 ? '' : `; ${open.join(', ')}`;
    return `  ${shown ? 'shown    ' : 'open     '}${cleanLine(text, 120)}: ${BY[by]} (${SAYS[level]}, ${level}${left})`;
  });

const ORDER: readonly Level[] = ['OMK_ORACLE_GIVEN', 'OMK_ORACLE_APPROVED', 'K_ORACLE_BY_AGENT', 'K_ORACLE_BY_WORKER'];

/** How many criteria stand at each level, on one line; none where only gates of the repository were asked. */
export function briefCriterionLines(lines: readonly NarrativeLine[]): readonly string[] {
  const all = linesOf(lines, 'criterion').map(({ criterion }) => criterion);
  if (all.every(({ by, level }) => BY[by] === 'a gate' && level === 'OMK_ORACLE_GIVEN')) return [];
  const counts = ORDER.flatMap((level) => {
    const own = all.filter((each) => each.level === level);
    return own.length === 0
      ? []
      : [`${own.length} ${own.length === 1 ? 'criterion' : 'criteria'} ${SAYS[level]} (${level})`];
  });
  return counts.length === 0 ? [] : [`  shown    ${counts.join('; ')}`];
}
