import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Reader } from '../../world/gates/readers/port.ts';
import { toldByNode } from './loads.ts';
import { mocha } from './mocha/reader.ts';
import { vitest } from './vitest/reader.ts';

type Pair = readonly [string | null, string];

const TESTS = new Set(['test/a.test.js', 'test/b.test.js']);
const told = (process: string, by: string | null, pairs: readonly Pair[], more: object = {}): string =>
  `${[{ process, by, main: null, ...more }, ...pairs].map((line) => JSON.stringify(line)).join('\n')}\n`;
const read = (...texts: readonly string[]) => toldByNode(mocha).loads.read(texts, TESTS);

suite('who loads what, as processes of Node tell it', () => {
  test('the product is what tests lead to; what the runner or the command line loads is the runner’s', () => {
    const pairs: readonly Pair[] = [
      [null, 'register.cjs'],
      [null, 'package:mocha'],
      ['package:mocha', 'test/setup.js'],
      ['test/setup.js', 'src/colours.js'],
      ['test/setup.js', 'src/main.js'],
      ['package:mocha', 'test/a.test.js'],
      ['test/a.test.js', 'src/main.js'],
      ['src/main.js', 'src/deep.js'],
      ['package:mocha', 'test/b.test.js'],
    ];
    assert.deepEqual(read(told('1-0', null, pairs)), {
      reached: ['src/deep.js', 'src/main.js'],
      runners: ['register.cjs', 'test/setup.js'],
      apart: ['src/colours.js'],
    });
  });

  test('tests lead through a package that is loaded for them, and not through the runner', () => {
    const pairs: readonly Pair[] = [
      ['package:mocha', 'setup.js'],
      ['package:mocha', 'test/a.test.js'],
      ['test/a.test.js', 'package:mocha'],
      ['test/a.test.js', 'src/server.js'],
      ['src/server.js', 'package:autoload'],
      ['package:autoload', 'src/routes/a.js'],
      ['src/routes/a.js', 'src/rows.js'],
    ];
    const loads = read(told('1-0', null, pairs));
    assert.deepEqual(loads?.reached, ['src/routes/a.js', 'src/rows.js', 'src/server.js']);
    assert.deepEqual(loads.runners, ['setup.js']);
  });

  test('what a test starts is the product, and what a script starts before the tests is not shown to be', () => {
    const first = told('1-0', null, [['build.js', 'src/make.js']], { main: 'build.js' });
    const runner = told('2-0', null, [[null, 'package:mocha']]);
    const setup: readonly Pair[] = [
      [null, 'setup.js'],
      ['setup.js', 'src/colours.js'],
    ];
    const cli: readonly Pair[] = [
      [null, 'bin/cli.js'],
      ['bin/cli.js', 'src/cli.js'],
    ];
    const tests = told('3-0', '2-0', [...setup, ['package:mocha', 'test/a.test.js']]);
    const program = told('4-0', '3-0', [...setup, ...cli], { main: 'bin/cli.js' });
    assert.deepEqual(read(first, runner, tests, program), {
      reached: ['bin/cli.js', 'src/cli.js'],
      runners: ['setup.js'],
      apart: ['src/colours.js', 'src/make.js'],
    });
  });

  test('what vite serves to tests has importers, and what has none is the runner’s', () => {
    const pairs: readonly Pair[] = [
      [null, 'test/a.test.js'],
      [null, 'setup.js'],
      [null, 'vitest.config.js'],
      ['test/a.test.js', 'src/a.js'],
    ];
    const main = told('1-0', null, [[null, 'package:vitest']]);
    const worker = told('2-0', '1-0', [[null, 'src/native.js']]);
    assert.deepEqual(read(main, worker, told('1-vite', '1-0', pairs, { late: true })), {
      reached: ['src/a.js', 'src/native.js'],
      runners: ['setup.js', 'vitest.config.js'],
      apart: [],
    });
  });

  test('nothing is told where no test was seen to be loaded, or the lines are not these', () => {
    assert.equal(read(told('1-0', null, [[null, 'src/a.js']])), null);
    assert.equal(read('{', 'x\n', told('1-0', '1-0', [])), null);
  });
});

test('only a run that is to tell gets the files for it', () => {
  const request: Parameters<Reader['inject']>[0] = {
    argv: ['npx', 'vitest', 'run'],
    env: {},
    reportDir: '/r',
    injectDir: '/i',
    reporterName: 'x',
    tmp: '/tmp',
    analysis: null,
  };
  const { inject } = toldByNode(vitest);
  assert.equal(JSON.stringify(inject(request)).includes('LOADS'), false);
  const { env } = inject({ ...request, loads: { checkout: '/c', folder: '/f' } });
  assert.match(env['NODE_OPTIONS'] ?? '', /--require=\/i\/x\.loads\.cjs/);
  assert.match(env['OMK_ARGUMENTS'] ?? '', /\/i\/x\.vitest\.mjs/);
});
