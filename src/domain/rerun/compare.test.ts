import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Measurement, ProcessOutcome } from '../gates/evidence.ts';
import { exits, gateSpec, measurement, notStarted, shows, type Shown } from '../testing/build.ts';
import { caught, differencesBetween, outcomesOf, verdictWords } from './compare.ts';

const gate = gateSpec();
const run = (shown: Shown, more: Partial<Measurement> = {}): Measurement => measurement({ ...shown, ...more });
const GREEN = run(shows({ passed: ['a', 'b'] }));
const texts = (here: Measurement, recorded: Measurement = GREEN, unstable: readonly string[] = []): readonly string[] =>
  differencesBetween(gate, recorded, here, new Set(unstable)).map(({ text }) => text);
const ended = (outcome: ProcessOutcome): Measurement => ({ ...GREEN, outcome });

suite('two runs of one gate', () => {
  test('that say the same differ in nothing, whatever they print and how long they take', () => {
    assert.deepEqual(texts({ ...GREEN, tail: 'other words', durationMs: 99_999 }), []);
  });

  test('differ test by test, by name and in the order of names', () => {
    const here = run(shows({ passed: ['c'], failed: ['b'], skipped: ['a'] }));
    const found = differencesBetween(gate, GREEN, here, new Set());
    assert.deepEqual(
      found.filter(({ ids }) => ids.length > 0),
      [
        { text: 'a: passed there, skipped here', ids: ['a'] },
        { text: 'b: passed there, failed here', ids: ['b'] },
        { text: 'c: absent there, passed here', ids: ['c'] },
      ],
    );
    assert.ok(found.some(({ text, ids }) => ids.length === 0 && text.startsWith('verdict: pass there, fail')));
  });

  test('differ in how they ended, each kind in its own words', () => {
    const words = [
      [{ kind: 'exited', code: 3 }, 'an exit code other than 0'],
      [{ kind: 'signalled', signal: 'SIGSEGV' }, 'by SIGSEGV'],
      [{ kind: 'timed_out', afterMs: 5 }, 'by its time limit'],
      [{ kind: 'out_of_memory', detail: 'x' }, 'for want of memory'],
      [{ kind: 'not_started', at: 'tool', detail: 'x' }, 'before it started'],
    ] as const;
    for (const [outcome, said] of words)
      assert.ok(texts(ended(outcome)).includes(`ended: exit code 0 there, ${said} here`), said);
    assert.deepEqual(texts(run(exits(2)), run(exits(1))), [], 'which code other than 0 says nothing');
  });

  test('differ in what failed as a whole and in changed files, in any order', () => {
    const files = (...changed: readonly string[]): Measurement => ({ ...GREEN, changed });
    assert.deepEqual(texts(files('b', 'a'), files('a', 'b')), []);
    assert.deepEqual(texts(files('a')), [
      'verdict: pass there, fail E_TREE_CHANGED here',
      'changed files: none there, a here',
    ]);
    const broken = (...names: readonly string[]) => run(shows({ passed: ['a'], broken: names }));
    assert.deepEqual(texts(broken('x.js', 'y.js'), broken('x.js')), ['failed as a whole: x.js there, x.js, y.js here']);
  });

  test('say nothing by tests that are known to be unstable, nor by being red for them alone', () => {
    const here = run(shows({ passed: ['a'], failed: ['b'] }, { outcome: { kind: 'exited', code: 1 } }));
    assert.deepEqual(texts(here, GREEN, ['b']), []);
    assert.deepEqual(texts(GREEN, here, ['b']), [], 'also where the recorded run was red');
    const both = run(shows({ passed: [], failed: ['a', 'b'] }, { outcome: { kind: 'exited', code: 1 } }));
    assert.deepEqual(texts(both, GREEN, ['b'])[0], 'a: passed there, failed here');
    assert.ok(texts(both, GREEN, ['b']).length > 1, 'what is red for another reason counts as a whole, too');
  });

  test('with planted tests are compared by whether those failed, which are no tests of the project', () => {
    const canary = { file: 'a.test.js', name: 'planted 1', names: ['planted 1', 'planted 2'] };
    const planted = (failed: readonly string[]) =>
      run(shows({ passed: ['a'], failed: [...failed] }, { canary }), { purpose: 'canary' });
    const seen = planted(['t > planted 1', 't > planted 2']);
    assert.equal(caught(seen), 'failed, as they must');
    assert.equal(caught(planted(['t > planted 1'])), 'did not all fail');
    assert.equal(caught(GREEN), 'none planted');
    assert.deepEqual([...outcomesOf(seen)], [['a', 'passed']]);
    assert.deepEqual(
      texts(planted(['t > planted 1']), seen).filter((text) => text.startsWith('planted')),
      ['planted tests: failed, as they must there, did not all fail here'],
    );
    const one = run(shows({ failed: ['t > planted 1'] }, { canary: { file: 'a', name: 'planted 1' } }));
    assert.equal(caught(one), 'failed, as they must');
    assert.equal(caught({ ...seen, report: { kind: 'exit_only' } }), 'did not all fail');
  });

  test('with other expectations are compared by whether any failed', () => {
    const canary = { file: 'a', name: 'adds', altered: [{ file: 'a', name: 'adds' }] };
    assert.equal(caught(run(shows({ failed: ['adds'] }, { canary }))), 'failed, as they must');
    assert.equal(caught(run(shows({ passed: ['adds'] }, { canary }))), 'did not fail');
  });

  test('without a report have no tests', () => {
    assert.equal(outcomesOf(run(exits(0))).size, 0);
    assert.equal(outcomesOf(run(notStarted('tool'))).size, 0);
  });
});

test('a verdict in words has its code where it is no pass', () => {
  assert.equal(verdictWords({ kind: 'pass' }), 'pass');
  const failed = verdictWords({ kind: 'not_applicable', code: 'KNOWN_RED', detail: 'x' });
  assert.equal(failed, 'not applicable KNOWN_RED');
});
