import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { machine, parseRun } from './support/machine.ts';
import { filesOf, mend, onTask, planOf } from './support/tasks.ts';

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
