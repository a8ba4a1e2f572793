import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { hiddenOfEach, readHanded, type HandedFile } from './checks-submission.ts';

const added = (path: string, more: Partial<HandedFile> = {}): HandedFile => ({
  path,
  change: 'added',
  oldMode: '000000',
  newMode: '100644',
  bytes: 100,
  ...more,
});
const GOOD = [added('test/a.test.js'), added('test/b.test.js'), added('omk-oracle/wrong/src/a.js')];
const why = (files: readonly HandedFile[], note: string | null = null): string => {
  const read = readHanded(files, note, { id: 'goal', text: 'the goal' });
  return read.kind === 'refused' ? read.why.join('; ') : 'good';
};

suite('what an oracle hands in', () => {
  test('new tests and a wrong solution are read; without a note all decide the goal', () => {
    const read = readHanded([...GOOD, added('test/data/x.json')], null, { id: 'goal', text: 'the goal' });
    assert.ok(read.kind === 'good');
    assert.deepEqual(read.criteria, [{ id: 'goal', text: 'the goal', files: ['test/a.test.js', 'test/b.test.js'] }]);
    assert.deepEqual([read.checks.length, read.wrong], [3, ['src/a.js']]);
  });

  test('where tests have no name of their own, all code among them is tests, or what the note names', () => {
    const filesOf = (paths: readonly string[], note: object | null = null) => {
      const files = [...paths.map((path) => added(path)), added('omk-oracle/wrong/src/lib.rs')];
      const read = readHanded(files, note && JSON.stringify(note), { id: 'goal', text: 'x' });
      return read.kind === 'good' ? read.criteria[0]?.files : read.why;
    };
    assert.deepEqual(filesOf(['tests/small.rs', 'tests/below.rs']), ['tests/below.rs', 'tests/small.rs']);
    assert.deepEqual(filesOf(['test/one.js', 'test/two.js', 'test/data.json']), ['test/one.js', 'test/two.js']);
    const helped = ['tests/a.rs', 'tests/b.rs', 'tests/common/mod.rs'];
    const named = helped.slice(0, 2);
    assert.deepEqual(filesOf(helped, { criteria: [{ id: 'a', text: 'x', files: named }] }), named);
    assert.deepEqual(filesOf(['test/help.js', 'test/a.test.js', 'test/b.test.js']), [
      'test/a.test.js',
      'test/b.test.js',
    ]);
  });

  test('a note says what decides what', () => {
    const note = (value: unknown): string => why(GOOD, JSON.stringify(value));
    const files = ['test/a.test.js', 'test/b.test.js'];
    assert.equal(note({ criteria: [{ id: 'a', text: 'x', files }], interface: ['a()'] }), 'good');
    assert.match(
      note({ criteria: [{ id: 'a', text: 'x', files: files.slice(1) }] }),
      /needs two test files.*a\.test\.js decides no/,
    );
    assert.match(
      note({ criteria: [{ id: 'a', text: 'x', files: [...files, 'z'] }] }),
      /names z, which is no new test file/,
    );
    const one = { id: 'a', text: 'x', files };
    for (const wrong of [
      { criteria: [{ id: 'a' }] },
      { criteria: [one, one] },
      { criteria: [{ ...one, text: '' }] },
      { criteria: [{ ...one, text: 'x'.repeat(1001) }] },
      { criteria: Array.from({ length: 21 }, (_, n) => ({ ...one, id: `${n}` })) },
      { criteria: [one], interface: Array.from({ length: 51 }, () => 'a()') },
    ])
      assert.match(note(wrong), /checks\.json is not/);
    assert.match(why(GOOD, 'hello'), /checks\.json is not/);
  });

  test('each rule that is broken is told', () => {
    assert.match(why([]), /no new test file; there is no wrong solution/);
    assert.match(
      why([...GOOD, added('test/old.test.js', { change: 'modified' })]),
      /old\.test\.js is modified: files may only be added/,
    );
    assert.match(why([...GOOD, added('src/x.js')]), /src\/x\.js is no test by its path/);
    assert.match(why([...GOOD, added('jest.config.js')]), /jest\.config\.js is no test/);
    assert.match(why([...GOOD, added('test/link.js', { newMode: '120000' })]), /no plain file/);
    assert.match(why([...GOOD, added('omk-oracle/wrong/test/a.test.js')]), /holds the product/);
    assert.match(why([...GOOD, added('omk-oracle/wrong/.github/x.yml')]), /protected/);
    assert.match(why([...GOOD, added('.claude/c.test.js')]), /'\.claude\/c\.test\.js' is protected/);
    assert.match(
      why([...GOOD, ...Array.from({ length: 20 }, (_, n) => added(`test/${n}.test.js`))]),
      /23 files; at most 20/,
    );
    assert.match(why([...GOOD, added('test/c.test.js', { bytes: 200_000 })]), /200300 bytes; at most 200000/);
  });
});

test('at least a third of the files of each criterion is hidden, and at least one is seen', () =>
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(fc.nat(9), { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 1 }),
      (sets) => {
        const criteria = sets.map((files, id) => ({ id: `${id}`, text: 'x', files: files.map(String) }));
        const hidden = hiddenOfEach(criteria, (path) => path);
        for (const { files } of criteria) {
          const count = files.filter((path) => hidden.has(path)).length;
          assert.ok(count * 3 >= files.length && count < files.length);
        }
      },
    ),
  ));

test('a file that is hidden for one criterion counts for another', () => {
  const criteria = [
    { id: 'a', text: 'x', files: ['1', '2', '3'] },
    { id: 'b', text: 'x', files: ['1', '4'] },
  ];
  assert.deepEqual([...hiddenOfEach(criteria, (path) => path)], ['1']);
});
