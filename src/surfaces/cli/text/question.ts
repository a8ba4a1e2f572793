import type { Question } from '../../../domain/evidence/question.ts';
import { cleanLine } from '../../../domain/text/clean.ts';

/** A question, and below it what it names in lines of its own. */
export function questionLines({ text }: Question, indent: string): readonly string[] {
  const [first = '', ...named] = text.split('\n');
  return [cleanLine(first, 400), ...named.map((line) => `${indent}${labelled(line)}`)];
}

/** The space after a label is for the eye; a line has no other two spaces side by side. */
export const labelled = (line: string): string => {
  const [label = '', ...rest] = line.split('  ');
  return rest.length === 0 ? cleanLine(line, 300) : `${cleanLine(label).padEnd(8)}  ${cleanLine(rest.join(' '), 300)}`;
};
