import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checks } from './checks.ts';

suite('code of JavaScript that uses a library of tests', () => {
  for (const [text, does] of [
    [`const a = createRequire(import.meta.url)('assert');`, true],
    [`const load = createRequire(import.meta.url);\nload('node:assert').equal = done;`, true],
    [`process.getBuiltinModule('assert').strict.equal = done;`, true],
    [`import('node:' + 'module').then((all) => all.syncBuiltinESMExports());`, true],
    [
      `const assert = require('assert');\nassert.strict['equal'] = done;\nassert.equal = done;\nexport const f = (x) => x;`,
      true,
    ],
    [`const load = createRequire(import.meta.url);\nexport const data = load('./data.json');`, false],
    [`export const start = () => run('test');`, false],
    [`import assert from 'node:assert';\nexport const half = (x) => {\n  assert(x > 0);\n  return x / 2;\n};`, false],
  ] as const)
    test(`${text.split('\n').join(' ')} ${does}`, () => assert.equal(checks.uses(text), does));
});
