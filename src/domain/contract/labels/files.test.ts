import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../testing/fast-check.ts';
import { countLabels, labelLines } from './describe.ts';
import { compareFiles } from './files.ts';
import type { FileSides, ReadFile, TestCase } from './test-case.ts';

const testCase = (id: string, body = id): TestCase => ({ id, body, marks: [], assertions: [], cases: null });
const read = (rest: string, ...tests: readonly TestCase[]): ReadFile => ({ kind: 'read', tests, rest });
const unread: ReadFile = { kind: 'not_read', why: 'it is too large' };
const file = (base: ReadFile | null, candidate: ReadFile | null, extended = false, grown = false): FileSides => ({
  path: 'a.test.js',
  base,
  candidate,
  extended,
  grown,
});
const lines = (...files: readonly FileSides[]): readonly string[] =>
  labelLines({ changes: compareFiles(files), more: 0 }, 50);

suite('labels of files', () => {
  test('what is outside of tests is told of, but not where a file only gained tests', () => {
    assert.deepEqual(lines(file(read('import a', testCase('x')), read('import b', testCase('x'), testCase('y')))), [
      'changed   a.test.js: outside of its tests',
      'added     a.test.js > y',
    ]);
    assert.deepEqual(
      lines(file(read('import a', testCase('x')), read('import b', testCase('x'), testCase('y')), true)),
      ['added     a.test.js > y'],
    );
  });

  test('of a file that only gained lines, what it gained is told of as more', () => {
    const grown = (before: ReadFile, after: ReadFile): readonly string[] => lines(file(before, after, false, true));
    assert.deepEqual(
      grown(read('import a', testCase('x', 'one()')), read('import a; import b', testCase('x', 'one(); two()'))),
      [
        'changed   a.test.js > x: more than before, and every assertion of before',
        'changed   a.test.js: more outside of its tests',
      ],
    );
    // Lines that are there may stand in a comment now.
    assert.deepEqual(
      grown(read('import a; use(a)', testCase('x', 'one(); two()')), read('import a', testCase('x', 'two()'))),
      [
        'changed   a.test.js > x: other steps, and no assertion that omk recognizes is another',
        'changed   a.test.js: outside of its tests',
      ],
    );
  });

  test('what cannot be read is never nothing', () => {
    assert.deepEqual(lines(file(unread, read('', testCase('x')))), [
      'changed   a.test.js: cannot be told, it is too large',
    ]);
    assert.deepEqual(lines(file(read('', testCase('x')), unread)), [
      'changed   a.test.js: cannot be told, it is too large',
    ]);
    assert.deepEqual(lines(file(unread, null)), ['removed   a.test.js']);
    assert.deepEqual(lines(file(null, unread)), ['added     a.test.js']);
  });

  test('a file that is gone tells of its tests, or of itself', () => {
    assert.deepEqual(lines(file(read('', testCase('x')), null)), ['removed   a.test.js > x']);
    assert.deepEqual(lines(file(read('helpers'), null)), ['removed   a.test.js']);
    assert.deepEqual(
      lines(file(read('', testCase('x')), null), { ...file(null, read('', testCase('x'))), path: 'b.test.js' }),
      ['renamed   b.test.js > x: was a.test.js > x, the same body'],
    );
  });

  test('of a file whose tests are gone with all around them, the tests are told', () => {
    const moved = { ...file(null, read('', testCase('x'))), path: 'b.test.js' };
    assert.deepEqual(lines(file(read('use super', testCase('x')), read('')), moved), [
      'renamed   b.test.js > x: was a.test.js > x, the same body',
    ]);
    assert.deepEqual(lines(file(read('use super', testCase('x')), read('use other')), moved).length, 2);
  });

  test('property: a changed file never goes without a label', () => {
    const side = fc.oneof(
      fc.constant(unread),
      fc
        .record({ rest: fc.constantFrom('', 'a', 'b'), ids: fc.array(fc.constantFrom('x', 'y', 'z')) })
        .map(({ rest, ids }) => read(rest, ...ids.map((id) => testCase(id)))),
    );
    fc.assert(
      fc.property(side, side, (base, candidate) => assert.ok(compareFiles([file(base, candidate)]).length > 0)),
    );
  });
});

test('lines are bounded, worst first, without control characters of a path', () => {
  const changes = compareFiles([
    {
      ...file(read('', testCase('a')), read('', testCase('b', 'a'), testCase('c'), testCase('d'))),
      path: 'te\u001b[31mst\n.js',
    },
  ]);
  assert.deepEqual(labelLines({ changes, more: 2 }, 2), [
    'renamed   test .js > b: was a, the same body',
    'added     test .js > c',
    'and 3 more',
  ]);
  assert.equal(countLabels({ changes, more: 2 }), '1 renamed, 2 added, 2 more');
});

test('fewer labels than fit leave none behind', () => {
  const changes = compareFiles([file(read(''), read('', testCase('a')))]);
  assert.deepEqual(labelLines({ changes, more: 0 }, 9), ['added     a.test.js > a']);
  assert.deepEqual(labelLines({ changes, more: 1 }, 9), ['added     a.test.js > a', 'and 1 more']);
});
