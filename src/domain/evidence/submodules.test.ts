import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PathChange } from '../git/snapshot.ts';
import { withoutSubmodules } from './submodules.ts';
import { PASS, type Verdict } from '../gates/verdict.ts';

const change = (path: string, mode: string, what: PathChange['change'] = 'modified'): PathChange => ({
  path,
  change: what,
  oldMode: what === 'added' ? '000000' : mode,
  newMode: mode,
});
const judged = (changes: readonly PathChange[], verdict: Verdict): Verdict =>
  withoutSubmodules({ questions: [] }, { candidate: 'c', changes }, verdict);
const lost: Verdict = { kind: 'fail', code: 'E_MISSING_TESTS', detail: '1 of 2 tests were not executed' };

test('a failure beside a submodule at another commit is not measured, and nobody is accused', () => {
  const found = judged([change('lib', '160000'), change('a.js', '100644')], lost);
  assert.deepEqual([found.kind, found.kind === 'pass' ? '' : found.code], ['not_measured', 'E_SUBMODULE_MOVED']);
  assert.match(JSON.stringify(found), /submodule lib .*1 of 2 tests were not executed/);
});

test('what files that are not there do not cause stays as it is', () => {
  const moved = [change('lib', '160000')];
  const written: Verdict = { kind: 'fail', code: 'E_TREE_CHANGED', detail: 'x' };
  assert.equal(judged(moved, PASS), PASS);
  assert.equal(judged(moved, written), written);
  assert.equal(judged([change('a.js', '100644')], lost), lost);
  assert.equal(judged([change('lib', '160000', 'added')], lost), lost);
});
