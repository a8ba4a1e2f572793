import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { canonical } from '../canonical.ts';
import type { GoalEvent } from '../goal/event.ts';
import { created } from '../testing/build.ts';
import { anyEvents } from '../testing/events.ts';
import { readPlaces, withoutPlaces, withPlaces } from './places.ts';
import { upcast } from './upcast.ts';

const EMPTY = { v: 2, seq: 0, ts: '', prev: '' } as const;

suite('paths of the machine', () => {
  test('are in no line, and come back from beside it', () => {
    const heldOut = { commitment: 'c', paths: [], hidden: ['/home/user/checks'], oracle: 'tree' };
    const event: GoalEvent = { type: 'goal.created', data: created({ heldOut, costTracker: '/home/user/costs.csv' }) };
    const { data, places } = withoutPlaces(event);
    assert.doesNotMatch(canonical(data), /"\//);
    const back = upcast({ ...EMPTY, type: event.type, data: { ...data } }, readPlaces(canonical(places)));
    assert.deepEqual(back, { ...EMPTY, ...event });
  });

  test('so are those of agents, whose names stay', () => {
    const spec = {
      name: 'a',
      preset: null,
      argv: ['/home/me/bin/agent', '--rules=/home/me/x/rules.toml', 'https://h/a/b', 'x'],
    } as const;
    const event: GoalEvent = {
      type: 'goal.created',
      data: { ...created({ fallbackAgent: spec, roleAgents: { planner: spec } }), agent: spec, programs: 'named' },
    };
    const { data, places } = withoutPlaces(event);
    const line = canonical(data);
    assert.doesNotMatch(line, /home/);
    assert.equal(line.split('"{program}/agent","--rules={program}/rules.toml","https://h/a/b","x"').length, 4);
    const back = upcast({ ...EMPTY, type: event.type, data: { ...data } }, readPlaces(canonical(places)));
    assert.deepEqual(back, { ...EMPTY, ...event });
    const former = { type: 'goal.created', data: { ...created(), agent: spec } } as const;
    assert.match(canonical(withoutPlaces(former).data), /"\/home\/me\/bin\/agent"/, 'a log of before has them');
  });

  test('where they are not known, as in a proof, they are empty and the rest is whole', () => {
    const attempt = { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w/1' } } as const;
    const { data } = withoutPlaces(attempt);
    assert.deepEqual(data, { attempt: 1, task: 't1' });
    assert.deepEqual(withPlaces('attempt.started', { ...data }, null), { attempt: 1, task: 't1', worktree: '' });
    for (const text of ['{', '3', 'null', '["/a"]']) assert.equal(readPlaces(text), null, text);
    assert.deepEqual(readPlaces('{"root":1,"hidden":["/a",2]}'), { hidden: ['/a'] });
  });

  test('every event comes back as it was', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        for (const event of events) {
          const { data, places } = withoutPlaces(event);
          const back = upcast(
            { ...EMPTY, type: event.type, data: { ...data } },
            readPlaces(places && canonical(places)),
          );
          assert.equal(canonical(back.data), canonical(event.data));
        }
      }),
    );
  });

  test('a line of version 1 has its paths in it', () => {
    const raw = { ...EMPTY, v: 1, type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w' } } as const;
    assert.deepEqual(upcast(raw, { worktree: '/other' }), raw);
  });
});
