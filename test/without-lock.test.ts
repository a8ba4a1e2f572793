import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { machine, parseRun } from './support/machine.ts';

test(
  'a repository without a lock file ends ready, and its proof holds the one that omk made',
  { skip: slow },
  async (t) => {
    const m = await machine(t, {
      'package.json': `${JSON.stringify({
        name: 'library',
        version: '1.0.0',
        scripts: { test: 'node --test' },
        dependencies: { local: 'file:packages/local' },
      })}\n`,
      '.npmrc': 'package-lock=false\n',
      '.gitignore': 'node_modules/\n',
      'packages/local/package.json': '{ "name": "local", "version": "1.0.0", "main": "index.js" }\n',
      'packages/local/index.js': 'exports.two = 2;\n',
      'index.js': "exports.three = require('local').two - 1;\n",
      'index.test.js': `const { test } = require('node:test');
const assert = require('node:assert');
const { writeFileSync } = require('node:fs');
test('three', () => assert.strictEqual(require('./index.js').three, 3));
test('a cache in node_modules', () => writeFileSync('node_modules/.tool-cache', 'x', { flag: 'wx' }));
test('colours are as elsewhere', () => assert.strictEqual(process.env.NO_COLOR, undefined));
`,
    });
    const agent = m.agent({
      turns: [{ steps: [{ edit: { path: 'index.js', find: '- 1', replace: '+ 1' } }, { say: 'Done.' }] }],
    });
    const ran = await m.omk(['run', '--json', '--agent', agent, '--max-attempts', '1', 'Make the red test green']);
    const run = parseRun(ran);
    assert.equal(run.status, 'ready', `${JSON.stringify(run.gaps)}\n${ran.err}`);
    const prepared = run.events.find(({ type }) => type === 'dependencies.prepared');
    assert.equal(prepared?.data?.['detail'], 'npm (package-lock.json made by omk)');

    const bundle = join(m.dir, 'bundle');
    assert.equal((await m.omk(['goal', 'proof', '--out', bundle])).code, 0);
    const lock = readFileSync(join(bundle, 'dependencies', 'package-lock.json'), 'utf8');
    assert.match(lock, /"resolved": "packages\/local"/);
    assert.equal((await m.omk(['verify', run.goal])).code, 0);
    assert.equal(existsSync(join(m.repository, 'package-lock.json')), false);
    assert.equal(existsSync(join(m.repository, 'node_modules')), false);
  },
);
