import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { suite, test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import type { LiveTask } from '../../../app/live/tasks.ts';
import type { LiveGate } from '../../../app/live/view.ts';
import { gateLine, gateLines } from './gates.ts';
import { line, type Piece } from './line.ts';
import { queueLine, tally, taskLines } from './render-tasks.ts';

const text = (pieces: readonly Piece[]): string => line(pieces, { columns: 200, colour: false });
const gate = (id: string, state: LiveGate['state'], detail: string | null = null): LiveGate => ({ id, state, detail });
const task = (id: string, status: LiveTask['status'], more: Partial<LiveTask> = {}): LiveTask => ({
  id,
  title: `title of ${id}`,
  status,
  since: 0,
  step: null,
  tokens: 0n,
  ...more,
});

suite('gates', () => {
  test('have a mark and a word for each state, in one column', () =>
    assert.deepEqual(
      gateLines([
        gate('unit', 'pass'),
        gate('e2e', 'fail', 'E\nX'),
        gate('x', 'not_measured'),
        gate('y', 'waiting'),
      ]).map(text),
      ['  ✓ unit  pass', '  ✗ e2e   fail  E X', '  ? x     not measured', '  · y     waiting'],
    ));
  const STATES: readonly LiveGate['state'][] = ['pass', 'fail', 'not_measured', 'not_applicable', 'running', 'waiting'];
  test('property: of many, none that failed is hidden by one that passed, and the rest is counted', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STATES), { minLength: 9, maxLength: 20 }), (states) => {
        const lines = gateLines(states.map((state, at) => gate(`g${at}`, state))).map(text);
        assert.equal(lines.length, 9);
        const failed = states.filter((state) => state === 'fail').length;
        assert.equal(lines.filter((each) => each.includes('✗')).length, Math.min(failed, 8));
        const rest = [...(lines.at(-1) ?? '').matchAll(/(\d+) (?!more)[a-z]/g)].reduce(
          (sum, [, n]) => sum + Number(n),
          0,
        );
        assert.equal(rest, states.length - 8);
      }),
    ));
  test('on one line begin with what needs a look', () => {
    assert.equal(
      text(gateLine([gate('a', 'pass'), gate('b', 'running'), gate('c', 'fail')])),
      '  gates    ✗ c  ▸ b  ✓ a',
    );
    assert.equal(text(gateLine([])), '  gates    none yet');
  });
});

suite('tasks', () => {
  const working = task('t1', { kind: 'working', attempt: 1 }, { step: 'Edit\na.js', tokens: 12_345n });
  const done = task('t10', { kind: 'done' });
  test('say what their agent does, else what they are', () =>
    assert.deepEqual(taskLines([working, done], 5, 72_000).map(text), [
      '  ▸ t1   working     1m 12s   12.3k  Edit a.js',
      '  ✓ t10  done before 1m 12s          title of t10',
    ]));
  test('property: the number of lines depends on the room alone, and what is worked on stays', () =>
    fc.assert(
      fc.property(fc.nat({ max: 12 }), fc.integer({ min: 1, max: 6 }), (settled, most) => {
        const all = [...Array.from({ length: settled }, (_, at) => ({ ...done, id: `d${at}` })), working];
        const lines = taskLines(all, most, 0).map(text);
        assert.equal(lines.length, Math.min(all.length, most));
        if (most > 1 || all.length === 1) assert.ok(lines.some((each) => each.includes('working')));
      }),
    ));
  test('are counted by state', () => assert.equal(tally([working, done, done]), '1 working, 2 done before'));
  test('that wait to land are named', () => {
    const queued = (id: string): LiveTask => task(id, { kind: 'queued', attempt: 1, candidate: 'a' });
    const landed = task('t3', { kind: 'integrated', attempt: 1, commit: 'c', tree: 't' });
    assert.equal(text(queueLine([queued('t1'), landed])), '  queue    t1 waits; 1 of 2 landed');
    assert.equal(text(queueLine([queued('t1'), queued('t2')])), '  queue    t1, t2 wait; 0 of 2 landed');
    assert.equal(text(queueLine([landed])), '  queue    nothing waits; 1 of 1 landed');
  });
});

test('property: a line has no more columns than the terminal, and colour changes no character of it', () => {
  const pieces = fc.array(
    fc.record({ text: fc.stringMatching(/^[a-zé漢 ]*$/), style: fc.constantFrom<'red' | 'dim'>('red', 'dim') }),
  );
  fc.assert(
    fc.property(pieces, fc.nat({ max: 30 }), (all, columns) => {
      const bare = line(all, { columns, colour: false });
      const coloured = line(all, { columns, colour: true });
      assert.equal(stripVTControlCharacters(coloured).trimEnd(), bare);
    }),
  );
});
