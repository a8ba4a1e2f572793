import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../testing/fast-check.ts';
import type { TestChange } from './change.ts';
import { compare } from './compare.ts';
import type { Placed } from './pair.ts';
import type { Assertion, TestCase } from './test-case.ts';

const assertion = (text: string, more: Partial<Assertion> = {}): Assertion => ({
  name: 'toBe',
  text,
  shape: text.replace(/\d+/g, '#'),
  bounds: [],
  strength: 'exact',
  guards: 0,
  ...more,
});
const testCase = (id: string, more: Partial<TestCase> = {}): TestCase => ({
  id,
  body: (more.assertions ?? []).map(({ text }) => text).join(';'),
  marks: [],
  assertions: [],
  cases: null,
  ...more,
});
const at = (test: TestCase, path = 'a.test.js'): Placed => ({ path, test });
const one = (before: TestCase, after: TestCase): readonly TestChange[] => compare([at(before)], [at(after)]);
const whys = (before: TestCase, after: TestCase, grown = true): readonly string[] =>
  compare([at(before)], [at(after)], new Set(grown ? ['a.test.js'] : [])).map((each) =>
    each.kind === 'changed' ? each.why : each.kind,
  );
const kinds = (changes: readonly TestChange[]): readonly string[] => changes.map((each) => each.kind);

const anyAssertion = fc
  .record({
    name: fc.constantFrom('toBe', 'ok', 'match'),
    text: fc.string({ minLength: 1, maxLength: 8 }),
    strength: fc.constantFrom('exact', 'partial', 'loose'),
    guards: fc.nat(2),
  })
  .map(({ text, ...more }) => assertion(text, more));
const anyTest = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  body: fc.constantFrom('one', 'two', 'three', ''),
  marks: fc.uniqueArray(fc.constantFrom('only', 'skipped', 'xfail')),
  assertions: fc.array(anyAssertion, { maxLength: 4 }),
  cases: fc.option(fc.nat(9)),
});
const anyPlaced = fc.record({ path: fc.constantFrom('a.test.js', 'b.test.js'), test: anyTest });
const anyTests = fc.array(anyPlaced, { maxLength: 12 });

suite('compare', () => {
  test('a test that gained steps or assertions in a file that only gained lines asks for no less', () => {
    const [first, second] = [assertion('first'), assertion('second')];
    const before = testCase('a', { assertions: [first] });
    assert.deepEqual(whys(before, testCase('a', { assertions: [first, second] })), ['more_steps']);
    assert.deepEqual(whys(before, testCase('a', { assertions: [first, second] }), false), ['other_assertions']);
    assert.deepEqual(whys(before, testCase('a', { body: 'first;more', assertions: [first] })), ['more_steps']);
    assert.deepEqual(whys(before, testCase('a', { body: 'more', assertions: [first] })), ['other_steps']);
    assert.deepEqual(whys(before, testCase('a', { assertions: [second] })), ['other_assertions']);
    // A line that came in between two of an assertion is part of it.
    const longer = assertion('first;or;more');
    assert.deepEqual(whys(before, testCase('a', { assertions: [longer] })), ['other_assertions']);
    const skipped = testCase('a', { assertions: [first, second], marks: ['skipped'] });
    assert.deepEqual(whys(before, skipped), ['weakened']);
    const guarded = testCase('a', { assertions: [{ ...first, guards: 1 }, second] });
    assert.deepEqual(whys(before, guarded), ['weakened']);
  });

  test('property: nothing is said of what is the same, in any order of files', () => {
    fc.assert(fc.property(anyTests, (tests) => assert.deepEqual(compare(tests, tests), [])));
  });

  test('property: every test is told of once, and what is gone one way comes the other way', () => {
    fc.assert(
      fc.property(anyTests, anyTests, (base, candidate) => {
        const there = compare(base, candidate);
        const back = compare(candidate, base);
        const names = (changes: readonly TestChange[], kind: string): readonly string[] =>
          changes
            .filter((each) => each.kind === kind)
            .map((each) => `${each.path} ${each.test}`)
            .sort();
        assert.equal(names(there, 'added').length, names(back, 'removed').length);
        assert.equal(base.length - names(there, 'removed').length, candidate.length - names(there, 'added').length);
      }),
    );
  });

  test('property: another name with the same body is a new name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyTest, { selector: ({ body }) => body, minLength: 1 }), fc.nat(), (tests, which) => {
        const index = which % tests.length;
        const base = tests.map((each, number) => at({ ...each, id: `${number}` }));
        const candidate = base.map((each, number) => (number === index ? at({ ...each.test, id: 'new' }) : each));
        assert.deepEqual(compare(base, candidate), [
          { kind: 'renamed', path: 'a.test.js', test: 'new', from: `${index}` },
        ]);
      }),
    );
  });

  test('property: an added mark weakens, also under another name', () => {
    fc.assert(
      fc.property(
        anyTest,
        fc.constantFrom('skipped', 'only', 'xfail'),
        fc.constantFrom('same', 'other'),
        (base, mark, name) => {
          fc.pre(!base.marks.includes(mark));
          const [change] = one(base, { ...base, marks: [...base.marks, mark], id: name === 'same' ? base.id : 'z' });
          assert.ok(change?.kind === 'weakened' && change.reasons.some(({ kind }) => kind === mark));
        },
      ),
    );
  });

  test('property: an assertion less weakens, whatever else is there', () => {
    fc.assert(
      fc.property(
        anyTest,
        fc.array(anyAssertion, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (base, assertions, which) => {
          const less = assertions.toSpliced(which % assertions.length, 1);
          const [change] = one({ ...base, assertions }, { ...base, assertions: less, body: 'other' });
          assert.ok(
            change?.kind === 'weakened' &&
              change.reasons.some((each) => each.kind === 'fewer_assertions' && each.by === 1),
          );
        },
      ),
    );
  });

  test('property: an assertion more, or a mark less, never weakens', () => {
    fc.assert(
      fc.property(anyTest, anyAssertion, (base, more) => {
        assert.ok(
          !kinds(
            one({ ...base, cases: null }, { ...base, cases: null, assertions: [...base.assertions, more], marks: [] }),
          ).includes('weakened'),
        );
      }),
    );
  });

  test('looser, lowered, guarded', () => {
    const base = testCase('adds', { assertions: [assertion('expect(a).toBe(3)')] });
    const reasons = (after: Assertion): unknown =>
      one(base, testCase('adds', { assertions: [after] })).flatMap((each): readonly unknown[] =>
        each.kind === 'weakened' ? each.reasons : [each.kind],
      );
    assert.deepEqual(reasons(assertion('expect(a).toBeTruthy()', { name: 'toBeTruthy', strength: 'loose' })), [
      { kind: 'looser_assertion', from: 'toBe', to: 'toBeTruthy' },
    ]);
    assert.deepEqual(reasons(assertion('expect(true).toBe(true)', { strength: 'vacuous' })), [
      { kind: 'looser_assertion', from: 'toBe', to: 'toBe' },
    ]);
    assert.deepEqual(reasons(assertion('expect(a).toBe(3)', { guards: 1 })), [{ kind: 'guarded_assertion', by: 1 }]);
    assert.deepEqual(reasons(assertion('expect(a).toBe(4)')), ['changed']);

    const bound = (value: number, kind: 'min' | 'max'): TestCase =>
      testCase('covers', {
        assertions: [assertion(`above(${value})`, { bounds: [{ value, kind }], strength: 'partial' })],
      });
    assert.deepEqual(one(bound(90, 'min'), bound(50, 'min')), [
      {
        kind: 'weakened',
        path: 'a.test.js',
        test: 'covers',
        reasons: [{ kind: 'lowered_threshold', from: '90', to: '50' }],
      },
    ]);
    assert.deepEqual(kinds(one(bound(90, 'max'), bound(50, 'max'))), ['changed']);
    assert.deepEqual(kinds(one(bound(50, 'max'), bound(90, 'max'))), ['weakened']);
  });

  test('an empty assertion is no assertion, and rows of a table are counted', () => {
    const empty = assertion('expect(1).toBe(1)', { strength: 'vacuous' });
    assert.deepEqual(kinds(one(testCase('a', { assertions: [empty] }), testCase('a'))), ['changed']);
    const moved = one(
      testCase('a', { assertions: [assertion('x'), assertion('y')] }),
      testCase('a', { assertions: [assertion('x'), empty, empty] }),
    );
    assert.deepEqual(moved, [
      {
        kind: 'weakened',
        path: 'a.test.js',
        test: 'a',
        reasons: [{ kind: 'looser_assertion', from: 'toBe', to: 'toBe' }],
      },
    ]);
    assert.deepEqual(
      one(testCase('a', { cases: 5 }), testCase('a', { cases: 2, body: 'x' })).flatMap((each) =>
        each.kind === 'weakened' ? each.reasons : [],
      ),
      [{ kind: 'fewer_cases', by: 3 }],
    );
    assert.deepEqual(kinds(one(testCase('a', { cases: 5 }), testCase('a', { body: 'x' }))), ['weakened']);
  });

  test('a test that moves to another file is renamed, and says where it was', () => {
    const body = { body: 'the same' };
    assert.deepEqual(compare([at(testCase('a', body))], [at(testCase('a', body), 'b.test.js')]), [
      { kind: 'renamed', path: 'b.test.js', test: 'a', from: 'a.test.js > a' },
    ]);
  });

  test('two tests of one name: the one that stayed is not the one that is gone', () => {
    const [first, second] = [
      testCase('a', { body: 'one', assertions: [assertion('1')] }),
      testCase('a', { body: 'two', assertions: [assertion('2')] }),
    ];
    assert.deepEqual(compare([at(first), at(second)], [at(second)]), [
      { kind: 'removed', path: 'a.test.js', test: 'a' },
    ]);
  });
});
