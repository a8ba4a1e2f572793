import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GoalClass } from '../plan/plan.ts';
import { BASE, COMPLETED, examinedOf, FIX, shows, snapshotOf } from '../testing/build.ts';
import { CANARY, play } from '../testing/ready.ts';
import { readiness } from './readiness.ts';

const added = (path: string) => ({ path, change: 'added', oldMode: '000000', newMode: '100644' }) as const;

/** What is found of a goal of this class on a green base, whose agent adds these files. */
function found(is: GoalClass, paths: readonly string[]) {
  const { state } = play({
    options: { class: is, allowNoChange: is === 'audit', maxAttempts: 1, maxTurns: 1 },
    measure: ({ purpose }) =>
      purpose === 'canary'
        ? shows({ passed: ['adds'], failed: [CANARY.name] }, { canary: CANARY })
        : shows({ passed: ['adds'] }),
    turn: () => ({ outcome: COMPLETED, leaves: snapshotOf(paths.length === 0 ? BASE : FIX) }),
    examine: (candidate) => examinedOf(candidate, { changes: paths.map(added) }),
  });
  const codes = readiness(state).map(({ code }) => code);
  return { status: state.status, bound: codes.includes('G_WRITE_SET'), audited: codes.includes('K_AUDIT_ONLY') };
}

test('an audit changes no file, and its proof says how little that shows', () => {
  assert.deepEqual(found('audit', []), { status: 'ready', bound: false, audited: true });
  assert.deepEqual(found('audit', ['README.md']), { status: 'not_ready', bound: true, audited: true });
  assert.deepEqual(found('docs', ['README.md']), { status: 'ready', bound: false, audited: false });
  assert.deepEqual(found('docs', ['a.js']), { status: 'not_ready', bound: true, audited: false });
});
