import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { failed, worked } from '../../../app/backlog/outcome.ts';
import type { KnownEntry } from '../../../app/backlog/read.ts';
import type { Clock } from '../../../app/time.ts';
import { OmkError } from '../../../domain/error.ts';
import type { GoalEvent, LoggedEvent } from '../../../domain/goal/event.ts';
import { EMPTY_STATE } from '../../../domain/goal/state.ts';
import type { Output } from '../output/print.ts';
import { watchQueue } from './queue.ts';

const entry = (line: number, prompt: string): KnownEntry => ({
  where: `todo.md:${line}`,
  prompt,
  digest: String(line).repeat(64),
});
const ONE = entry(1, 'Add a flag\nand a test');
const TWO = entry(2, 'Mend the build');
const goal = 'g-20260131-abcdef';

/** What a queue of two goals says, and a hand that moves the clock. */
function watched(
  options: { readonly json?: boolean; readonly verbose?: boolean; readonly preset?: 'scripted' | 'claude' } = {},
) {
  const said = { out: [] as string[], err: [] as string[] };
  let now = 0;
  let look = (): void => undefined;
  let stopped = false;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    random: (bytes) => new Uint8Array(bytes),
    sleep: () => Promise.resolve(),
    after: () => () => undefined,
    every: (_ms, act) => {
      look = act;
      return () => void (stopped = true);
    },
  };
  const output: Output = {
    json: options.json ?? false,
    colour: false,
    columns: null,
    redraws: false,
    out: (text) => said.out.push(text),
    err: (text) => said.err.push(text),
  };
  const agent = { name: 'helper', preset: options.preset ?? ('scripted' as const), argv: ['helper', '--acp'] as const };
  const watch = watchQueue([ONE, TWO], { agent, clock, verbose: options.verbose ?? false }, output);
  return {
    ...watch,
    said,
    isStopped: () => stopped,
    wait: (ms: number): void => {
      now += ms;
      look();
    },
  };
}
const paused: GoalEvent = { type: 'goal.paused', data: { why: 'asked' } };
const event: LoggedEvent = { ...paused, v: 2, seq: 3, ts: '2026-01-01T00:00:00.000Z', prev: '0'.repeat(64) };
const notice = { kind: 'notice', entry: TWO, goal, notice: { kind: 'event', event, state: EMPTY_STATE } } as const;

suite('a queue, told to a person', () => {
  test('says which goal of how many begins, what happens and how it ends', () => {
    const { tell, said } = watched();
    tell({ kind: 'began', entry: ONE, goal, resumed: false });
    tell({ kind: 'began', entry: TWO, goal, resumed: true });
    tell(notice);
    tell({ kind: 'ended', outcome: worked(ONE, goal, { ...EMPTY_STATE, status: 'ready' }, null) });
    assert.deepEqual(said.out, [
      `[1/2] begins ${goal}: Add a flag`,
      `[2/2] goes on with ${goal}: Mend the build`,
      '[2/2] paused: asked',
      `[1/2] ready  ${goal}`,
    ]);
    assert.deepEqual(said.err, []);
  });
  test('says once what an agent may do, unless it is scripted', () => {
    const { tell, said } = watched({ preset: 'claude' });
    tell({ kind: 'began', entry: ONE, goal, resumed: false });
    tell({ kind: 'began', entry: TWO, goal, resumed: false });
    assert.equal(said.err.length, 1);
    assert.match(said.err[0] ?? '', /^starting agent helper \(helper --acp\)/);
  });
  test('warns, and says what went wrong with its fix', () => {
    const { tell, said } = watched();
    tell({ kind: 'notice', entry: ONE, goal, notice: { kind: 'warning', text: 'no\nsandbox' } });
    tell({ kind: 'ended', outcome: failed(ONE, new OmkError('FORGE_ARCHIVED', 'It is archived', 'ask its owner')) });
    assert.deepEqual(said.err, ['warning: no sandbox', 'omk: It is archived\n     ask its owner   [FORGE_ARCHIVED]']);
    assert.deepEqual(said.out, ['[1/2] failed']);
  });
  test('says that nothing is heard of a goal, again when that is twice as long, and not after its end', () => {
    const { tell, wait, said, end, isStopped } = watched();
    tell({ kind: 'began', entry: ONE, goal, resumed: false });
    wait(9 * 60_000);
    assert.deepEqual(said.err, []);
    wait(60_000);
    wait(60_000);
    assert.deepEqual(said.err, ['[1/2] nothing new for 10m 00s']);
    wait(9 * 60_000);
    assert.equal(said.err.length, 2);
    tell({ kind: 'ended', outcome: worked(ONE, goal, EMPTY_STATE, null) });
    wait(600 * 60_000);
    assert.equal(said.err.length, 2);
    end();
    assert.ok(isStopped());
  });
});

suite('a queue, told to a program', () => {
  test('is an object a line, with the goal of each event', () => {
    const { tell, wait, said } = watched({ json: true });
    tell({ kind: 'began', entry: ONE, goal, resumed: false });
    tell(notice);
    wait(11 * 60_000);
    tell({ kind: 'ended', outcome: worked(ONE, goal, { ...EMPTY_STATE, status: 'ready' }, null) });
    const read = said.out.map((line) => JSON.parse(line));
    assert.deepEqual(read[0], { type: 'began', entry: 'todo.md:1', goal, resumed: false });
    assert.deepEqual([read[1].goal, read[1].type, read[1].seq], [goal, 'goal.paused', 3]);
    assert.deepEqual([read[2].type, read[2].ms], ['silence', 11 * 60_000]);
    assert.deepEqual([read.at(-1).type, read.at(-1).status, read.at(-1).exit], ['ended', 'ready', 0]);
    assert.deepEqual(said.err, []);
  });
});
