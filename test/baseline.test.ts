import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machine, parseRun } from './support/machine.ts';

const FILES = {
  'sum.js': 'export const sum = (a, b) => a - b;\n',
  'package.json': '{"type":"module","scripts":{"test":"node --test"}}\n',
  'sum.test.js':
    "import assert from 'node:assert';\nimport test from 'node:test';\nimport { sum } from './sum.js';\n" +
    "\ntest('adds', () => assert.equal(sum(1, 2), 3));\n",
};

for (const [runs, flags] of [
  [1, ['--baseline', 'once']],
  [2, ['--baseline', 'twice']],
  [2, []],
] as const)
  test(
    `the base is run ${runs === 1 ? 'once' : 'twice'} with ${flags.join(' ') || 'no flag'}, and the proof says it`,
    { skip: runs === 2 && flags.length > 0 && slow },
    async (t) => {
      const m = await machine(t, FILES);
      const agent = m.agent({ turns: [{ steps: [{ edit: { path: 'sum.js', find: 'a - b', replace: 'a + b' } }] }] });
      const ran = await m.omk(['run', '--json', '--agent', agent, ...flags, 'Make the failing test pass']);
      const { status, events, gaps } = parseRun(ran);
      assert.equal(status, 'ready', ran.err);
      const baseline = events.filter((each) => each.type === 'gate.measured' && each.data?.['purpose'] === 'baseline');
      assert.equal(baseline.length, runs);
      assert.equal(
        gaps.some(({ code, text }) => code === 'K_BASELINE_ONCE' && text.includes('npm-test')),
        runs === 1,
      );
      const verified = await m.omk(['verify', 'latest']);
      assert.equal(verified.code, 0, verified.out);
      assert.equal(verified.out.includes('K_BASELINE_ONCE'), runs === 1);
    },
  );

test('another number of runs is a mistake, said before anything runs', async (t) => {
  const m = await machine(t, FILES);
  const ran = await m.omk([
    'run',
    '--agent',
    m.agent({ turns: [] }),
    '--baseline',
    'thrice',
    'Make the failing test pass',
  ]);
  assert.equal(ran.code, 2);
  assert.match(ran.err, /--baseline must be once or twice, not 'thrice'/);
});
