import { cleanLine } from '../../text/clean.ts';
import type { TestChange, TestChanges, Weakening } from './change.ts';

/** One line for each of the first `most` labels: `weakened  tests/a.test.js > adds: 2 assertions fewer, skip added`, then how many more. */
export function labelLines({ changes, more }: TestChanges, most: number): readonly string[] {
  const left = Math.max(0, changes.length - most) + more;
  return [...changes.slice(0, most).map(labelLine), ...(left > 0 ? [`and ${left} more`] : [])];
}

/** `2 tests weakened, 1 added`; empty without a label. */
export const countLabels = ({ changes, more }: TestChanges): string => {
  const counts = [...Map.groupBy(changes, ({ kind }) => kind)].map(([kind, each]) => `${each.length} ${kind}`);
  return [...counts, ...(more > 0 ? [`${more} more`] : [])].join(', ');
};

export function labelLine(change: TestChange): string {
  const name = `${change.kind.padEnd(8)}  ${cleanLine(change.path)}${change.test === null ? '' : ` > ${change.test}`}`;
  const why = whyOf(change);
  return why === '' ? name : `${name}: ${why}`;
}

function whyOf(change: TestChange): string {
  switch (change.kind) {
    case 'added':
    case 'removed':
      return '';
    case 'renamed':
      return `was ${change.from}, the same body`;
    case 'weakened':
      return [...change.reasons.map(reason), ...(change.from === undefined ? [] : [`was ${change.from}`])].join(', ');
    case 'changed':
      return `${WHY[change.why]}${change.detail === undefined ? '' : `, ${change.detail}`}`;
  }
}

const WHY: Readonly<Record<Extract<TestChange, { kind: 'changed' }>['why'], string>> = {
  other_assertions: 'other assertions',
  other_steps: 'other steps, and no assertion that omk recognizes is another',
  more_steps: 'more than before, and every assertion of before',
  unmarked: 'a skip, only or expected failure less',
  outside_of_tests: 'outside of its tests',
  more_outside: 'more outside of its tests',
  layout: 'comments, layout or order, as far as it can be read',
  not_read: 'cannot be told',
};

function reason(weakening: Weakening): string {
  switch (weakening.kind) {
    case 'fewer_assertions':
      return `${many(weakening.by, 'assertion')} fewer`;
    case 'fewer_cases':
      return `${many(weakening.by, 'case')} fewer`;
    case 'guarded_assertion':
      return `${many(weakening.by, 'assertion')} not always reached`;
    case 'looser_assertion':
      return `looser assertion (${weakening.from} → ${weakening.to})`;
    case 'lowered_threshold':
      return `lowered threshold (${weakening.from} → ${weakening.to})`;
    case 'skipped':
      return 'skip added';
    case 'only':
      return 'only added';
    case 'xfail':
      return 'may fail now';
  }
}

const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
