import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, type Ran } from './support/machine.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const TEST = 'test/add.test.js';
const events = { start: 'SessionStart', stop: 'Stop' };

test('an agent that stops with a deleted test is sent back in its own format, and may stop when it is back', async (t) => {
  const m = await machine(t, { ...javascript.files, [javascript.subject]: javascript.fixed });
  const at = join(m.repository, TEST);
  const content = readFileSync(at, 'utf8');
  const hook = (format: string, event: string, more: object = {}): Promise<Ran> =>
    m.omk(['judge', '--hook', format], {
      input: JSON.stringify({ hook_event_name: event, session_id: 'one', cwd: m.repository, ...more }),
    });
  assert.deepEqual(await hook('claude', events.start), { code: 0, out: '{}\n', err: '' });
  assert.deepEqual(await hook('claude', events.stop), { code: 0, out: '{}\n', err: '' });

  rmSync(at);
  const sent = await hook('claude', events.stop, { stop_hook_active: false });
  const { decision, reason } = JSON.parse(sent.out);
  assert.deepEqual([sent.code, sent.err, decision], [0, '', 'block']);
  assert.match(
    reason,
    /^omk judged the change since [0-9a-f]{12} by the gates and tests of that commit\. Not done yet:\n- gate npm-test failed/,
  );
  assert.match(reason, /These must run and pass:\n- test\/add\.test\.js > /);
  assert.match(reason, /What you changed in tests:\n- removed test\/add\.test\.js > /);
  assert.deepEqual(await hook('codex', events.stop), {
    code: 0,
    out: `${JSON.stringify({ decision, reason })}\n`,
    err: '',
  });
  assert.deepEqual(await hook('gemini', 'AfterAgent'), {
    code: 0,
    out: `${JSON.stringify({ decision: 'deny', reason })}\n`,
    err: '',
  });
  assert.deepEqual(await hook('kimi', events.stop), { code: 2, out: '', err: `${reason}\n` });
  assert.deepEqual(await hook('generic', events.stop), {
    code: 2,
    out: `${JSON.stringify({ decision: 'block', reason })}\n`,
    err: `${reason}\n`,
  });

  // It insists, and the person is told; what it committed is compared with where the session began.
  const insists = JSON.parse((await hook('claude', events.stop, { stop_hook_active: true })).out);
  assert.match(insists.systemMessage, /^omk: a person must decide: .*deleted test\/add\.test\.js.* --accept/);
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qam', 'x'], { cwd: m.repository });
  writeFileSync(join(m.repository, 'README.md'), 'new\n');
  const later = JSON.parse((await hook('claude', events.stop)).out);
  assert.match(later.systemMessage, /a person must decide: .*deleted test/);

  writeFileSync(at, content);
  const ready = JSON.parse((await hook('claude', events.stop)).out);
  assert.match(ready.systemMessage, /^omk: ready: no regression .*\(omk verify g-/);
  assert.deepEqual((await hook('claude', events.stop)).out, '{}\n', 'said once');
});

test(
  'an agent whose change fails the gates is sent back as often as allowed, then the person is told',
  { skip: slow },
  async (t) => {
    const m = await machine(t, { ...javascript.files, [javascript.subject]: javascript.fixed });
    writeFileSync(join(m.repository, javascript.subject), javascript.files[javascript.subject] ?? '');
    const stop = async (active: boolean): Promise<{ decision?: string; reason?: string; systemMessage?: string }> => {
      const args = ['judge', '--hook', 'claude', '--rounds', '2', '--baseline', 'once'];
      const input = JSON.stringify({ hook_event_name: 'Stop', session_id: 'two', cwd: '/', stop_hook_active: active });
      return JSON.parse((await m.omk(args, { input, env: { CLAUDE_PROJECT_DIR: m.repository } })).out);
    };
    const answers = [await stop(false), await stop(true), await stop(true), await stop(false)];
    assert.deepEqual(
      answers.map(({ decision }) => decision ?? 'allow'),
      ['block', 'block', 'allow', 'allow'],
    );
    assert.match(answers[0]?.reason ?? '', /^Mend it, then stop again\. Make the code pass:/m);
    assert.doesNotMatch(answers[0]?.reason ?? '', /weakened/, 'its tests are as they were');
    assert.match(answers[2]?.systemMessage ?? '', /^omk: not ready: gate npm-test failed: .*\(omk goal show g-/);
  },
);

test('a stop hook that omk cannot answer lets the agent stop and says so', async (t) => {
  const m = await machine(t, { 'README.md': 'no gates\n' });
  const hook = (args: readonly string[], input = '{}', env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
    m.omk(['judge', '--hook', ...args], { input, env });
  const cases: readonly (readonly [string, Promise<Ran>])[] = [
    ['HOOK_INPUT_INVALID', hook(['claude'], 'done')],
    ['FLAG_INVALID', hook(['claude', '--rounds', '0'])],
    ['FLAG_INVALID', hook(['claude', '--staged'])],
    ['NOT_A_REPOSITORY', hook(['claude'], '{"cwd":"/"}')],
    ['STATE_DIR_RELATIVE', hook(['claude'], '{}', { OMK_STATE_DIR: 'here' })],
  ];
  for (const [code, ran] of cases) {
    const { code: exit, out } = await ran;
    assert.equal(exit, 0, code);
    assert.match(JSON.parse(out).systemMessage, new RegExp(`^omk could not judge this.*${code}`, 'su'));
  }
  writeFileSync(join(m.repository, 'new.md'), 'x\n');
  assert.match(JSON.parse((await hook(['claude'])).out).systemMessage, /could not judge this.*NO_GATE/);
  assert.equal((await hook(['claude'])).out, '{}\n', 'said once');
  // 2 would order the agent to go on.
  for (const args of [['nobody'], ['claude', '--nope']]) assert.equal((await hook(args)).code, 1);
  // omk judges its own agents.
  assert.equal((await hook(['claude'], 'done', { OMK_ATTEMPT: 'x' })).out, '{}\n');
});
