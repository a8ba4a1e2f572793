import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoggedEvent } from '../../../../domain/goal/event.ts';
import { created } from '../../../../domain/testing/build.ts';
import { openOutput } from '../../output/print.ts';
import { askedOf, type ReplayFlags } from './replay-asked.ts';
import { replayState } from './replay-state.ts';

const IDLE: readonly (readonly [ReplayFlags, RegExp])[] = [
  [{ state: true, execute: true }, /^--state and --execute cannot/],
  ...[{ state: true } as const, { execute: true } as const].flatMap((whole): (readonly [ReplayFlags, RegExp])[] => [
    [{ ...whole, task: 't1' }, /^--task is for the timeline/],
    [{ ...whole, from: '1' }, /^--from is for the timeline/],
    [{ ...whole, to: '1' }, /^--to is for the timeline/],
    [{ ...whole, follow: true }, /^--follow is for the timeline/],
    [{ ...whole, speed: '1x' }, /^--speed is for the timeline/],
    [{ ...whole, format: 'md' }, /^--(state|execute) prints text or json/],
  ]),
  [{ at: '1' }, /belong to --state/],
  [{ execute: true, at: '1' }, /belong to --state/],
  [{ state: true, diff: '1' }, /compares with --at/],
  [{ gates: 'recorded' }, /belongs to --execute/],
  [{ state: true, gates: 'run' }, /belongs to --execute/],
  [{ speed: '2x' }, /belongs to --follow/],
  [{ follow: true, format: 'md' }, /^--follow prints/],
  [{ json: true, format: 'md' }, /^--json and --format md/],
];

test('a flag that would do nothing is refused', () => {
  for (const [flags, message] of IDLE)
    assert.throws(() => askedOf(flags), { code: 'FLAG_INVALID', exit: 2, message }, JSON.stringify(flags));
  for (const flags of [
    {},
    { state: true, at: '1', diff: '2', format: 'json' },
    { execute: true, gates: 'run' },
  ] as const)
    assert.doesNotThrow(() => askedOf(flags));
});

test('what changed between two states is JSON where that is asked for', () => {
  const line = { v: 2, ts: '2026-01-31T00:00:00.000Z', prev: '0'.repeat(64) } as const;
  const events: readonly LoggedEvent[] = [{ type: 'goal.created', data: created(), ...line, seq: 0 }];
  const printed = (format: string, diff?: string, at = '1'): string => {
    const out: string[] = [];
    const output = { ...openOutput(false), out: (text: string) => void out.push(text) };
    const asked = askedOf({ state: true, at, format, ...(diff === undefined ? {} : { diff }) });
    assert.equal(replayState({ goal: 'g-1', events }, asked, output), 0);
    return out.join('\n');
  };
  assert.deepEqual(JSON.parse(printed('json', '1')), { goal: 'g-1', at: 1, diff: 1, changed: [] });
  assert.deepEqual(JSON.parse(printed('json')), JSON.parse(printed('text')));
  const came = printed('text', '1', '0').split('\n');
  assert.match(came[0] ?? '', /^- /, 'what went, and then what came in its place');
  assert.match(came.find((line) => !line.startsWith('- ')) ?? '', /^\+ /);
});
