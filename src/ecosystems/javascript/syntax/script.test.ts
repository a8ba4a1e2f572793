import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { labelsOf } from '../../../world/syntax/testing/labels.ts';

const FRAME = (tests: string): string =>
  `import { test } from 'node:test';\nimport assert from 'node:assert';\n${tests}`;
const becomes = (before: string, after: string, path = 'a.test.ts'): Promise<readonly string[]> =>
  labelsOf(path, FRAME(before), FRAME(after));
const inTest = (before: string, after: string): Promise<readonly string[]> =>
  becomes(`test('a', () => { ${before} });`, `test('a', () => { ${after} });`);

suite('tests in JavaScript and TypeScript', () => {
  test('added, removed, renamed', async () => {
    const before = `test('adds', () => { assert.equal(add(1, 2), 3); });\ntest('other', () => { assert.ok(x); });\n`;
    assert.deepEqual(await becomes(before, `${before}test('new', () => { assert.equal(add(0, 0), 0); });\n`), [
      'added new',
    ]);
    assert.deepEqual(await becomes(before, before.split('\n')[1] ?? ''), ['removed adds']);
    assert.deepEqual(await becomes(before, before.replace("'adds'", "'sums'")), [
      'renamed sums: was adds, the same body',
    ]);
    const group = `describe('math', () => {\n${before}});\n`;
    assert.deepEqual(await becomes(group, group.replace('math', 'sums')), [
      'renamed sums > adds: was math > adds, the same body',
      'renamed sums > other: was math > other, the same body',
    ]);
  });

  test('formatting and comments are no change of a test', async () => {
    assert.deepEqual(
      await inTest('assert.equal(add(1, 2), 3);', '\n  // why\n  assert.equal(\n    add(1, 2),\n    3);\n'),
      ['changed: comments, layout or order, as far as it can be read'],
    );
  });

  test('a comment is no assertion', async () =>
    assert.deepEqual(await inTest('assert.equal(a, 3);', '// assert.equal(a, 3);'), ['weakened a: 1 assertion fewer']));

  for (const [before, after, told] of [
    ['assert.equal(add(1), 3);', 'assert.ok(add(1));', 'looser assertion (equal → ok)'],
    ['assert.equal(add(1), 3);', 'assert.equal(3, 3);', 'looser assertion (equal → equal)'],
    ['assert.equal(add(1), 3);', 'assert.equal(add(1), add(1));', 'looser assertion (equal → equal)'],
    ['assert.equal(a, 3);', 'const later = () => { assert.equal(a, 3); };', '1 assertion not always reached'],
    ['assert.equal(a, 3);', 'try { assert.equal(a, 3); } catch {}', '1 assertion not always reached'],
    ['assert.equal(a, 3);', 'if (process.env.CI) assert.equal(a, 3);', '1 assertion not always reached'],
    ['assert.equal(a, 3);', 'process.env.CI && assert.equal(a, 3);', '1 assertion not always reached'],
    ['assert.equal(a, 3);', 'return; assert.equal(a, 3);', '1 assertion not always reached'],
    ['assert.equal(a, 3); t.is(b, 1);', 't.pass();', '1 assertion fewer, looser assertion (equal → pass)'],
    ['expect(a).toBe(3);', 'expect(a).toBeDefined();', 'looser assertion (toBe → toBeDefined)'],
    ['expect(a).toBe(3);', 'expect(a).not.toBe(4);', 'looser assertion (toBe → toBe)'],
    ['expect(a).toBe(3);', 'expect(a > 0).toBe(true);', 'looser assertion (toBe → toBe)'],
    ['expect(a).to.equal(3);', 'expect(a).to.be.ok;', 'looser assertion (equal → ok)'],
    ['expect(a).to.be.null;', '', '1 assertion fewer'],
    ["expect(f).toThrow('no');", 'expect(f).toThrow();', 'looser assertion (toThrow → toThrow)'],
    ['expect(score).toBeGreaterThan(90);', 'expect(score).toBeGreaterThan(50);', 'lowered threshold (90 → 50)'],
    ['expect(time).toBeLessThan(100);', 'expect(time).toBeLessThan(5000);', 'lowered threshold (100 → 5000)'],
    ['expect(a).toBeCloseTo(b, 5);', 'expect(a).toBeCloseTo(b, 1);', 'lowered threshold (5 → 1)'],
    ['assert.ok(score >= 0.9);', 'assert.ok(score >= 0.1);', 'lowered threshold (0.9 → 0.1)'],
    ['a.should.equal(3);', 'a.should.be.above(1);', 'looser assertion (equal → above)'],
    ['if (a !== 3) throw new Error("no");', '', '1 assertion fewer'],
    [
      'await expect(page).toHaveText("x");',
      'await expect(page).toBeInTheDocument();',
      'looser assertion (toHaveText → toBeInTheDocument)',
    ],
    ['f();', 'this.skip(); f();', 'skip added'],
  ] as const)
    test(`${before} → ${after}`, async () => assert.deepEqual(await inTest(before, after), [`weakened a: ${told}`]));

  for (const [head, told] of [
    ["test.skip('a', ", 'skip added'],
    ["test.todo('a', ", 'skip added'],
    ["xit('a', ", 'skip added'],
    ["test.only('a', ", 'only added'],
    ["fit('a', ", 'only added'],
    ["test.failing('a', ", 'may fail now'],
    ["test('a', { skip: true }, ", 'skip added'],
    ["test('a', { todo: 'later' }, ", 'skip added'],
    ["test.skipIf(ci)('a', ", 'skip added'],
  ] as const)
    test(`${head} …`, async () =>
      assert.deepEqual(await becomes("test('a', () => { assert.ok(x); });", `${head}() => { assert.ok(x); });`), [
        `weakened a: ${told}`,
      ]));

  test('a group that is skipped skips its tests', async () => {
    const group = "describe('g', () => { it('a', () => { assert.ok(x); }); });";
    assert.deepEqual(await becomes(group, group.replace('describe', 'describe.skip')), [
      'weakened g > a: skip added',
      'changed: outside of its tests',
    ]);
  });

  test('a test that is declared in a branch, or behind a way out, may not be there', async () => {
    const base = "describe('g', () => { test('a', () => { assert.ok(x); }); });";
    const outside = 'changed: outside of its tests';
    assert.deepEqual(await becomes(base, base.replace("test('a'", "if (ci) test('a'")), [
      'weakened g > a: skip added',
      outside,
    ]);
    assert.deepEqual(await becomes(base, base.replace("test('a'", "return; test('a'")), [
      'weakened g > a: skip added',
      outside,
    ]);
    assert.deepEqual(await becomes(base, `if (ci) { ${base} }`), ['weakened g > a: skip added', outside]);
  });

  test('rows of a table', async () => {
    const table = (rows: string): string => `it.each([${rows}])('a %s', (a) => { expect(f(a)).toBe(1); });`;
    assert.deepEqual(await becomes(table('[1], [2], [3]'), table('[1]')), ['weakened a %s: 2 cases fewer']);
  });

  test('what says more, or other things, is changed', async () => {
    assert.deepEqual(await inTest('expect(a).toBe(3);', 'expect(a).toBe(4);'), ['changed a: other assertions']);
    assert.deepEqual(await inTest('expect(a).toBe(3);', 'expect(a).toBe(3); expect(b).toBe(4);'), [
      'changed a: other assertions',
    ]);
    assert.deepEqual(await inTest('expect(a).toBe(3);', 'prepare(); expect(a).toBe(3);'), [
      'changed a: other steps, and no assertion that omk recognizes is another',
    ]);
    assert.deepEqual(await becomes("test.skip('a', f);", "test('a', f);"), [
      'changed a: a skip, only or expected failure less',
    ]);
  });

  test('a test in a test, a hook, a step, and a method of that name', async () => {
    const whole =
      `test('a', (t) => { t.test('b', () => { assert.ok(x); }); test.beforeEach(f); test.step('s', () => { ` +
      `assert.ok(y); }); /x/.test('z'); });`;
    assert.deepEqual(await becomes('', whole), ['added a', 'added a > b']);
    assert.deepEqual(await becomes(whole, whole.replace('assert.ok(x);', '')), ['weakened a > b: 1 assertion fewer']);
    assert.deepEqual(await becomes(whole, whole.replace('assert.ok(y);', '')), ['weakened a: 1 assertion fewer']);
  });

  test('types and JSX are read', async () => {
    const tsx =
      "test('a', async () => { const x = render<Props>(<A b={1 as number}>text</A>); expect(x).toMatchSnapshot(); });";
    assert.deepEqual(await becomes(tsx, tsx.replace('expect(x).toMatchSnapshot();', ''), 'a.test.tsx'), [
      'weakened a: 1 assertion fewer',
    ]);
    const ts = 'test("a", () => { const x = <T,>(a: T): a is T => !!a; const y = <number>z; expect(x).toBe(y!); });';
    assert.deepEqual(await becomes(ts, ts.replace('expect(x).toBe(y!);', '')), ['weakened a: 1 assertion fewer']);
  });
});
