import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { blocking, readiness } from '../judge/readiness.ts';
import { attemptsOf } from '../goal/attempts.ts';
import type { GoalState } from '../goal/state.ts';
import { isLocked, LOCK, MANIFEST, needing } from '../testing/contents.ts';
import { simulateTasks, type Look, type TasksWorld, type Work } from '../testing/simulate-tasks.ts';
import { tapeOf, tapes, type Tape } from '../testing/tape.ts';
import type { Plan, Task } from '../plan/plan.ts';
import type { Proposal } from '../goal/proposed.ts';
import { taskStatuses } from './status.ts';
import { landedBy } from './view.ts';
import { writeSetsMeet } from './write-set.ts';

const RUNS = Number(process.env['OMK_FC_RUNS'] ?? 100);

/** What no task is asked for, and the goal is. */
const WHOLE = 'whole';

const planOf = (tasks: readonly Pick<Task, 'id' | 'needs' | 'writes'>[], of: readonly string[] = []): Plan => ({
  criteria: [...tasks.map(({ id }) => id), ...of].map((id) => ({
    id: `c-${id}`,
    text: id,
    kind: 'tests',
    ids: [`test ${id}`],
  })),
  tasks: tasks.map((task) => ({ ...task, title: task.id, brief: '', criteria: [`c-${task.id}`] })),
});

const NAMES = ['t1', 't2', 't3', 't4', 't5', 't6'];

/** Each task needs some of those before it, and writes a folder, a file in it, or anything. */
const plans: fc.Arbitrary<Plan> = fc
  .array(fc.record({ needs: fc.nat(), writes: fc.constantFrom([], ['a/'], ['a/x'], ['b/'], ['a/', 'b/y']) }), {
    minLength: 2,
    maxLength: NAMES.length,
  })
  .chain((list) =>
    fc.constantFrom([], [WHOLE], []).map((of) =>
      planOf(
        list.map(({ needs, writes }, index) => ({
          id: NAMES[index] ?? '',
          needs: NAMES.slice(0, index).filter((_, bit) => ((needs >> bit) & 3) === 3),
          writes,
        })),
        of,
      ),
    ),
  );

/** Mostly its part, now and then nothing, something broken, a file of all, or what breaks only with others' work. */
const anyWork: Work = (task, attempt, tape, start) => {
  if (task === 'final-1') return tape.pick({ [WHOLE]: 'good' }, {}, { [WHOLE]: 'half' }, { base: 'bad' });
  return tape.pick(
    { [task]: 'good' },
    { [task]: `good ${attempt}`, shared: task },
    { [task]: 'good:left' },
    { [task]: 'good:right' },
    { [task]: 'good' },
    { base: 'bad', [task]: 'good' },
    { [task]: 'half' },
    { [task]: 'good', t2: 'good', t4: 'good' },
    { [task]: 'good', [`own-${task}`]: 'strict' },
    { [task]: 'good', lib: 'broken', 'own-t1': 'weak' },
    { [task]: 'good', ...needing(start, task) },
    { [task]: 'good', ...needing(start, task) },
    { [task]: 'good', ...needing(start, task), [LOCK]: 'stale' },
    {},
  );
};

/** Mostly a further task, now and then one that the rules refuse. */
const anyProposal = (task: string, tape: Tape): Proposal => ({
  title: tape.pick(`more after ${task}`, 'more', task),
  brief: '',
  needs: tape.pick([], [task], ['t1'], ['nowhere']),
  writes: tape.pick([], ['a/'], ['.git/']),
  criteria: tape.pick([], [], ['c-t1'], ['c-nowhere']),
  why: tape.pick('it is missing', ''),
});

const worlds = fc.record({
  plan: plans,
  numbers: tapes,
  maxAgents: fc.integer({ min: 1, max: 4 }),
  crashes: fc.nat(4),
  resumes: fc.nat(2),
  other: fc.constantFrom({}, { fallbackAgent: { name: 'other', preset: null, argv: ['other'] } } as const),
});

interface Played {
  readonly state: GoalState;
  readonly plan: Plan;
}

const holds = (check: (played: Played) => void, look: Look = () => undefined, numRuns = RUNS) =>
  fc.assert(
    fc.property(worlds, ({ plan, numbers, maxAgents, crashes, resumes, other }) => {
      const options = { maxAgents, maxTurns: 2, ...other };
      const world: TasksWorld = {
        plan,
        options,
        work: anyWork,
        crashes,
        resumes,
        failing: true,
        proposes: anyProposal,
      };
      check({ state: simulateTasks(world, tapeOf(numbers), look), plan });
    }),
    { numRuns },
  );

const open = ({ attempts }: GoalState) => attempts.filter(({ ended }) => ended === null);

suite('many tasks, whatever their agents do and however often omk is ended', () => {
  test('the goal always ends, and is ready only where every task landed and nothing is open', () => {
    const reached = new Map<string, number>();
    const seen = new Set<string>();
    const check = ({ state, plan }: Played): void => {
      reached.set(state.status, (reached.get(state.status) ?? 0) + 1);
      assert.notEqual(state.status, 'running');
      assert.ok(state.added.filter(({ origin }) => origin?.kind === 'proposed').length <= 5);
      if (state.status !== 'ready') return;
      assert.deepEqual(blocking(readiness(state)), []);
      const done = state.tasks.filter((task) => task.done !== null).map(({ id }) => id);
      const there = new Set([...state.landed.map(({ task }) => task), ...done]);
      assert.ok((state.plan ?? plan).tasks.every(({ id }) => there.has(id)));
      assert.ok(state.landed.length > 0);
      assert.equal(state.integrated?.tree, state.head?.tree);
    };
    const others = new Set<number>();
    holds(check, (_, { type, data }) => {
      seen.add(type === 'task.proposed' ? data.ruling.kind : type);
      if (type === 'attempt.started' && data.agent) others.add(data.attempt);
    });
    // What is seen now and then needs many worlds; mutation testing makes few.
    if (RUNS < 100) return;
    assert.ok(others.size > 0, 'the other agent works now and then');
    for (const type of ['task.returned', 'task.given_up', 'task.dropped', 'task.added', 'accepted', 'refused'])
      assert.ok(seen.has(type), type);
    assert.ok((reached.get('ready') ?? 0) > RUNS / 20, JSON.stringify([...reached]));
    assert.ok((reached.get('not_ready') ?? 0) > RUNS / 20, JSON.stringify([...reached]));
  });

  test('no more attempts are alive than agents are allowed, and no two of tasks whose write sets meet', () => {
    holds(
      () => undefined,
      (state) => {
        const alive = open(state);
        assert.ok(alive.length <= (state.created?.options.maxAgents ?? 1));
        assert.equal(new Set(alive.map(({ task }) => task)).size, alive.length);
        const writes = alive.map(({ task }) => state.plan?.tasks.find(({ id }) => id === task)?.writes ?? []);
        for (const [index, one] of writes.entries())
          for (const other of writes.slice(index + 1)) assert.equal(writeSetsMeet(one, other), false);
      },
    );
  });

  test('a task starts only from a head that holds what it needs', () => {
    holds(
      () => undefined,
      (state, event) => {
        if (event.type !== 'attempt.started') return;
        const needs = state.plan?.tasks.find(({ id }) => id === event.data.task)?.needs ?? [];
        const held = landedBy(state, event.data.base);
        assert.ok(needs.every((need) => held.includes(need)));
      },
    );
  });

  test('accepted work is never lost: it lands, waits, or goes back with a reason', () => {
    holds(({ state }) => {
      for (const task of state.tasks)
        for (const attempt of attemptsOf(state, task.id)) {
          if (attempt.ended !== 'accepted') continue;
          const isReturned = task.returned.some((each) => each.attempt === attempt.attempt);
          const isThere = [task.accepted?.attempt, task.integrated?.attempt].includes(attempt.attempt);
          assert.ok(isReturned || isThere, `attempt ${attempt.attempt} of ${task.id}`);
        }
    });
  });

  test('what lands is locked for all that its tasks need, also where manifests were joined', () => {
    let [remade, failed] = [0, 0];
    holds(
      () => undefined,
      (state, event, contents) => {
        if (event.type === 'trees.merged') {
          if (event.data.merged.kind === 'clean') remade += event.data.merged.remade ? 1 : 0;
          else failed += event.data.merged.why === undefined ? 0 : 1;
        }
        if (event.type !== 'tasks.integrated') return;
        const result = contents.of(event.data.tree);
        assert.ok(isLocked(result));
        const needs = (result[MANIFEST] ?? '').split(' ');
        for (const { task, candidate } of state.landed)
          if (contents.of(candidate)[MANIFEST]?.split(' ').includes(task)) assert.ok(needs.includes(task), task);
      },
      // A lock file that cannot be made again is one in four of those few that are.
      RUNS * 4,
    );
    if (RUNS < 100) return;
    assert.ok(remade > 0 && failed > 0, `${remade} made again, ${failed} not`);
  });

  test('an agent gets no more attempts than are allowed, the other one more, and what is given up has had all', () => {
    holds(
      ({ state }) => {
        for (const { id, givenUp } of state.tasks)
          if (givenUp && state.created?.options.fallbackAgent)
            assert.ok(
              attemptsOf(state, id).some(({ agent }) => agent === 'fallback'),
              id,
            );
      },
      (state, event) => {
        if (event.type !== 'attempt.started') return;
        const own = attemptsOf(state, event.data.task);
        const allowed = state.tasks.find(({ id }) => id === event.data.task)?.allowed ?? 0;
        assert.ok(own.filter(({ agent }) => agent === undefined).length <= allowed);
        if (event.data.agent) assert.ok(state.created?.options.fallbackAgent);
      },
    );
  });

  test('what depends on a task that is given up is dropped, and nothing else is', () => {
    holds(({ state, plan }) => {
      const statuses = taskStatuses(state);
      for (const { id, needs } of plan.tasks) {
        const lost = needs.some((need) => ['given_up', 'dropped'].includes(statuses.get(need)?.kind ?? ''));
        assert.equal(statuses.get(id)?.kind === 'dropped', lost, id);
      }
    });
  });
});

test('plans whose changes do not meet end in the same tree, whatever the schedule', () => {
  const honest: Work = (task) => (task === 'final-1' ? { [WHOLE]: 'good' } : { [task]: 'good' });
  fc.assert(
    fc.property(plans, tapes, tapes, fc.integer({ min: 1, max: 4 }), (plan, one, other, maxAgents) => {
      const ends = [
        simulateTasks({ plan, options: { maxAgents }, work: honest, crashes: 2, resumes: 0 }, tapeOf(one)),
        simulateTasks({ plan, options: { maxAgents: 1 }, work: honest, crashes: 0, resumes: 0 }, tapeOf(other)),
      ];
      assert.deepEqual(
        ends.map(({ status }) => status),
        ['ready', 'ready'],
      );
      assert.equal(ends[0]?.head?.tree, ends[1]?.head?.tree);
    }),
    { numRuns: RUNS },
  );
});

test('work that keeps tests from failing goes back, whatever is merged with it, and what lands was run with a canary', () => {
  const plan = planOf(['t1', 't2', 't3'].map((id) => ({ id, needs: [], writes: [] })));
  const work: Work = (task, attempt) => ({
    [task]: `good ${attempt}`,
    // What it did before is there, as it came back.
    ...(task === 't2' ? { quiet: attempt <= 3 ? 'yes' : '' } : {}),
  });
  fc.assert(
    fc.property(tapes, (numbers) => {
      const canaries = new Set<string>();
      const world: TasksWorld = { plan, options: { maxAgents: 3 }, work, crashes: 1, resumes: 0 };
      const state = simulateTasks(world, tapeOf(numbers), (_, { type, data }) => {
        if (type === 'gate.measured' && data.purpose === 'canary') canaries.add(data.tree);
        if (type === 'tasks.integrated') assert.ok(canaries.has(data.tree));
      });
      assert.equal(state.status, 'ready');
      const began = attemptsOf(state, 't2')[0]?.attempt ?? 0;
      const returned = state.tasks.find(({ id }) => id === 't2')?.returned ?? [];
      assert.equal(
        returned.some(({ attempt, why }) => attempt === began && why.kind === 'red'),
        began <= 3,
      );
      const others = state.tasks.filter(({ id }) => id !== 't2').flatMap((each) => each.returned);
      assert.deepEqual(others, []);
    }),
    { numRuns: Math.ceil(RUNS / 4) },
  );
});
