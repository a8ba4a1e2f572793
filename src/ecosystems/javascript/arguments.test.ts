import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Analysis } from '../../world/gates/command/analysis.ts';
import { ava } from './ava/reader.ts';
import { jest } from './jest/reader.ts';
import { mocha } from './mocha/reader.ts';
import { playwright } from './playwright/reader.ts';
import type { Argv, Injection, Reader } from '../../world/gates/readers/port.ts';
import { vitest } from './vitest/reader.ts';

const REQUEST = { reportDir: '/omk/r', injectDir: '/omk/i', reporterName: 'omk_1', tmp: '/tmp' } as const;

const inject = (
  reader: Reader,
  argv: Argv,
  append: Analysis['append'],
  args: readonly string[] = [],
  env = {},
): Injection => {
  const analysis: Analysis = { runner: { reader: reader.name, args, sets: [] }, runs: 1, append, beside: [] };
  return reader.inject({ ...REQUEST, argv, env, analysis });
};

test('arguments go behind those of the gate, and npm hands them on', () => {
  const jests = ['--reporters=default', '--reporters=/omk/i/omk_1.cjs', '--bail=0'];
  assert.deepEqual(inject(jest, ['jest', 'src'], 'direct').argv, ['jest', 'src', ...jests]);
  assert.deepEqual(inject(jest, ['npm', 'test'], 'divided').argv, ['npm', 'test', '--', ...jests]);
  assert.deepEqual(inject(jest, ['npm', 'test', '--', 'src'], 'divided').argv, ['npm', 'test', '--', 'src', ...jests]);
  assert.deepEqual(inject(mocha, ['yarn', 'test'], 'script').argv, ['yarn', 'test', '--reporter', '/omk/i/omk_1.cjs']);
  // Mocha 5 does not know the word; workers of later versions are told by it.
  const parallel = inject(mocha, ['mocha', '--parallel'], 'direct', ['--parallel']).argv;
  assert.equal(parallel.at(-1), '--no-bail');
  assert.equal(inject(jest, ['jest'], 'direct').env['OMK_REPORT_DIR'], '/omk/r');
});

test('an option that jest must not be given twice is left as it is', () => {
  assert.deepEqual(inject(jest, ['jest', '--bail'], 'direct', ['--bail']).argv.at(-1), '--reporters=/omk/i/omk_1.cjs');
});

test('a reporter of the command itself is taken out: older versions of mocha refuse a second one', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk-arguments-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const bin = join(dir, 'node_modules/mocha/bin/mocha.js');
  mkdirSync(dirname(bin), { recursive: true });
  writeFileSync(bin, 'console.log(JSON.stringify(process.argv.slice(2)));');
  for (const own of [['--reporter', 'spec'], ['--reporter=spec'], ['-R', 'dot']]) {
    const { argv, env } = inject(mocha, ['npm', 'test'], 'divided', [...own, 'test'], {});
    assert.deepEqual(argv, ['npm', 'test']);
    const file = join(import.meta.dirname, 'arguments.cjs');
    const ran = spawnSync(process.execPath, [`--require=${file}`, bin, ...own, '--reporter-options', 'a=b', 'test'], {
      encoding: 'utf8',
      env: { OMK_ARGUMENTS: env['OMK_ARGUMENTS'] },
    });
    assert.deepEqual(JSON.parse(ran.stdout), ['--reporter-options', 'a=b', 'test', '--reporter', '/omk/i/omk_1.cjs']);
  }
  // What the command sets anew would lose the file.
  const analysis: Analysis = {
    runner: { reader: 'mocha', args: ['-R', 'dot'], sets: ['NODE_OPTIONS'] },
    runs: 1,
    append: 'divided',
    beside: [],
  };
  assert.equal(mocha.inject({ ...REQUEST, argv: ['npm', 'test'], env: {}, analysis }).argv[2], '--');
});

test('before nyc 15 a file of its own stands before what is started', (t) => {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'omk-wrapped-')));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const bin = join(dir, 'node_modules/mocha/bin/mocha.js');
  const wrap = join(dir, '.node-spawn-wrap-12-ab/node');
  const says = join(dir, 'says.cjs');
  for (const path of [bin, wrap]) mkdirSync(dirname(path), { recursive: true });
  writeFileSync(bin, 'console.log(JSON.stringify(process.argv.slice(2)));');
  writeFileSync(wrap, "process.argv.splice(1, 1); require('node:module').runMain();");
  writeFileSync(says, `console.log(require(${JSON.stringify(join(import.meta.dirname, 'seal.cjs'))}).entryOf());`);
  const env = { OMK_ARGUMENTS: JSON.stringify({ packages: ['mocha'], words: ['--own', 'a'], instead: ['--own'] }) };
  for (const wrapped of [[], [wrap]]) {
    const loads = [join(import.meta.dirname, 'arguments.cjs'), says].map((file) => `--require=${file}`);
    const ran = spawnSync(process.execPath, [...loads, ...wrapped, bin, '--own', 'b', 'test'], {
      encoding: 'utf8',
      env,
    });
    assert.deepEqual(ran.stdout.split('\n'), [bin, '["test","--own","a"]', ''], ran.stderr);
  }
});

test('where arguments do not get through, a file that the runner loads first adds them', () => {
  for (const [reader, name] of [
    [jest, 'jest'],
    [mocha, 'mocha'],
    [vitest, 'vitest'],
  ] as const) {
    const { argv, env } = inject(reader, ['npm', 'test'], 'no', [], { NODE_OPTIONS: '--no-warnings' });
    assert.deepEqual(argv, ['npm', 'test']);
    assert.equal(env['NODE_OPTIONS'], '--no-warnings --require=/omk/i/omk_1.arguments.cjs');
    const given: { packages: readonly string[]; words: readonly string[] } = JSON.parse(env['OMK_ARGUMENTS'] ?? '');
    assert.ok(given.packages.includes(name) && given.words.some((word) => word.includes('omk_1.')));
  }
});

test('behind a command that cannot be looked into, a declared runner is told in the same way', () => {
  const request = {
    argv: ['make', 'test'],
    env: {},
    analysis: null,
    reportDir: '/omk/r',
    injectDir: '/omk/i',
    reporterName: 'omk_1',
    tmp: '/tmp',
  } as const;
  const { argv, env } = jest.inject(request);
  assert.deepEqual(argv, ['make', 'test']);
  assert.ok(env['OMK_ARGUMENTS']?.includes('--reporters=/omk/i/omk_1.cjs'));
});

test('ava and playwright are told by their environment alone', () => {
  assert.deepEqual(inject(ava, ['npm', 'test'], 'divided'), {
    argv: ['npm', 'test'],
    env: { OMK_REPORT_DIR: '/omk/r', NODE_OPTIONS: '--require=/omk/i/omk_1.cjs' },
  });
  assert.deepEqual(inject(playwright, ['npm', 'test'], 'divided'), {
    argv: ['npm', 'test'],
    env: { OMK_REPORT_DIR: '/omk/r', PW_TEST_REPORTER: '/omk/i/omk_1.cjs' },
  });
});
