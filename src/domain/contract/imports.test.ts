import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isExtension } from './extension.ts';
import { onlyGained } from './labels/hold.ts';

/** In a file that uses the names `a`, `b` and `assert`. */
const gains = (path: string, before: string, after: string): boolean => {
  const rest = '\n\ncheck(a, b, assert);\n';
  const [base, candidate] = [`${before}${rest}`, `${after}${rest}`];
  assert.equal(isExtension(path, base, candidate), onlyGained(path, base, candidate), 'both look at imports alike');
  return isExtension(path, base, candidate);
};

suite('an import that only gains names', () => {
  for (const [path, before, after] of [
    ['a.test.js', "import a from './x';", "import a, { more } from './x';"],
    ['a.test.ts', "import { a } from './x';", "import more, { a } from './x';"],
    ['a.test.ts', "import type { a } from './x';", "import type { a, more } from './x';"],
    ['a.test.js', "import {\n  a,\n  b\n} from './x';", "import {\n  a,\n  b,\n  more\n} from './x';"],
    ['a.test.js', "import { a, b } from './x';", "import {\n  a,\n  b,\n  more,\n} from './x';"],
    ['a.test.cjs', "const { a, b } = require('./x');", "const {\n  a,\n  b,\n  more,\n} = require('./x');"],
    ['test_a.py', 'from x import a', 'from x import a, more'],
    ['test_a.py', 'from x import a, b', 'from x import (\n    a,\n    b,\n    more,\n)'],
    ['test_a.py', 'from x import (a, b)', 'from x import (a, b, more)'],
    ['tests/a.rs', 'use x::y::a;', 'use x::y::{a, more};'],
    ['tests/a.rs', 'use x::{a, b};', 'use x::{\n    a, b,\n    more,\n};'],
  ] as const)
    test(`${before} → ${after}`, () => assert.equal(gains(path, before, after), true));
});

test('a long line of spaces is read in one go', () => {
  const spaces = ' '.repeat(300_000);
  for (const line of [`import { a } from 'x'${spaces}!`, `from x import ${spaces}!`, `use x::{a};${spaces}!`])
    assert.equal(isExtension('a.test.js', 'a', `a\n${line}`), false);
});

suite('an import that does more', () => {
  for (const [path, before, after] of [
    ['a.test.js', "import a from './x';", "import fake, { a } from './x';"],
    ['a.test.js', "import a from './x';", "import a, { fake as assert } from './x';"],
    ['a.test.js', "import a from './x';", "import b, { a } from './x';"],
    ['a.test.js', "import { a } from './x';", "import { a, more } from './fake';"],
    ['a.test.js', "import { a, b } from './x';", "import { a } from './x';"],
    ['a.test.js', "import { a } from './x';", "import {\n  a,\n  fake as b,\n} from './x';"],
    ['a.test.js', "import { a } from './x';", "import {\n  a,\n  /* } from './x'; */ more = run()\n} from './x';"],
    ['test_a.py', 'from x import a', 'from x import (\n    a,\n    fake as assert,\n)'],
    ['test_a.py', 'from x import a', 'from y import (\n    a,\n    more,\n)'],
    ['tests/a.rs', 'use x::y::a;', 'use x::z::{a, more};'],
    ['tests/a.rs', 'use x::y::a;', 'use x::y::{fake as a, more};'],
  ] as const)
    test(`${before} → ${after}`, () => assert.equal(gains(path, before, after), false));
});
