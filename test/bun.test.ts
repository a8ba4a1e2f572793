import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { suite, test } from 'node:test';
import { machine, parseRun, type Files } from './support/machine.ts';

const NO_BUN = spawnSync('bun', ['--version']).status === 0 ? false : 'bun is not installed';

const WRONG = 'export const add = (a: number, b: number): number => a - b;\n';
const FIXED = WRONG.replace('a - b', 'a + b');
const files: Files = {
  'package.json': JSON.stringify({ name: 'sums', packageManager: 'bun@1.2.0', scripts: { test: 'bun test' } }),
  'src/add.ts': WRONG,
  'test/add.test.ts':
    "import { expect, test } from 'bun:test';\nimport { add } from '../src/add';\n\n" +
    "test('adds', () => {\n  expect(add(2, 3)).toBe(5);\n});\n\ntest('has a sum', () => {\n  expect(add(0, 0)).toBe(0);\n});\n",
};

suite('bun test', { skip: NO_BUN }, () => {
  test('an honest change is ready, judged test by test and with a canary', async (t) => {
    const m = await machine(t, files);
    const agent = m.agent({
      turns: [{ steps: [{ write: { path: 'src/add.ts', content: FIXED } }, { say: 'Done.' }] }],
    });
    const ran = await m.omk(['run', '--json', '--agent', agent, 'Make the failing test pass']);
    const { status, events, gaps } = parseRun(ran);
    assert.equal(status, 'ready', `${ran.err}\n${JSON.stringify(gaps)}`);
    const runs = events.flatMap(({ type, data }) => (type === 'gate.measured' ? [data ?? {}] : []));
    assert.ok(runs.some(({ purpose, canary }) => purpose === 'canary' && canary !== null));
    assert.equal((await m.omk(['verify'])).code, 0);
  });

  test('a test that is skipped, or gone, is not', async (t) => {
    const m = await machine(t, files);
    const skipped = (files['test/add.test.ts'] ?? '').replace("test('adds'", "test.skip('adds'");
    for (const step of [{ write: { path: 'test/add.test.ts', content: skipped } }, { delete: 'test/add.test.ts' }]) {
      const agent = m.agent({ turns: [{ steps: [step, { say: 'Done.' }] }], then: 'say_done' });
      const limits = ['--max-attempts', '1', '--max-turns', '1'];
      const ran = await m.omk(['run', '--json', '--agent', agent, ...limits, 'Make the failing test pass']);
      assert.match(parseRun(ran).status, /^(?:not_ready|blocked_on_human)$/, ran.err);
    }
  });
});
