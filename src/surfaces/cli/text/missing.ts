import { linesOf, type NarrativeLine } from '../../../app/narrative/line.ts';
import { clean, cleanLine } from '../../../domain/text/clean.ts';
import { coded } from './coded.ts';

/** How many gaps of one kind are told. */
const ALIKE = 5;

/** Why the goal ended without a judgement, and what is missing. */
export function missingLines(lines: readonly NarrativeLine[]): readonly string[] {
  const missing = [...Map.groupBy(linesOf(lines, 'missing'), ({ code }) => code)].flatMap(([code, alike]) => {
    const more = alike.length > ALIKE ? [`  missing  and ${alike.length - ALIKE} more like it (${code})`] : [];
    return [...alike.slice(0, ALIKE).map(({ text }) => `  missing  ${coded(cleanLine(text, 400), code)}`), ...more];
  });
  return [...linesOf(lines, 'failure').map(({ text, code }) => `  failure  ${clean(text)} (${code})`), ...missing];
}
