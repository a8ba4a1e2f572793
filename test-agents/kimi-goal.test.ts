import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from '../test/support/ecosystems.ts';
import { machine, parseRun } from '../test/support/machine.ts';
import { assertMadeAgain } from './made-again.ts';
import { startFakeModel, type Answer } from './fake-model.ts';
import { installKimi, kimiHome, kimiPath } from './install-kimi.ts';

const installed = await installKimi();
const skip = installed.kind === 'ready' ? false : installed.why;

const bash = (command: string): Answer => ({ kind: 'call', tool: 'Bash', args: { command } });
const say = (text: string): Answer => ({ kind: 'say', text });

test(
  'kimi takes a goal to ready: it is told why its first change is not enough, and mends it in the same session',
  { skip },
  async (t) => {
    if (installed.kind !== 'ready') return;
    const m = await machine(t, javascript.files);
    const model = await startFakeModel((prompt, results) => {
      const again = prompt.includes('Not done yet');
      if (results > 0) return say(again ? 'Now it adds.' : 'Done: all tests pass.');
      return bash(again ? "sed -i 's/a - b/a + b/' src/add.js" : 'echo "// fixed" >> src/add.js');
    });
    t.after(() => model.close());
    const home = kimiHome(join(m.dir, 'home', '.kimi-code'), model.url);
    const ran = await m.omk(['run', '--json', '--agent', 'kimi', 'Make the red test green'], {
      env: { ...home, PATH: `${kimiPath(installed.main, join(m.dir, 'programs'))}:${m.env['PATH']}` },
    });
    const run = parseRun(ran);
    assert.equal(run.status, 'ready', ran.out + ran.err);
    const sessions = new Set(
      run.events.filter((event) => event.type === 'session.opened').map((event) => event.data?.['session']),
    );
    assert.equal(sessions.size, 1, 'both turns are of one session');
    assert.equal(run.events.filter((event) => event.type === 'turn.ended').length, 2);
    // The model says 1111 in (333 of it cached) and 222 out for each of the two calls of each turn.
    const used = run.events.filter((event) => event.type === 'usage.recorded').map((event) => event.data ?? {});
    assert.deepEqual(
      used.map((each) => [each['inputTokens'], each['cachedTokens'], each['outputTokens'], each['reporting']]),
      Array(4).fill(['1111', '333', '222', 'call']),
    );
    const report = JSON.parse((await m.omk(['goal', 'budget', run.goal, '--json'])).out);
    assert.deepEqual(
      [report.used_tokens, report.spent_tokens, report.estimated_cost_usd, report.unknown_cost_calls],
      [5332, 5332, 0, 4],
    );
    const verified = await m.omk(['verify', run.goal]);
    assert.equal(verified.code, 0, verified.out);
    assert.match((await m.omk(['goal', 'diff', run.goal])).out, /a \+ b/);
    await model.close();
    await assertMadeAgain(m, run.goal);
  },
);
