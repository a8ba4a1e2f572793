import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fold } from '../../../domain/transition/evolve.ts';
import { sha256Hex, utf8 } from '../../format/bytes.ts';
import { BASE, fixedGoal, FIXED, HEAD } from '../../testing/goal.ts';
import type { Content } from '../../testing/repository.ts';
import type { Judged } from '../judged.ts';
import { recorder } from '../report.ts';
import { checkBelow } from './checks-commit.ts';

const CHECKS = 'd'.repeat(40);
const PATH = 'test/seen.test.js';
const TEXT = "test('seen', () => {});\n";
const { 'src/sum.js': _mended, ...REST } = FIXED;
const UNMENDED: Content = { ...REST, 'src/sum.js': 'export const sum = (a, b) => a - b;\n' };

/** What the verifier finds where the commit of the checks has this content and these parents. */
async function found(content: Content, { below = [BASE], above = [CHECKS], says = true } = {}) {
  const { events, repository, base } = fixedGoal();
  repository.commit(CHECKS, repository.add(content), below);
  repository.commit(HEAD, repository.add({ ...FIXED, [PATH]: TEXT }), above);
  const state = fold(events);
  const { created, integrated } = state;
  assert.ok(created && integrated);
  const blob = { sha256: sha256Hex(utf8(TEXT)), bytes: TEXT.length, truncated: false };
  const visible = [{ path: PATH, mode: '100644', blob }] as const;
  const heldOut = { commitment: 'c', paths: [PATH], hidden: [], oracle: base, visible };
  const facts = {
    state: {
      ...state,
      created: { ...created, options: { ...created.options, checksFirst: true, heldOut } },
      integrated: { ...integrated, ...(says ? { checks: CHECKS } : {}) },
    },
    created,
  } satisfies Pick<Judged, 'state' | 'created'>;
  const to = recorder();
  await checkBelow(facts, HEAD, (await repository.listTree(base)) ?? [], repository, to);
  return to.checks.filter(({ ok }) => !ok).map(({ code }) => code);
}

suite('the commit of the checks that the worker saw', () => {
  test('is the base with them, between base and result', async () => {
    assert.deepEqual(await found({ ...UNMENDED, [PATH]: TEXT }), []);
    assert.deepEqual(await found(UNMENDED, { above: [BASE], says: false }), [], 'none, as in proofs of before');
  });

  test('has nothing else, and has them as they were given', async () => {
    assert.deepEqual(await found({ ...FIXED, [PATH]: TEXT }), ['E_SUBJECT'], 'the work as well');
    assert.deepEqual(await found({ ...UNMENDED, [PATH]: 'other' }), ['E_SUBJECT']);
    assert.deepEqual(await found(UNMENDED), ['E_SUBJECT']);
    assert.deepEqual(await found({ ...UNMENDED, [PATH]: TEXT, 'ci.yml': 'x' }), ['E_SUBJECT']);
  });

  test('stands where the log says, or nowhere', async () => {
    const good = { ...UNMENDED, [PATH]: TEXT };
    assert.deepEqual(await found(good, { below: [HEAD] }), ['E_BASE']);
    assert.deepEqual(await found(good, { above: [BASE] }), ['E_BASE']);
    assert.deepEqual(await found(good, { says: false }), ['E_BASE']);
  });
});
