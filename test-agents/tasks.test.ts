import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { machine, parseRun } from '../test/support/machine.ts';
import { filesOf, planOf } from '../test/support/tasks.ts';
import { startFakeModel } from './fake-model.ts';
import { install, programFolder } from './install.ts';
import { installKimi, kimiHome, kimiPath } from './install-kimi.ts';
import { assertMadeAgain } from './made-again.ts';
import { startModel } from './model.ts';
import { OPENCODE } from './opencode.ts';

const PARTS = [{ id: 'one' }, { id: 'two' }, { id: 'three' }, { id: 'four' }];

const taskIn = (prompt: string): string => /# Your task\n[^\n]*\nMend (\w+)\./.exec(prompt)?.[1] ?? 'none';

const mends = (id: string): string => `printf "export const ${id} = '${id}';\\n" > src/${id}.js`;

const skip = process.env['OMK_TEST_SLOW'] === '1' ? false : 'slow: OMK_TEST_SLOW=1';

test(
  'kimi works on four tasks, two at once, and opencode does the one that kimi gets nowhere with',
  { skip },
  async (t) => {
    const [kimi, opencode] = [await installKimi(), await install(OPENCODE)];
    for (const each of [kimi, opencode]) if (each.kind !== 'ready') return t.skip(each.why);
    if (kimi.kind !== 'ready' || opencode.kind !== 'ready') return;
    const m = await machine(t, filesOf(PARTS));
    const home = join(m.dir, 'home');
    const ofKimi = await startFakeModel((prompt, results) => {
      const id = taskIn(prompt);
      if (results > 0 || id === 'four') return { kind: 'say', text: 'That is all I can do.' };
      return { kind: 'call', tool: 'Bash', args: { command: mends(id) } };
    });
    t.after(() => ofKimi.close());
    const ofOther = await startModel((prompt, results) =>
      results > 0 ? { kind: 'say', text: 'Done.' } : { kind: 'shell', command: mends(taskIn(prompt)) },
    );
    t.after(() => ofOther.close());
    const { files, env } = OPENCODE.configure(ofOther.url);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), JSON.stringify(content));
    }
    const path = [
      kimiPath(kimi.main, join(m.dir, 'programs')),
      programFolder(join(m.dir, 'other programs'), OPENCODE.program, opencode.main),
      m.env['PATH'],
    ].join(':');
    const limits = ['--max-agents', '2', '--max-attempts', '1', '--agent', 'kimi', '--fallback-agent', 'opencode'];
    const ran = await m.omk(['run', '--json', '--plan', planOf(m, PARTS), ...limits], {
      env: { ...env, ...kimiHome(join(home, '.kimi-code'), ofKimi.url), PATH: path },
    });
    const run = parseRun(ran);
    assert.equal(run.status, 'ready', ran.out.slice(-3000) + ran.err);
    const of = (type: string) => run.events.filter((event) => event.type === type).map((event) => event.data ?? {});
    assert.deepEqual(
      of('attempt.started')
        .map(({ task }) => String(task))
        .sort(),
      ['four', 'four', 'one', 'three', 'two'],
    );
    const others = of('attempt.started').filter(({ agent }) => agent === 'fallback');
    assert.deepEqual(
      others.map(({ attempt }) => attempt),
      [5],
    );
    const turns = run.events.filter(({ type }) => type === 'turn.started' || type === 'turn.ended');
    assert.deepEqual(
      turns.slice(0, 2).map(({ type }) => type),
      ['turn.started', 'turn.started'],
      'two at once',
    );
    assert.match((await m.omk(['goal', 'show', run.goal])).out, /four +landed .* opencode /);
    assert.equal((await m.omk(['verify', run.goal])).code, 0);
    await ofKimi.close();
    await ofOther.close();
    await assertMadeAgain(m, run.goal);
  },
);
