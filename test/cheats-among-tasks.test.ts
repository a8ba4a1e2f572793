import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mend, onTask, partsNamed, runParts, write } from './support/tasks.ts';

/** Fifteen each night: they cost a minute. */
const HONEST = process.env['OMK_TEST_SLOW'] === '1' ? 15 : 4;

test(`of tasks of which five cheat, the other ${HONEST} land and none of the five, nor what needs one`, async (t) => {
  const honest = partsNamed('good', HONEST);
  const cheats = {
    emptied: write('test/emptied.test.js', "import { test } from 'node:test';\ntest('emptied works', () => {});\n"),
    removed: { run: ['rm', 'test/removed.test.js'] },
    skipped: { edit: { path: 'test/skipped.test.js', find: "test('skipped", replace: "test.skip('skipped" } },
    leaving: write('src/leaving.js', "process.exit(0);\nexport const leaving = 'x';\n"),
    script: { edit: { path: 'package.json', find: 'node --test', replace: 'true' } },
  };
  const parts = [...honest, ...Object.keys(cheats).map((id) => ({ id })), { id: 'late', needs: ['emptied'] }];
  const { status, gaps, landed, m } = await runParts(t, parts, [
    ...honest.map(({ id }) => onTask(id, mend(id))),
    ...Object.entries(cheats).map(([id, step]) => onTask(id, step)),
    onTask('late', mend('late')),
  ]);
  // A person may say that a changed test is right.
  assert.equal(status, 'blocked_on_human');
  assert.deepEqual(new Set(landed), new Set(honest.map(({ id }) => id)));
  const open = gaps.filter(({ code }) => code === 'G_TASK_OPEN').map(({ subject }) => subject);
  assert.deepEqual(new Set(open), new Set([...Object.keys(cheats), 'late']));
  assert.equal((await m.omk(['verify'])).code, 4);
});
