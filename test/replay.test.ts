import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun } from './support/machine.ts';

const FIX = { write: { path: javascript.subject, content: javascript.fixed } };

test('a goal is replayed from its log, and from its bundle on a machine that has neither goal nor agent', async (t) => {
  const m = await machine(t, javascript.files);
  const agent = m.agent({ turns: [{ steps: [FIX, { say: 'done' }] }] });
  const run = parseRun(await m.omk(['run', '--json', '--agent', agent, 'Make the red test green']));
  assert.equal(run.status, 'ready');

  const text = await m.omk(['goal', 'replay']);
  assert.equal(text.code, 0, text.err);
  const lines = text.out.trimEnd().split('\n');
  assert.match(lines[0] ?? '', /^ {4}0 {2}\+00:00:00\.000 {2}goal g-\S+: Make the red test green/);
  assert.match(lines.at(-1) ?? '', /ended: ready$/);
  const part = await m.omk(['goal', 'replay', '--from', '1', '--to', '3', '--format', 'md']);
  assert.deepEqual(
    part.out
      .trimEnd()
      .split('\n')
      .slice(4)
      .map((line) => line.split(' | ')[0]),
    ['| 1', '| 2', '| 3'],
  );
  const followed = await m.omk(['goal', 'replay', '--follow', '--speed', '100000x']);
  assert.equal(followed.out, text.out, 'followed or not, it is the same text');
  const task = JSON.parse((await m.omk(['goal', 'replay', '--task', 't1', '--json'])).out);
  const told: readonly string[] = task.events.flatMap(({ lines: each }: { lines: readonly string[] }) => each);
  assert.ok(told.some((line) => /^gate .* \(contract\)/.test(line)) && !told.some((line) => /baseline/.test(line)));

  const state = await m.omk(['goal', 'replay', '--state']);
  assert.match(state.out, /^REPRODUCED: \d+ events, 1 recorded state compared; status ready$/m, state.err);
  const changed = await m.omk(['goal', 'replay', '--state', '--at', '1', '--diff', '8']);
  assert.match(changed.out, /^\+ .*"tree": /m);

  const bundle = join(m.dir, 'a bundle');
  assert.equal((await m.omk(['goal', 'proof', '--out', bundle])).code, 0);
  const elsewhere = {
    cwd: m.dir,
    env: { OMK_STATE_DIR: join(m.dir, 'nothing'), TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8' },
  };
  assert.equal((await m.omk(['goal', 'replay', bundle], elsewhere)).out, text.out, 'the same bytes elsewhere');
  assert.equal((await m.omk(['goal', 'replay', bundle, '--state'], elsewhere)).code, 0);

  const log = join(bundle, 'events.jsonl');
  const whole = readFileSync(log, 'utf8');
  for (const [args, change, says] of [
    [
      [],
      () => writeFileSync(log, whole.split('\n').slice(0, 9).join('\n') + '\n'),
      /it is not the log of its checkpoint/,
    ],
    [['--state'], () => rmSync(join(bundle, 'checkpoint')), /it is not the log of its checkpoint/],
    [['--execute'], () => rmSync(log), /events\.jsonl cannot be read/],
  ] as const) {
    change();
    const refused = await m.omk(['goal', 'replay', bundle, ...args], elsewhere);
    assert.deepEqual([refused.code, refused.out], [3, ''], refused.err);
    assert.match(refused.err, says);
  }
  writeFileSync(log, whole.replace('Make the red test green', 'Make the red test  red'));
  const edited = await m.omk(['goal', 'replay', bundle], elsewhere);
  assert.equal(edited.code, 3);
  assert.match(edited.err, /cannot be replayed: line 1 does not follow line 0/);
});

test('a part that is not there is said, with what there is', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files);
  const agent = m.agent({ turns: [{ steps: [FIX, { say: 'done' }] }] });
  await m.omk(['run', '--agent', agent, 'Make the red test green']);
  for (const [args, says] of [
    [['--task', 't9'], /worked on no task 't9'\n.*--task t1/],
    [['--from', '900'], /No event lies in the part that was asked for\n.*events 0 to/],
    [['--task', 't1', '--to', '0'], /No event of task 't1' lies in the part/],
    [['--from', 'x'], /--from must be the number of an event or a time/],
    [['--follow', '--speed', '0'], /--speed must be a number above 0/],
    [['--at', '3'], /--at and --diff belong to --state/],
    [['--state', '--at', '900'], /no event 900\n.*from 0 to/],
    [['--format', 'xml'], /--format must be text, md or json/],
  ] as const) {
    const ran = await m.omk(['goal', 'replay', ...args]);
    assert.deepEqual([ran.code, ran.out], [2, ''], args.join(' '));
    assert.match(ran.err, says);
  }
});
