import { linesOf, type NarrativeLine } from '../../../app/narrative/line.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { many } from './many.ts';

type Lines = readonly NarrativeLine[];
type Gate = Extract<NarrativeLine, { kind: 'gate' }>;
type Checks = Extract<NarrativeLine, { kind: 'checks' }>;

const passes = ({ verdict, flaky }: Gate): boolean => verdict?.kind === 'pass' && !flaky;

function gateText({ gate, verdict, flaky, passed }: Gate): string {
  if (verdict === null) return `${gate}: not run on the candidate`;
  const tests = passed === null ? '' : `, ${many(passed, 'test')} passed`;
  const why = verdict.kind === 'pass' ? '' : `: ${cleanLine(verdict.detail, 300)} (${verdict.code})`;
  return `${gate}: ${verdict.kind.replace('_', ' ')}${flaky ? ', but flaky' : ''}${tests}${why}`;
}

/** A line a gate. */
export const checkLines = (lines: Lines): readonly string[] => [
  ...linesOf(lines, 'gate').map((gate) => `  gate     ${gateText(gate)}`),
  ...linesOf(lines, 'commands').map(({ text }) => `  commands ${text}`),
];

/** The gates that pass on one line, then a line for each that does not. */
export function briefCheckLines(lines: Lines): readonly string[] {
  const gates = linesOf(lines, 'gate');
  const passing = [...gates.filter(passes).map(gateText), ...linesOf(lines, 'commands').map(({ text }) => text)];
  return [
    ...(passing.length === 0 ? [] : [`  checked  ${passing.join('; ')}`]),
    ...gates.filter((gate) => !passes(gate)).map((gate) => `  gate     ${gateText(gate)}`),
  ];
}

const SAYS: Readonly<Record<Checks['found'], string>> = {
  needs: 'not run on the candidate',
  no_oracle: 'do not fail where they must',
  not_shown: 'do not pass',
  shown: 'pass, and fail where they must',
};

export const heldOutLines = (lines: Lines): readonly string[] =>
  linesOf(lines, 'checks').map(({ hidden, files, found }) =>
    hidden
      ? `  held-out ${many(files, 'file')}: ${SAYS[found]}`
      : `  frozen   ${many(files, 'file')} of tests: ${SAYS[found]}`,
  );
