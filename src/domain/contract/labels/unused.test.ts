import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lostOnlyUnused } from './unused.ts';

const read = (rest: string, body = '') => ({
  kind: 'read' as const,
  tests: [{ id: 'a', body, marks: [], assertions: [], cases: null }],
  rest,
});

suite('imports that a test file does not use any more', () => {
  for (const [before, after, body] of [
    ['from decimal import Decimal\nimport pytest\nX = 1', 'import pytest\nX = 1', 'pytest.x()'],
    ['from a import b, c', 'from a import c', 'c()'],
    ['import a.b, c', 'import c', 'c()'],
    ["import{a}from './a.js';import{b}from './b.js';", "import{b}from './b.js';", 'b()'],
    ["import{a,b as c}from './a.js';", "import{a}from './a.js';", 'a()'],
    ["import a from './a.js';const z=1", 'const z=1', 'z'],
    ["import type{T}from './a.js';", '', ''],
  ] as const)
    test(`${before} → ${after}`, () => assert.ok(lostOnlyUnused(read(before), read(after, body))));

  for (const [why, before, after, body] of [
    ['it is used', 'from a import b', '', 'b()'],
    ['it is a fixture that a test takes', 'from a import stock', '', 'def (stock): pass'],
    ['it has effects and no names', "import './strict.js';", '', ''],
    ['all of it is taken', 'from a import *', '', ''],
    ['something else is gone as well', 'from a import b\nb.strict()', '', ''],
    ['another one is there', 'from a import b', 'from evil import c', ''],
    ['a line belongs to another block', 'import a\nif x:\n  b()\nc()', 'if x:\n  b()\n  c()', ''],
    ['a text has other blanks', "import a\nb = 'c  d'", "b = 'c d'", ''],
    ['nothing is lost', 'if x:\n  b()\nc()', 'if x:\n  b()\n\nc()', ''],
    ['one was there before', "import{a}from './a.js';", "import{a}from './a.js';import{b}from './b.js';", ''],
  ] as const)
    test(`not where ${why}`, () => assert.ok(!lostOnlyUnused(read(before), read(after, body))));
});
