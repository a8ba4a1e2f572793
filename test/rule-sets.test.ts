import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundleRules } from '../scripts/build/rules.ts';
import { changedSince, freeze, frozenFile, next, sourceOf, withdraw } from '../scripts/rules/sets.ts';
import { KNOWN_SETS, type KnownSet } from '../src/proof/rules/known.ts';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const OPEN: readonly KnownSet[] = [{ id: 'judge/1', status: 'current', digest: null }];
const FROZEN: readonly KnownSet[] = [{ id: 'judge/1', status: 'current', digest: A }];

test('rules may change until they are frozen; then the build says what to do', () => {
  assert.equal(changedSince(OPEN, B), null);
  assert.deepEqual(freeze(OPEN, A), FROZEN);
  assert.equal(changedSince(FROZEN, A), null);
  assert.match(changedSince(FROZEN, B) ?? '', /judge\/1 is frozen: freeze judge\/2 with npm run rules -- freeze/);
  assert.deepEqual(freeze(FROZEN, A), FROZEN);
  assert.deepEqual(freeze(FROZEN, B), [
    { id: 'judge/1', status: 'superseded', digest: A },
    { id: 'judge/2', status: 'current', digest: B },
  ]);
});

test('a next set is begun once, and only a set that is no longer current is withdrawn', () => {
  const begun = next(FROZEN);
  assert.deepEqual(begun.at(-1), { id: 'judge/2', status: 'current', digest: null });
  assert.equal(next(begun), begun);
  assert.deepEqual(withdraw(begun, 'judge/1', 'a hole')[0], { ...FROZEN[0], status: 'withdrawn', hole: 'a hole' });
  assert.throws(() => withdraw(begun, 'judge/2', 'a hole'), /begin the next one first/);
  assert.throws(() => withdraw(begun, 'judge/3', 'a hole'), /no set judge\/3/);
  assert.match(sourceOf(begun), /"judge\/2"/);
});

test('one set is current, the last, and every frozen one lies in share/rules as its digest says', async () => {
  const current = KNOWN_SETS.filter(({ status }) => status === 'current');
  assert.deepEqual(current, KNOWN_SETS.slice(-1));
  for (const set of KNOWN_SETS.filter(({ digest }) => digest !== null)) {
    const file = join(import.meta.dirname, '..', 'share', 'rules', frozenFile(set));
    assert.ok(existsSync(file), file);
    assert.equal(createHash('sha256').update(readFileSync(file)).digest('hex'), set.digest);
    const golden = join(import.meta.dirname, '..', 'src/proof/testing/golden', `${set.id.replace('/', '-')}.json`);
    assert.ok(existsSync(golden), `${set.id} has a golden bundle: ${golden}`);
  }
});

test('the bundle of the rules is the same each time, and needs nothing but node:crypto', async () => {
  const root = join(import.meta.dirname, '..');
  const [one, two] = [await bundleRules(root), await bundleRules(root)];
  assert.equal(one.digest, two.digest);
  const asked = [...new TextDecoder().decode(one.bytes).matchAll(/(?<!["'])\b(?:from|import)\s*\(?["']([^"']+)["']/g)];
  assert.deepEqual([...new Set(asked.map(([, name]) => name))], ['node:crypto']);
});
