import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { importsOf, unknownNames } from './imports.ts';

const js = (text: string) => importsOf('test/a.test.js', text);
const named = (text: string) => js(text).map(({ from, names }) => [from, ...names].join(' '));

describe('imports of a check', () => {
  test('of JavaScript and TypeScript, the names that the file has, in each way to write them', () => {
    assert.deepEqual(named(`import { a, b as c, type D } from '../src/x.js';`), ['../src/x.js a b D']);
    assert.deepEqual(named(`import x, {\n  a,\n} from '../src/x'`), ['../src/x a']);
    assert.deepEqual(named(`import * as all from '../src/x.js';\nimport y from '../y.js'`), ['../src/x.js', '../y.js']);
    assert.deepEqual(named(`const { a: mine, b } = require('../src/x');`), ['../src/x a b']);
    assert.deepEqual(named(`const { a } = await import('../src/x.js');`), ['../src/x.js a']);
    assert.deepEqual(
      named(`import { test } from 'node:test';\nimport { z } from 'zod';`),
      [],
      'packages load or do not',
    );
    assert.ok(js(`import { a } from '../src/x.js'`)[0]?.places.includes('src/x.ts'));
    assert.deepEqual(js(`import { a } from '../../x.js'`), [], 'outside of the repository');
  });

  test('of Python, by module and relative', () => {
    const [one, two] = importsOf(
      'tests/test_a.py',
      'from shop.cart import (\n  add,\n  take as t,\n)\nfrom . import helper\n',
    );
    assert.deepEqual(one?.names, ['add', 'take']);
    assert.ok(one?.places.includes('src/shop/cart.py') && one.places.includes('shop/cart/__init__.py'));
    assert.deepEqual(two?.places, ['tests.py', 'tests/__init__.py']);
    assert.deepEqual(
      importsOf('tests/test_a.py', 'import shop.cart as c, os\n').map(({ from }) => from),
      ['shop.cart', 'os'],
    );
  });

  test('of other languages nothing, and of any text without a crash', () => {
    assert.deepEqual(importsOf('a_test.go', 'import "x"'), []);
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('a.test.js', 'test_a.py'),
        (text, path) => importsOf(path, text).length >= 0,
      ),
    );
  });
});

describe('names that nobody could know', () => {
  const files: Readonly<Record<string, string>> = {
    'src/math.js': 'export const add = (a, b) => a + b;',
    'src/all.js': "export * from './math.js';",
    'shop/__init__.py': '',
    'shop/cart.py': 'def add(): pass',
  };
  const unknown = (text: string, known = '', path = 'test/a.test.js') =>
    unknownNames(importsOf(path, text), {
      known,
      base: (place) => files[place] ?? null,
      isNew: (place) => ['src/subtract.js', 'shop/tax.py', 'src/money/index.js'].includes(place),
    });

  test('are those of a file that the repository has not, or not with this name', () => {
    assert.deepEqual(unknown(`import { subtract } from '../src/subtract.js'`), ['subtract', 'subtract']);
    assert.deepEqual(unknown(`import { minus } from '../src/subtract.js'`, 'Add subtract'), ['minus']);
    assert.deepEqual(unknown(`import { minus } from '../src/math.js'`), ['minus']);
    assert.deepEqual(unknown(`import money from '../src/money/index.js'`), ['money']);
    assert.deepEqual(unknown('from shop.tax import vat', '', 'tests/test_a.py'), ['tax', 'vat']);
  });

  test('are none that the goal or the interface names, that the base has, or that stand in a file that is no product', () => {
    assert.deepEqual(
      unknown(`import { subtract } from '../src/subtract.js'`, 'subtract(a, b), in src/subtract.js'),
      [],
    );
    assert.deepEqual(unknown(`import { add } from '../src/math.js'`), []);
    assert.deepEqual(unknown(`import { anything } from '../src/all.js'`), [], 'it passes names on');
    assert.deepEqual(unknown(`import { help } from './helper.js'`), []);
    assert.deepEqual(unknown('from shop import cart', '', 'tests/test_a.py'), []);
    assert.deepEqual(unknown('import os, pytest', '', 'tests/test_a.py'), []);
  });
});
