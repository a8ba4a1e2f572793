import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mend, onTask, runParts, write } from '../test/support/tasks.ts';

/** An agent without tools leaves its proposal in a file that is named after the goal, as the prompt says. */
const proposes = (title: string): unknown => ({
  run: [
    'sh',
    '-c',
    `echo '${JSON.stringify({ title, why: 'it is missing' })}' > "omk-task-$(basename "$(dirname "$(dirname "$PWD")")").json"`,
  ],
});

test('of two tasks that agents propose in files one is taken and done, and the other refused with the reason', async (t) => {
  const parts = [{ id: 'one' }, { id: 'two' }];
  const { m, status, of, landed, ...ran } = await runParts(t, parts, [
    onTask('one', mend('one'), proposes('Mend more.')),
    onTask('two', mend('two'), proposes('Mend one.')),
    onTask('more', write('src/more.js', 'export const more = 1;\n')),
  ]);
  assert.equal(status, 'ready', JSON.stringify(ran.gaps));
  assert.deepEqual(new Set(landed), new Set(['one', 'two', 'p1']));
  const rulings = of('task.proposed').map((data) => JSON.stringify(data['ruling']));
  assert.equal(rulings.length, 2);
  assert.ok(
    rulings.some((text) => text.includes('task one has that title already')),
    rulings.join('\n'),
  );
  assert.ok(rulings.some((text) => text.includes('"kind":"accepted"')));
  assert.equal((await m.omk(['verify'])).code, 0);
  const diff = await m.omk(['goal', 'diff']);
  assert.match(diff.out, /src\/more\.js/);
  assert.doesNotMatch(diff.out, /omk-task/);
  const budget = JSON.parse((await m.omk(['goal', 'budget', '--json'])).out) as { tasks?: readonly { task: string }[] };
  assert.deepEqual(
    budget.tasks?.map(({ task }) => task),
    ['one', 'two', 'p1'],
  );
});
