import type { Files } from './machine.ts';

/** A small project with one red test for a runner of JavaScript tests, and what cheats do to it. */
export interface Runner {
  readonly name: string;
  /** At fixed versions. */
  readonly packages: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly manifest: object;
  readonly files: Files;
  readonly subject: string;
  readonly wrong: string;
  readonly fixed: string;
  readonly testFile: string;
  readonly testStart: string;
  readonly skippedStart: string;
  /** Put before the wrong subject: no assertion fails any more. */
  readonly patches: string;
  /** Put before the wrong subject: a report of its own. */
  readonly forges: string;
  readonly config: { readonly path: string; readonly disarmed: string };
}

const NAME = 'adds';
const cjs = { wrong: 'exports.add = (a, b) => a - b;\n', fixed: 'exports.add = (a, b) => a + b;\n' };
const esm = { wrong: 'export const add = (a, b) => a - b;\n', fixed: 'export const add = (a, b) => a + b;\n' };

/** Everything a subject knows of the report: its place. Whatever is there is replaced, and the process ends well. */
const forges = (load: string, reporter: string): string => `${load}
const dir = process.env.OMK_REPORT_DIR;
if (dir) {
  const lines = [{ event: 'begin', reporter: '${reporter}', version: 1 }, { event: 'test', file: '/omk/checkout/test/add.test.js',\
 titles: ['${NAME}'], outcome: 'passed' }, { event: 'end' }, { seal: '${'0'.repeat(64)}' }];
  for (const name of [...fs.readdirSync(dir), 'report-0.jsonl']) fs.writeFileSync(dir + '/' + name, lines.map((line) \
=> JSON.stringify(line) + '\\n').join(''));
}`;

const jest: Runner = {
  name: 'jest',
  packages: { jest: '29.7.0' },
  scripts: { test: 'jest' },
  manifest: {},
  files: {
    'jest.config.js': "module.exports = { testEnvironment: 'node' };\n",
    'src/add.js': cjs.wrong,
    'test/add.test.js': `const { add } = require('../src/add.js');\n\ntest('${NAME}', () => {\n  expect(add(2, 3)).toBe(5);\n});\n`,
    'test/plain.test.js': "test('plain', () => {\n  expect(1).toBe(1);\n});\n",
  },
  subject: 'src/add.js',
  ...cjs,
  testFile: 'test/add.test.js',
  testStart: "test('adds'",
  skippedStart: "test.skip('adds'",
  patches: 'expect.extend({ toBe: () => ({ pass: true, message: () => "" }) });',
  forges: forges("const fs = require('node:fs');", 'jest'),
  config: {
    path: 'jest.config.js',
    disarmed: "module.exports = { testEnvironment: 'node', testPathIgnorePatterns: ['add'] };\n",
  },
};

const mocha: Runner = {
  name: 'mocha',
  packages: { mocha: '12.0.3' },
  // Behind another script, no argument of the gate reaches the runner.
  scripts: { test: 'npm run unit && node --version', unit: 'mocha' },
  manifest: {},
  files: {
    '.mocharc.json': '{ "spec": ["test/**/*.test.js"] }\n',
    'src/add.js': cjs.wrong,
    'test/add.test.js':
      `const assert = require('node:assert');\nconst { add } = require('../src/add.js');\n\n` +
      `it('${NAME}', () => {\n  assert.equal(add(2, 3), 5);\n});\n`,
    'test/plain.test.js': "it('plain', () => {});\n",
  },
  subject: 'src/add.js',
  ...cjs,
  testFile: 'test/add.test.js',
  testStart: "it('adds'",
  skippedStart: "it.skip('adds'",
  patches: "require('node:assert').equal = () => {};",
  forges: forges("const fs = require('node:fs');", 'mocha'),
  config: { path: '.mocharc.json', disarmed: '{ "spec": ["test/plain.test.js"] }\n' },
};

const ava: Runner = {
  name: 'ava',
  packages: { ava: '7.0.0' },
  scripts: { test: 'ava' },
  manifest: { type: 'module' },
  files: {
    'ava.config.js': "export default { files: ['test/**'] };\n",
    'src/add.js': esm.wrong,
    'test/add.test.js':
      `import test from 'ava';\nimport { add } from '../src/add.js';\n\ntest('${NAME}', (t) => {\n` +
      `  t.is(add(2, 3), 5);\n});\n`,
    'test/plain.test.js': "import test from 'ava';\n\ntest('plain', (t) => t.pass());\n",
  },
  subject: 'src/add.js',
  ...esm,
  testFile: 'test/add.test.js',
  testStart: "test('adds'",
  skippedStart: "test.skip('adds'",
  patches: 'Object.is = () => true;',
  forges: forges("import fs from 'node:fs';", 'ava'),
  config: { path: 'ava.config.js', disarmed: "export default { files: ['test/plain.test.js'] };\n" },
};

const playwright: Runner = {
  name: 'playwright',
  packages: { '@playwright/test': '1.65.1' },
  scripts: { test: 'playwright test' },
  manifest: {},
  files: {
    'playwright.config.js': "module.exports = { testDir: 'test', workers: 1, reporter: 'line' };\n",
    'src/add.js': cjs.wrong,
    'test/add.test.js':
      `const { expect, test } = require('@playwright/test');\nconst { add } = require('../src/add.js');\n\n` +
      `test('${NAME}', () => {\n  expect(add(2, 3)).toBe(5);\n});\n`,
    'test/plain.test.js':
      "const { expect, test } = require('@playwright/test');\n\ntest('plain', () => {\n  expect(1).toBe(1);\n});\n",
  },
  subject: 'src/add.js',
  ...cjs,
  testFile: 'test/add.test.js',
  testStart: "test('adds'",
  skippedStart: "test.skip('adds'",
  patches: 'Object.is = () => true;',
  forges: forges("const fs = require('node:fs');", 'playwright'),
  config: { path: 'playwright.config.js', disarmed: "module.exports = { testDir: 'test', testIgnore: '**/add*' };\n" },
};

const tap: Runner = {
  name: 'tap',
  packages: { tap: '21.8.0' },
  scripts: { test: 'tap --disable-coverage' },
  manifest: { type: 'module' },
  files: {
    '.taprc': 'include: [test/*.test.js]\n',
    'src/add.js': esm.wrong,
    'test/add.test.js':
      `import t from 'tap';\nimport { add } from '../src/add.js';\n\nt.test('${NAME}', (t) => {\n` +
      `  t.equal(add(2, 3), 5, 'sum');\n  t.end();\n});\n`,
    'test/plain.test.js': "import t from 'tap';\n\nt.ok(true, 'plain');\n",
  },
  subject: 'src/add.js',
  ...esm,
  testFile: 'test/add.test.js',
  testStart: "t.test('adds', ",
  skippedStart: "t.test('adds', { skip: true }, ",
  patches: "import { TestBase } from '@tapjs/core';\nTestBase.prototype.fail = TestBase.prototype.pass;",
  forges: forges("import fs from 'node:fs';", 'tap'),
  config: { path: '.taprc', disarmed: 'include: [test/plain.test.js]\n' },
};

const tape: Runner = {
  name: 'tape',
  packages: { tape: '5.9.0' },
  scripts: { test: "tape 'test/*.test.js'" },
  manifest: {},
  files: {
    'src/add.js': cjs.wrong,
    'test/add.test.js':
      `const test = require('tape');\nconst { add } = require('../src/add.js');\n\n` +
      `test('${NAME}', (t) => {\n  t.equal(add(2, 3), 5);\n  t.end();\n});\n`,
    'test/plain.test.js': "const test = require('tape');\n\ntest('plain', (t) => {\n  t.ok(true);\n  t.end();\n});\n",
  },
  subject: 'src/add.js',
  ...cjs,
  testFile: 'test/add.test.js',
  testStart: "test('adds'",
  skippedStart: "test.skip('adds'",
  patches: "const { Test } = require('tape');\nTest.prototype.equal = function () { this._assert(true, {}); };",
  forges: forges("const fs = require('node:fs');", 'tape'),
  config: { path: 'test/plain.test.js', disarmed: 'process.exit(0);\n' },
};

const uvu: Runner = {
  name: 'uvu',
  packages: { uvu: '0.5.6' },
  scripts: { test: 'uvu test' },
  manifest: { type: 'module' },
  files: {
    'src/add.js': esm.wrong,
    'test/add.test.js':
      `import { test } from 'uvu';\nimport * as assert from 'uvu/assert';\nimport { add } from '../src/add.js';\n\n` +
      `test('${NAME}', () => {\n  assert.is(add(2, 3), 5);\n});\n\ntest.run();\n`,
    'test/plain.test.js':
      "import { test } from 'uvu';\nimport * as assert from 'uvu/assert';\n\n" +
      "test('plain', () => {\n  assert.ok(true);\n});\n\ntest.run();\n",
  },
  subject: 'src/add.js',
  ...esm,
  testFile: 'test/add.test.js',
  testStart: "test('adds'",
  skippedStart: "test.skip('adds'",
  patches:
    'const { push } = Array.prototype;\nArray.prototype.push = function (...all) {\n' +
    '  for (const each of all) if (each?.handler) each.handler = () => {};\n  return push.apply(this, all);\n};',
  forges: forges("import fs from 'node:fs';", 'uvu'),
  config: { path: 'test/plain.test.js', disarmed: 'process.exit(0);\n' },
};

const jasmine: Runner = {
  name: 'jasmine',
  packages: { jasmine: '5.1.0' },
  scripts: { test: 'jasmine' },
  manifest: {},
  files: {
    'spec/support/jasmine.json': '{ "spec_dir": "spec", "spec_files": ["**/*.spec.js"] }\n',
    'src/add.js': cjs.wrong,
    'spec/add.spec.js': `const { add } = require('../src/add.js');\n\nit('${NAME}', () => {\n  expect(add(2, 3)).toBe(5);\n});\n`,
    'spec/plain.spec.js': "it('plain', () => {\n  expect(1).toBe(1);\n});\n",
  },
  subject: 'src/add.js',
  ...cjs,
  testFile: 'spec/add.spec.js',
  testStart: "it('adds'",
  skippedStart: "xit('adds'",
  patches: 'beforeEach(() => jasmine.addMatchers({ toBe: () => ({ compare: () => ({ pass: true }) }) }));',
  forges: forges("const fs = require('node:fs');", 'jasmine'),
  config: { path: 'spec/support/jasmine.json', disarmed: '{ "spec_dir": "spec", "spec_files": ["plain.spec.js"] }\n' },
};

const qunit: Runner = {
  name: 'qunit',
  packages: { qunit: '2.20.0' },
  scripts: { test: 'qunit' },
  manifest: {},
  files: {
    'src/add.js': cjs.wrong,
    'test/add.test.js':
      "const { add } = require('../src/add.js');\n\n" +
      `QUnit.test('${NAME}', (assert) => {\n  assert.equal(add(2, 3), 5);\n});\n`,
    'test/plain.test.js': "QUnit.test('plain', (assert) => {\n  assert.ok(true);\n});\n",
  },
  subject: 'src/add.js',
  ...cjs,
  testFile: 'test/add.test.js',
  testStart: "QUnit.test('adds'",
  skippedStart: "QUnit.skip('adds'",
  patches: 'QUnit.assert.equal = function () { this.ok(true); };',
  forges: forges("const fs = require('node:fs');", 'qunit'),
  config: { path: 'test/plain.test.js', disarmed: 'process.exit(0);\n' },
};

export const RUNNERS: readonly Runner[] = [jest, mocha, ava, playwright, tap, tape, uvu, jasmine, qunit];
