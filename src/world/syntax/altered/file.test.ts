import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { alterFile } from './file.ts';
import { otherValue } from './other-value.ts';

/** Lines of a file that became others, as they were. */
async function changed(path: string, text: string, all = false): Promise<readonly string[]> {
  const found = await alterFile({ path, text, salt: 'salt', first: [], all });
  if (found.kind !== 'altered') return [found.kind];
  const lines = found.text.split('\n');
  return text
    .split('\n')
    .filter((line, index) => line !== lines[index])
    .map((line) => line.trim());
}

suite('a test gets another expectation', () => {
  test('in JavaScript', async () => {
    const text = `import test from 'node:test';
test('a', () => {
  assert.equal(add(2, 3), 5, 'message 1');
});
test('b', async () => expect(await f(1)).toEqual([2, { three: 'four' }]));
test('c', () => {
  assert.ok(f(1) === 2 && x);
});
`;
    assert.deepEqual(await changed('a.test.js', text), [
      `assert.equal(add(2, 3), 5, 'message 1');`,
      `test('b', async () => expect(await f(1)).toEqual([2, { three: 'four' }]));`,
      `assert.ok(f(1) === 2 && x);`,
    ]);
    const found = await alterFile({ path: 'a.test.js', text, salt: 'salt', first: [] });
    assert.match(found.kind === 'altered' ? found.text : '', /equal\(add\(2, 3\), (?!5,)\d+, 'message 1'\)/);
  });

  test('in one place, or in all', async () => {
    const text = `test('a', () => {\nassert.equal(f(1), 2);\nassert.equal(f(2), 3);\n});`;
    assert.equal((await changed('a.test.js', text)).length, 1);
    assert.equal((await changed('a.test.js', text, true)).length, 2);
  });

  test('in Python, Java, Go, Rust and Ruby', async () => {
    assert.deepEqual(await changed('test_a.py', 'def test_a():\n    assert f(1) == 2\n'), ['assert f(1) == 2']);
    assert.deepEqual(await changed('A.java', 'class A {\n@Test void a() { assertEquals(5, f(2)); }\n}'), [
      '@Test void a() { assertEquals(5, f(2)); }',
    ]);
    const go = 'package a\nfunc TestA(t *testing.T) {\nif got := f(1); got != 2 {\nt.Fatal(3)\n}\n}\n';
    assert.deepEqual(await changed('a_test.go', go), ['if got := f(1); got != 2 {']);
    const rust = '#[cfg(test)]\nmod tests {\n#[test]\nfn a() {\nassert_eq!(f(1), 2, "not {}", 3);\n}\n}\n';
    assert.deepEqual(await changed('src/lib.rs', rust), ['assert_eq!(f(1), 2, "not {}", 3);']);
    assert.deepEqual(await changed('a_spec.rb', "it 'a' do\n  expect(f(1)).to eq(2)\nend\n"), [
      'expect(f(1)).to eq(2)',
    ]);
  });

  test('where a function of the project compares a call with a number', async () => {
    for (const line of ['expectSum(add(2, 3), 5);', 'h.checkTotal(total([]), 0);', 'assertSize(f(x), 4);'])
      assert.deepEqual(await changed('a.test.js', `test('a', () => {\n${line}\n});`), [line]);
    for (const line of [
      'expectNear(add(2, 3), 5);',
      'checkAdd(add, 5);',
      "checkAdd(add(2, 3), 'adds');",
      'expectSum(add(2, 3), 5, 1);',
      'verifyNotEmpty(f(1), 5);',
    ])
      assert.deepEqual(await changed('a.test.js', `test('a', () => {\n${line}\n});`), ['unchanged'], line);
    assert.deepEqual(await changed('test_a.py', 'def test_a():\n    check_sum(f(1), 2)\n'), ['check_sum(f(1), 2)']);
  });

  test('in every row of a table, where it compares with what stands there', async () => {
    const rows = `const rows = [\n[1, 2],\n[3, 4],\n];\n`;
    for (const [path, text, lines] of [
      [
        'a.test.js',
        `${rows}for (const [a, b] of rows) test('t', () => { assert.equal(f(a), b); });`,
        ['[1, 2],', '[3, 4],'],
      ],
      ['a.test.js', `${rows}rows.forEach(([a, b]) => test('t', () => expect(f(a)).toBe(b)));`, ['[1, 2],', '[3, 4],']],
      ['a.test.js', `${rows}test.each(rows)('%i', (a, b) => expect(f(a)).toBe(b));`, ['[1, 2],', '[3, 4],']],
      [
        'a.test.js',
        `const r = [\n{ a: 1, b: 2 },\n];\ntest('t', () => { for (const { a, b } of r) expect(f(a)).toBe(b); });`,
        ['{ a: 1, b: 2 },'],
      ],
      [
        'test_a.py',
        'T = {\n    "a": 1,\n}\ndef test_a():\n    for x in T:\n        assert f(x) == T[x]\n',
        ['"a": 1,'],
      ],
      [
        'test_a.py',
        'T = [\n    (1, 2),\n]\ndef test_a():\n    for x, y in T:\n        assert f(x) == y\n',
        ['(1, 2),'],
      ],
      [
        'test_a.py',
        '@pytest.mark.parametrize("x, y", [\n    (1, 2),\n    pytest.param(3, 4),\n])\ndef test_a(x, y):\n    assert f(x) == y\n',
        ['(1, 2),', 'pytest.param(3, 4),'],
      ],
    ] as const)
      assert.deepEqual(await changed(path, text), lines, text);
  });

  test('else where it compares with an expression, which becomes another one', async () => {
    for (const [path, text, line] of [
      [
        'a.test.js',
        `test('a', () => {\nassert.equal(f(x), want);\n});`,
        /^assert\.equal\(f\(x\), \(\(v\) => .*\)\(want\)\);$/,
      ],
      [
        'a.test.js',
        `test('a', () => { for (let n = 1; n < 4; n += 1)\nassert.equal(f(n), n + 3);\n});`,
        /\(n \+ 3\)\);$/,
      ],
      [
        'a.test.js',
        `const r = [[1, 1]];\ntest('a', () => { for (const [a, b] of r)\nassert.equal(f(a, b), b);\n});`,
        /^assert\.equal\(f\(a, b\), \(\(v\) => .*\)\(b\)\);$/,
      ],
      ['test_a.py', 'def test_a():\n    assert f(x) == want\n', /^assert f\(x\) == \(lambda v: .*\)\(want\)$/],
      [
        'test_a.py',
        'def test_a(self):\n    self.assertEqual(want, f(x))\n',
        /^self\.assertEqual\(\(lambda v: .*\)\(want\), f\(x\)\)$/,
      ],
    ] as const) {
      const found = await alterFile({ path, text, salt: 'salt', first: [] });
      const lines = found.kind === 'altered' ? found.text.split('\n') : [];
      assert.ok(
        lines.some((each) => line.test(each.trim())),
        text,
      );
    }
  });

  test('not where it could pass all the same', async () => {
    for (const [path, text] of [
      ['a.test.js', `test('a', () => { if (x) assert.equal(f(), 1); });`],
      ['a.test.js', `test('a', () => { for (const y of z) expect(y).toBe(1); });`],
      ['a.test.js', `test('a', () => { f((x) => assert.equal(x, 1)); });`],
      ['a.test.js', `test('a', () => { try { assert.equal(f(), 1); } catch {} });`],
      ['a.test.js', `test('a', () => { if (x) return; assert.equal(f(), 1); });`],
      ['a.test.js', `test('a', () => { expect(f(1)).not.toBe(1); assert.ok(f(1) !== 1); });`],
      ['a.test.js', `test('a', () => { expect(f()).resolves.toBe(1); });`],
      ['a.test.js', `test.fails('a', () => { assert.equal(f(), 1); });`],
      ['a.test.js', `test('a', () => { for (const y of []) expect(f(y)).toBe(x); });`],
      ['a.test.js', `test('a', () => { assert.equal(f(), 1); });\ntest('a', () => { assert.equal(f(), 1); });`],
      ['test_a.py', 'def test_a():\n    with pytest.raises(ValueError):\n        assert f(1) == 2\n'],
      ['test_a.py', 'def test_a(self):\n    self.assertAlmostEqual(f(1), 2.5, 3)\n'],
      ['A.java', 'class A { @Test void a() { assertEquals(1.0, f(), 0.1); } }'],
      ['example_test.go', 'package a\nfunc ExampleF() {\nif d := f(); d != "" {\nt.Error(d)\n}\n// Output:\n// a\n}\n'],
    ] as const)
      assert.deepEqual(await changed(path, text), ['unchanged'], text);
  });

  test('those that are to become green first, and no more than shows something', async () => {
    const text = Array.from({ length: 30 }, (_, at) => `test('t${at}', () => assert.equal(f(), ${at}));`).join('\n');
    const found = await alterFile({ path: 'a.test.js', text, salt: 's', first: ['a.test.js > t29'] });
    assert.equal(found.kind === 'altered' ? found.tests.length : 0, 20);
    assert.equal(found.kind === 'altered' ? found.tests[0] : '', 't29');
  });
});

test('another value is of the same kind and never the same', () => {
  for (let random = 0; random < 300; random++)
    for (const [text, kind] of [
      ['0', /^\d$/],
      ['255', /^2[45]\d$/],
      ['1.5', /^[2-9]\.5$/],
      ['true', /^false$/],
      ['False', /^True$/],
      [`'a b'`, /^'[a-z] [a-z]'$/],
      ['"A1"', /^"[A-Z]\d"$/],
      ['""', /^"[a-z]"$/],
    ] as const) {
      const other = otherValue(text, random);
      assert.match(other ?? '', kind);
      assert.notEqual(other, text);
    }
  for (const text of ['x', "''", '`a`', "'--'", '0x1f', '"a\\n"']) assert.equal(otherValue(text, 7), null, text);
});

suite('another error', () => {
  const go = (line: string, imports = '"errors"'): string =>
    `package a\nimport ${imports}\nfunc TestA(t *testing.T) {\n\t_, err := f()\n\t${line}\n}\n`;
  for (const line of [
    'if !errors.Is(err, ErrSize) { t.Fatal(err) }',
    'if err == nil || !errors.Is(err, ErrSize) { t.Error(err) }',
    'require.ErrorIs(t, err, ErrSize)',
  ])
    test(`${line} wants another one`, async () => {
      assert.deepEqual(await changed('a_test.go', go(line)), [line]);
    });

  for (const [line, imports] of [
    ['if errors.Is(err, ErrSize) { t.Fatal(err) }', undefined],
    ['if late && !errors.Is(err, ErrSize) { t.Fatal(err) }', undefined],
    ['require.ErrorIs(t, err, ErrSize)', '"testing"'],
  ] as const)
    test(`${line} is left`, async () => assert.deepEqual(await changed('a_test.go', go(line, imports)), ['unchanged']));
});
