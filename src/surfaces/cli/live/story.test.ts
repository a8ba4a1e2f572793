import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Notice } from '../../../app/notice.ts';
import type { GoalEvent, LoggedEvent } from '../../../domain/goal/event.ts';
import { EMPTY_STATE, type GoalState } from '../../../domain/goal/state.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { shows } from '../../../domain/testing/build.ts';
import { NOT_NOTICED, withOwnTests } from '../../../domain/testing/own-tests.ts';
import { endReady, play } from '../../../domain/testing/ready.ts';
import { simulateTasks } from '../../../domain/testing/simulate-tasks.ts';
import { tapeOf } from '../../../domain/testing/tape.ts';
import { evolve } from '../../../domain/transition/evolve.ts';
import { timeline, timelineText } from '../text/timeline.ts';
import { brief, planLines, startLines } from './brief.ts';
import { verdictLines } from './verdicts.ts';

const logged = (event: GoalEvent, seq: number): LoggedEvent => ({
  ...event,
  v: 2,
  seq,
  ts: new Date(seq * 1000).toISOString(),
  prev: '0'.repeat(64),
});

type Told = Extract<Notice, { kind: 'event' }>;
function notices(events: readonly GoalEvent[]): readonly Told[] {
  let state: GoalState = EMPTY_STATE;
  return events.map((event, seq) => {
    state = evolve(state, event);
    return { kind: 'event', event: logged(event, seq), state };
  });
}
const story = (events: readonly GoalEvent[]): readonly string[] => notices(events).flatMap(brief());

function manyTasks(): readonly GoalEvent[] {
  const ids = ['t1', 't2', 't3'];
  const plan: Plan = {
    criteria: ids.map((id) => ({ id: `c-${id}`, text: id, kind: 'tests', ids: [`test ${id}`] })),
    tasks: ids.map((id) => ({
      id,
      title: id,
      brief: '',
      needs: id === 't3' ? ['t1'] : [],
      writes: [],
      criteria: [`c-${id}`],
    })),
  };
  const events: GoalEvent[] = [];
  const world = {
    plan,
    options: { maxAgents: 3 },
    work: (task: string) => ({ [task]: 'good' }),
    crashes: 0,
    resumes: 0,
  };
  simulateTasks(world, tapeOf([0]), (_state, event) => {
    if (event) events.push(event);
  });
  return events;
}

suite('a run in words for a pipe', () => {
  test('says what runs, what the base says, and what the agent does', () =>
    assert.deepEqual(story(endReady()), [
      'running on the base: test',
      'on the base: test fails (1 of 2 tests)',
      'scripted works',
      'scripted stopped after 0.0s: 0 files changed',
    ]));

  test('says before the work that tests come with it, and after each turn what the gates say', () => {
    const lines = story(play(withOwnTests({ hollow: NOT_NOTICED, options: { maxAttempts: 1, maxTurns: 2 } })).events);
    assert.match(lines[2] ?? '', /^nothing fails yet, so the agent writes tests with its change/);
    assert.deepEqual(lines.slice(-4), [
      'judged: the new tests pass also where the functions of the change do nothing (subtract): ' +
        'they do not test what the change does (G_OWN_TESTS)',
      'scripted goes on (turn 2)',
      'judged: gate test passes',
      'attempt 1: ended, no progress',
    ]);
  });

  test('of several tasks begins each line with the task', () => {
    const lines = story(manyTasks());
    assert.ok(lines.includes('the plan has 3 tasks; up to 3 are worked on at once'));
    for (const id of ['t1', 't2', 't3']) {
      assert.ok(lines.includes(`${id}: scripted works`));
      assert.equal(lines.filter((line) => line.startsWith(`task ${id} integrated as `)).length, 1);
    }
    const at = (line: RegExp): number => lines.findIndex((each) => line.test(each));
    assert.ok(at(/^task t1 integrated/) < at(/^t3: scripted works/), 'what a task needs lands before it begins');
    assert.ok(at(/^t1: scripted stopped .* files? changed$/) !== -1);
    assert.ok(at(/^t3: scripted stopped .* files? changed since the base$/) !== -1, 'it is built on others');
  });
});

test('a goal that was just made is named; where no picture shows it, what runs first is said too', () => {
  const all = notices(endReady());
  const made = all.flatMap((notice) => startLines(notice, true));
  assert.equal(made.length, 1);
  assert.match(made[0] ?? '', /^goal g-/);
  assert.ok(all.flatMap((notice) => startLines(notice, false)).includes('running on the base: test'));
});

test('above a picture stands only what it does not show: plans and what came of sessions before the work', () => {
  const lines = notices(play(withOwnTests()).events).flatMap(planLines);
  assert.ok(lines.some((line) => line.startsWith('nothing fails yet')));
  assert.ok(!lines.some((line) => /works|stopped/.test(line)));
  assert.deepEqual(planLines({ kind: 'warning', text: 'x' }), []);
});

suite('what the gates say', () => {
  const settled = (events: readonly GoalEvent[]): readonly string[] => notices(events).flatMap(verdictLines);
  test('is said when all of it is settled', () => assert.deepEqual(settled(endReady()), ['judged: gate test passes']));
  test('says why a gate fails', () => {
    const red = withOwnTests({ delivered: shows({ failed: ['adds'] }), options: { maxAttempts: 1, maxTurns: 1 } });
    assert.match(settled(play(red).events)[0] ?? '', /^judged: gate test fails: .*\(E_[A-Z_]+\)$/);
  });
  test('where work goes back for what no gate sees, says so', () => {
    const all = endReady();
    const before = all.slice(
      0,
      all.findIndex(({ type }) => type === 'attempt.ended'),
    );
    const events = before.flatMap((event): readonly GoalEvent[] => {
      if (event.type === 'candidate.examined')
        return [{ ...event, data: { ...event.data, secrets: [{ path: 'a.js', line: 1, kind: 'token' }] } }];
      if (event.type !== 'snapshot.taken') return [event];
      const refused = [{ path: 'b', code: 'E_DOT_GIT', detail: 'it lies in .git' }] as const;
      return [{ ...event, data: { ...event.data, snapshot: { ...event.data.snapshot, refused } } }];
    });
    const again = events.flatMap((event): readonly GoalEvent[] =>
      event.type === 'turn.started' ? [{ ...event, data: { ...event.data, turn: 2 } }] : [],
    );
    const lines = settled([...events, ...again]);
    assert.ok(
      lines.some((line) => /^judged: what looks like a secret was written .*a\.js:1 .*\(G_SECRET\)$/.test(line)),
      lines.join('\n'),
    );
    assert.ok(lines.includes('judged: b cannot be delivered: it lies in .git (G_PATHS_REFUSED)'), lines.join('\n'));
  });
  test('where work goes back, says also what no gate says', () => {
    const back = play(withOwnTests({ hollow: NOT_NOTICED, options: { maxAttempts: 1, maxTurns: 2 } })).events;
    assert.match(settled(back)[1] ?? '', /^judged: the new tests pass also where .*\(G_OWN_TESTS\)$/);
  });
});

test('a log as a timeline has a line for each event at least, with its time since the first', () => {
  const events = endReady().map(logged);
  const entries = timeline(events);
  assert.deepEqual(
    entries.map(({ seq }) => seq),
    events.map(({ seq }) => seq),
  );
  assert.ok(entries.every(({ lines }) => lines.length > 0 && lines.every((line) => !line.includes('\n'))));
  assert.match(entries.flatMap(timelineText)[2] ?? '', /^ {4}2 {2}\+00:00:02\.000 {2}\S/);
});
