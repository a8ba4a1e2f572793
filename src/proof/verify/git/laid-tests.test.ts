import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoggedEvent } from '../../../domain/goal/event.ts';
import { laidKey } from '../../../domain/task/laid.ts';
import type { LaidTests } from '../../../domain/goal/laid-tests.ts';
import { EMPTY_STATE } from '../../../domain/goal/state.ts';
import { created } from '../../../domain/testing/build.ts';
import { memoryRepository, type Content } from '../../testing/repository.ts';
import { RULES } from '../../rules/set.ts';
import { recorder } from '../report.ts';
import { checkLaidTests } from './laid-tests.ts';

const repository = memoryRepository({ gates: [], file: null });

/** A head on which a task added a test with a helper, and what another task made of it. */
const HEAD: Content = {
  'src/a.js': 'right',
  'test/helper.js': 'export const wanted = 1;\n',
  'test/a.test.js': "import { wanted } from './helper.js';\ntest('a', () => equal(a, wanted));\n",
};
const NEXT: Content = { ...HEAD, 'src/a.js': 'wrong', 'test/helper.js': 'export const wanted = 2;\n' };

async function check(change: Partial<LaidTests>): Promise<readonly string[]> {
  const [start, candidate] = [repository.add(HEAD), repository.add(NEXT)];
  const tree = repository.add({ ...NEXT, 'test/helper.js': HEAD['test/helper.js'] ?? '' });
  const laid: LaidTests = {
    start,
    candidate,
    tree,
    edits: [{ path: 'test/helper.js', action: 'restore' }],
    changes: [{ path: 'test/helper.js', change: 'edited' }],
    rules: 'judge/1',
    ...change,
  };
  const landing = (judged: string): LoggedEvent => ({
    v: 2,
    seq: 0,
    ts: '2026-01-01T00:00:00.000Z',
    prev: '0'.repeat(64),
    type: 'tasks.integrated',
    data: { tree: judged, ref: 'refs/x', tasks: [] },
  });
  const to = recorder();
  await checkLaidTests(
    {
      events: [landing(start), landing(candidate)],
      state: { ...EMPTY_STATE, laid: new Map([[laidKey(laid), laid]]) },
      created: created(),
      ofContract: { rules: RULES, to },
    },
    repository,
  );
  return to.checks.filter(({ ok }) => !ok).map(({ code }) => code);
}

test('the tests of a head on what landed next are made again from the objects', async () => {
  assert.deepEqual(await check({}), []);
});

test('a record that says nothing of the head was changed, or that leaves a helper out, is refused', async () => {
  assert.deepEqual(await check({ tree: repository.add(NEXT), edits: [], changes: [] }), ['E_RECIPE', 'E_RECIPE']);
  assert.deepEqual(await check({ edits: [] }), ['E_RECIPE']);
});
