import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIn, rankByTests } from './test-file.ts';

const YES: readonly (readonly [string, string])[] = [
  ['test/a.test.js > adds', 'test/a.test.js'],
  ['tests/test_a.py::Case::test_a', 'tests/test_a.py'],
  ['com.acme.SumsTest > adds', 'src/test/java/com/acme/SumsTest.java'],
  ['core > com.acme.SumsTest$Inner > adds', 'core/src/test/java/com/acme/SumsTest.java'],
  ['Acme.SumsTests > Adds', 'Acme/SumsTests.cs'],
  ['sums::a::b::tests::adds', 'src/a/b.rs'],
  ['sums::a::tests::adds', 'crates/sums/src/a/mod.rs'],
  ['sums/outer::outer', 'tests/outer.rs'],
  ['sums/outer::outer', 'tests/outer/main.rs'],
  ['sums::outer::outer', 'tests/outer.rs'],
];
const NO: readonly (readonly [string, string])[] = [
  ['test/a.test.js > adds', 'test/a.test'],
  ['com.acme.SumsTest > adds', 'src/test/java/com/acme/Test.java'],
  ['com.acme.OtherTest > adds', 'src/test/java/com/acme/SumsTest.java'],
  ['sums::ab::tests::adds', 'src/a.rs'],
  ['sums::tests::adds', 'src/lib.rs'],
  ['sums/outer::outer', 'tests/other.rs'],
  ['adds', 'tests/adds.cpp'],
];

for (const [id, path] of YES) test(`"${id}" stands in ${path}`, () => assert.ok(isIn(id, path)));
for (const [id, path] of NO) test(`"${id}" is not told to stand in ${path}`, () => assert.ok(!isIn(id, path)));

test('files of tests that are known come first', () => {
  const rank = rankByTests([
    'test/a.test.js > adds',
    'tests/test_b.py::test_b',
    'com.acme.SumsTest > adds',
    'example.com/m/words/TestAdds',
    'sums::parse::tests::adds',
  ]);
  const ranks = [
    'test/a.test.js',
    'tests/test_b.py',
    'src/test/java/com/acme/SumsTest.java',
    'words/words_test.go',
    'src/parse.rs',
    'other/a.test.js',
    'other/x_test.go',
  ].map(rank);
  assert.deepEqual(ranks, [0, 0, 1, 1, 1, 1, 2]);
});
