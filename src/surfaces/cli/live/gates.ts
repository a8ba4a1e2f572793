import { cleanLine } from '../../../domain/text/clean.ts';
import { padEnd, width } from '../text/width.ts';
import type { Piece, Style } from './line.ts';
import type { LiveGate } from '../../../app/live/view.ts';

const MARKS: Readonly<
  Record<LiveGate['state'], { readonly mark: string; readonly word: string; readonly style: Style }>
> = {
  fail: { mark: '✗', word: 'fail', style: 'red' },
  not_measured: { mark: '?', word: 'not measured', style: 'yellow' },
  running: { mark: '▸', word: 'running', style: 'cyan' },
  waiting: { mark: '·', word: 'waiting', style: 'dim' },
  pass: { mark: '✓', word: 'pass', style: 'green' },
  not_applicable: { mark: '-', word: 'not applicable', style: 'dim' },
};

/** Taller than a small terminal would make the picture flicker. */
const MOST = 8;

/** One line a gate in the order given; when there are too many, what needs attention stays and the rest is counted. */
export function gateLines(gates: readonly LiveGate[]): readonly (readonly Piece[])[] {
  const order = Object.keys(MARKS);
  const chosen = new Set([...gates].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)).slice(0, MOST));
  const shown = gates.filter((gate) => chosen.has(gate));
  const rest = gates.filter((gate) => !chosen.has(gate));
  const column = Math.max(0, ...shown.map((gate) => width(gate.id)));
  const lines = shown.map((gate) => oneGate(gate, column));
  return rest.length === 0
    ? lines
    : [...lines, [{ text: `  and ${rest.length} more: ${tally(rest)}`, style: 'dim' as const }]];
}

function oneGate(gate: LiveGate, column: number): readonly Piece[] {
  const { mark, word, style } = MARKS[gate.state];
  const detail = gate.detail === null ? '' : `  ${cleanLine(gate.detail)}`;
  return [
    { text: `  ${mark} `, style },
    { text: `${padEnd(gate.id, column)}  ` },
    { text: word, style },
    { text: detail, style: 'dim' },
  ];
}

const tally = (gates: readonly LiveGate[]): string =>
  Object.entries(MARKS)
    .map(([state, { word }]) => ({ word, count: gates.filter((gate) => gate.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`)
    .join(', ');

/** All gates on one line, what needs attention first. */
export function gateLine(gates: readonly LiveGate[]): readonly Piece[] {
  const order = Object.keys(MARKS);
  const sorted = [...gates].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return [
    { text: `  gates    ${gates.length === 0 ? 'none yet' : ''}` },
    ...sorted.flatMap(({ id, state }) => [
      { text: `${MARKS[state].mark} `, style: MARKS[state].style },
      { text: `${id}  ` },
    ]),
  ];
}
