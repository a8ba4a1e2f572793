import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { PathChange } from '../git/snapshot.ts';
import { isRepointed } from './repointed.ts';

const change = (path: string, kind: PathChange['change']): PathChange => ({
  path,
  change: kind,
  oldMode: '100644',
  newMode: '100644',
});
const JS = [change('src/add.js', 'deleted'), change('src/sum.js', 'added'), change('helpers/check.js', 'added')];
const TEXT = "import assert from 'node:assert';\nimport { add } from '../src/add.js';\nassert.equal(add(2, 3), 5);\n";

const repointed = (candidate: string, changes = JS, base = TEXT, path = 'test/add.test.js'): boolean =>
  isRepointed(path, base, candidate, changes, (each) => !each.startsWith('helpers/'));

suite('a test file whose imports follow a renamed file of the product', () => {
  test('says what it said', () => {
    assert.equal(repointed(TEXT.replace('src/add.js', 'src/sum.js')), true);
    const python = [change('src/add.py', 'deleted'), change('src/sums.py', 'added')];
    const from = 'from add import add\n\n\ndef test_a():\n    assert add(2, 3) == 5\n';
    assert.equal(repointed(from.replace('from add', 'from sums'), python, from, 'tests/test_add.py'), true);
    const nested = [change('calc/add.py', 'deleted'), change('calc/ops/add.py', 'added')];
    const deep = 'from calc.add import add\n';
    assert.equal(repointed('from calc.ops.add import add\n', nested, deep, 'tests/test_add.py'), true);
  });

  test('says something else where anything else differs', () => {
    for (const candidate of [
      TEXT.replace('src/add.js', 'src/sum.js').replace('5)', '-1)'),
      TEXT.replace('src/add.js', 'src/other.js'),
      TEXT.replace('../src/add.js', '../helpers/check.js'),
      TEXT.replace("'node:assert'", "'../src/sum.js'"),
      TEXT.replace('{ add }', '{ add, sub }').replace('src/add.js', 'src/sum.js'),
      TEXT.replace("import { add } from '../src/add.js'", "import { five as add } from '../src/sum.js'"),
      `${TEXT.replace('src/add.js', 'src/sum.js')}// more\n`,
      TEXT,
    ])
      assert.equal(repointed(candidate), false, candidate);
    assert.equal(repointed(TEXT.replace('src/add.js', 'src/sum.js'), JS.slice(1)), false, 'the old file is there');
  });
});
