import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { machine, parseRun } from './support/machine.ts';
import { filesOf, mend, onTask, planOf, testOf } from './support/tasks.ts';

test('two independent tasks are integrated into a commit each, and judged as a whole', async (t) => {
  const parts = [{ id: 'one' }, { id: 'two' }];
  const m = await machine(t, filesOf(parts));
  const agent = m.agent({ turns: parts.map(({ id }) => onTask(id, mend(id))) });
  const { status, events } = parseRun(
    await m.omk(['run', '--json', '--plan', planOf(m, parts), '--max-agents', '2', '--agent', agent]),
  );
  assert.equal(status, 'ready');
  const at = (type: string) => events.findIndex((event) => event.type === type);
  assert.ok(events.findLastIndex(({ type }) => type === 'attempt.started') < at('snapshot.taken'), 'both work at once');
  const verified = await m.omk(['verify']);
  assert.equal(verified.code, 0, verified.out);
  const applied = await m.omk(['goal', 'apply', '--branch', 'result']);
  assert.equal(applied.code, 0, applied.err);
  const log = execFileSync('git', ['log', '--format=%s %(trailers:key=Omk-Task,valueonly,separator=%x20)', 'result'], {
    cwd: m.repository,
    encoding: 'utf8',
  });
  assert.match(log, /^Mend (one|two)\. \1\nMend (one|two)\. \2\nStart/);
});

test('tests that come with a plan lie only in the trees of the tasks that they show', async (t) => {
  const m = await machine(t, filesOf([]));
  const added = ['two', 'three'];
  await mkdir(join(m.dir, 'plan/test'), { recursive: true });
  for (const id of added) await writeFile(join(m.dir, `plan/test/${id}.test.js`), testOf(id, id, `'${id}'`));
  const plan = (criteria: string): string =>
    [
      'goal = "Add two parts"',
      ...added.map((id) => `[[criteria]]\nid = "c-${id}"\ntext = "${id} works"\nfiles = ["test/${id}.test.js"]`),
      ...added.map(
        (id) => `[[tasks]]\nid = "${id}"\ntitle = "Mend ${id}."\nwrites = ["src/${id}.js"]\n${criteria}${id}"]`,
      ),
    ].join('\n');
  const run = async (text: string) => {
    await writeFile(join(m.dir, 'plan/plan.toml'), text);
    const agent = m.agent({ turns: added.map((id) => onTask(id, mend(id))) });
    return m.omk(['run', '--plan', join(m.dir, 'plan/plan.toml'), '--max-attempts', '1', '--agent', agent]);
  };
  const unshown = await run(plan('criteria = []  # ["'));
  assert.equal(unshown.code, 2, unshown.out);
  assert.match(unshown.err, /one must name a criterion that is decided by files/);
  const done = await run(plan('criteria = ["c-'));
  assert.equal(done.code, 0, done.out + done.err);
  const verified = await m.omk(['verify']);
  assert.equal(verified.code, 0, verified.out);
});
