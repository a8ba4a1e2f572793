import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { countsOf } from '../scripts/wild/counts.ts';
import { featureFiles, hollowSource } from '../scripts/wild/feature.ts';
import { reformatted, withBug } from '../scripts/wild/edit.ts';
import { loadList } from '../scripts/wild/entry.ts';
import { readResult } from '../scripts/wild/result.ts';
import { listing, writeFiles } from './support/machine.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const root = join(import.meta.dirname, '..');
const list = loadList(join(root, 'wild', 'list.json'));

test('the list is sorted, and each result belongs to an entry', () => {
  const keys = list.map(({ ecosystem, name }) => `${ecosystem} ${name}`);
  assert.deepEqual(keys, [...keys].sort());
  assert.equal(new Set(list.map(({ name }) => name)).size, list.length);
  const folder = join(root, 'wild', 'results');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const name = file.slice(0, -'.json'.length);
    assert.ok(
      list.some((entry) => entry.name === name),
      file,
    );
    const result = readResult(folder, name);
    assert.equal(result?.name, name);
    if (result?.gates?.good)
      assert.ok(result.gates.plain.code !== null && result.gates.omk.gates.length > 0, `${file}: nothing was compared`);
    assert.doesNotMatch(readFileSync(join(folder, file), 'utf8'), /"[^"]*(?:\/tmp\/|\/home\/|\/root\/|\/work\/)/, file);
  }
});

const PRINTED: Readonly<Record<string, readonly [string, readonly [number, number, number]]>> = {
  pytest: ['===== 2 failed, 295 passed, 1 skipped, 3 warnings in 0.59s =====', [295, 2, 1]],
  'pytest -q': ['297 passed, 1 xfailed in 12.01s', [297, 0, 1]],
  unittest: ['Ran 10 tests in 0.1s\n\nFAILED (failures=1, errors=1, skipped=2)', [6, 2, 2]],
  'go test -v': [
    '=== RUN   TestA\n--- PASS: TestA (0.00s)\n    --- FAIL: TestA/x (0.00s)\n--- SKIP: TestB (0.00s)',
    [1, 1, 1],
  ],
  'cargo test': [
    'test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n\ntest result: FAILED. 2 passed; 1 failed; 0 ignored;',
    [5, 1, 1],
  ],
  'node --test': ['ℹ tests 4\nℹ pass 2\nℹ fail 1\nℹ skipped 1\nℹ todo 0', [2, 1, 1]],
  'node --test with a file of helpers': ['ok 1 - /repo/test/helpers.js\n# tests 2\n# pass 2\n# fail 0', [1, 0, 0]],
  'tap with a file without tests': [
    'ok 1 - tests/perf.js # SKIP no tests found\n# { total: 94, pass: 91, fail: 1, skip: 2 }',
    [91, 1, 1],
  ],
  jest: ['Tests:       1 failed, 2 skipped, 40 passed, 43 total', [40, 1, 2]],
  vitest: ['      Tests  11 failed | 4910 passed | 3 skipped (4924)', [4910, 11, 3]],
  mocha: ['  1239 passing (2s)\n  3 pending\n  1 failing', [1239, 1, 3]],
  ava: ['  ✔ [x]\n  ─\n\n  27 tests passed', [27, 0, 0]],
  maven: [
    '[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s\n' +
      '[WARNING] Tests run: 977, Failures: 1, Errors: 1, Skipped: 57\n',
    [918, 2, 57],
  ],
  ctest: ['100% tests passed, 0 tests failed out of 19', [19, 0, 0]],
  rspec: ['2100 examples, 0 failures, 3 pending', [2097, 0, 3]],
  minitest: ['920 runs, 4000 assertions, 1 failures, 1 errors, 2 skips', [916, 2, 2]],
  phpunit: ['OK (1057 tests, 2200 assertions)', [1057, 0, 0]],
  'phpunit with more': ['Tests: 10, Assertions: 20, Failures: 1, Skipped: 2.', [7, 1, 2]],
  tape: ['# tests 5\n# pass  4\n# fail  1', [4, 1, 0]],
};

for (const [runner, [text, [passed, failed, skipped]]] of Object.entries(PRINTED))
  test(`counts of ${runner} are read as it prints them`, () =>
    assert.deepEqual(countsOf(`\u001B[32m${text}\u001B[0m\n`), { passed, failed, skipped }));

test('what no runner printed has no counts', () => assert.equal(countsOf('done, 3 files passed the linter'), null));

test('a bug is planted at its coordinates, and coordinates that do not fit are said', () => {
  const bug = { file: 'a.js', line: 2, swap: ['+', '-'], test: 'a.test.js' } satisfies Parameters<typeof withBug>[1];
  assert.equal(withBug('x\na + b + c\n', bug), 'x\na - b + c\n');
  assert.throws(() => withBug('x\na * b\n', bug), /a\.js:2 has no \+/);
});

test('a reformatted file has blank lines only between statements', () => {
  assert.equal(reformatted('f() {\n  a();\n  b();\n}\n'), 'f() {\n  a();\n\n  b();\n}\n');
  assert.equal(reformatted('def f():\n    a = 1\n    return a\n'), 'def f():\n    a = 1\n\n    return a\n');
  const doc =
    'impl A {\n    /// ```\n    /// a();\n    /// b();\n    /// ```\n    fn f() {\n        a();\n        b();\n    }\n}\n';
  assert.equal(reformatted(doc), doc.replace('        a();\n', '        a();\n\n'));
  assert.equal(reformatted('x = [\n  1,\n  2,\n]\n'), null);
});

test(
  'a repository goes through every part, its clone is only read, and another is skipped aloud',
  { skip: slow },
  (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'omk-wild-test-'));
    t.after(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
    writeFiles(join(dir, 'clones', 'sums'), {
      'package.json': '{"name":"sums","type":"module","scripts":{"test":"node --test"}}\n',
      'sum.js': 'export const sum = (a, b) => {\n  const all = a + b;\n  return all;\n};\n',
      'test/sum.test.js':
        "import assert from 'node:assert';\nimport test from 'node:test';\n" +
        "import { sum } from '../sum.js';\n\ntest('adds', () => assert.equal(sum(1, 2), 3));\n",
    });
    const entry = {
      name: 'sums',
      ecosystem: 'javascript',
      from: 'npm:sums@1.0.0',
      commit: null,
      plain: { run: 'npm test', passed: 1 },
      bug: { file: 'sum.js', line: 2, swap: ['+', '-'], test: 'test/sum.test.js' },
      feature: { style: 'node-test', source: 'clamp.js', test: 'test/clamp.test.js', import: '../clamp.js' },
    };
    writeFiles(dir, { 'list.json': JSON.stringify([entry, { ...entry, name: 'tsums', bug: undefined }]) });
    const before = listing(join(dir, 'clones'));
    const places = ['--list', join(dir, 'list.json'), '--out', join(dir, 'out'), '--work', join(dir, 'work')];
    const script = join(root, 'scripts', 'wild.ts');
    const ran = spawnSync(process.execPath, [script, '--from', join(dir, 'clones'), ...places], { encoding: 'utf8' });
    assert.equal(ran.status, 0, ran.stdout + ran.stderr);
    assert.match(
      ran.stdout,
      /\| sums \| javascript \| yes \| 1 \+ 0 \+ 0 \| yes \| yes \| refused \| yes \| 2 of 2 \|/,
    );
    assert.match(ran.stderr, /tsums: skipped/);
    assert.deepEqual(listing(join(dir, 'clones')), before);
    assert.deepEqual(readdirSync(join(dir, 'out')), ['sums.json']);
  },
);

test('a hollow function is there, and does nothing', () => {
  for (const [style, expected] of [
    ['node-test', '  return 0;\n'],
    ['pytest', '    return 0\n'],
    ['go', '{\n\treturn 0\n}'],
    ['minitest', '    0\n'],
  ] as const) {
    const place = { style, source: 'a/clamp.js', test: 'a/clamp.test.js', import: 'x' } as const;
    const { source } = featureFiles(place, '.');
    assert.ok(hollowSource(source).content.includes(expected), hollowSource(source).content);
  }
});

test('so is one of Rust, at the end of a file that is there', () => {
  const content = 'pub fn clamp_between(a: i32) -> i32 {\n    core::cmp::min(core::cmp::max(value, low), high)\n}\n';
  assert.match(hollowSource({ path: 'src/lib.rs', content }).content, /let _ = \(value, low, high\);\n {4}0\n/);
});
