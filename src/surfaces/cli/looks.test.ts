import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { z } from 'zod';
import { givenChange } from '../../domain/testing/given.ts';
import { endReady, play } from '../../domain/testing/ready.ts';
import { simulate } from '../../domain/testing/simulate.ts';
import { tapeOf, tapeWorld } from '../../domain/testing/tape.ts';
import { width } from './text/width.ts';
import { eventsOfTasks, leaveGoal } from './testing/goals.ts';
import { omkHere, ownMachine } from './testing/here.ts';

ownMachine({ after });

const TASKS = {
  plan: {
    criteria: ['t1', 't2', 't3'].map((id) => ({
      id: `c-${id}`,
      text: id,
      kind: 'tests' as const,
      ids: [`test ${id}`],
    })),
    tasks: ['t1', 't2', 't3'].map((id) => ({
      id,
      title: `Do part ${id}`,
      brief: '',
      needs: id === 't3' ? ['t1'] : [],
      writes: [],
      criteria: [`c-${id}`],
    })),
  },
  work: (task: string) => ({ [task]: 'good' }),
  crashes: 1,
  resumes: 1,
} as const;

/** Goals of every kind that a person looks at, by name. */
const GOALS = {
  ready: 'g-20260131-ready2',
  tasks: 'g-20260131-tasks2',
  given: 'g-20260131-given2',
  new: 'g-20260131-newer2',
} as const;
const OTHERS = Array.from({ length: 12 }, (_, at) => `g-20260131-other${String.fromCharCode(97 + at)}`);

const ALL = [...Object.values(GOALS), ...OTHERS];

async function leaveAll(): Promise<void> {
  await leaveGoal(GOALS.ready, endReady());
  await leaveGoal(GOALS.tasks, eventsOfTasks(TASKS, [3, 1, 4, 1, 5, 9, 2, 6]));
  await leaveGoal(GOALS.given, play(givenChange()).events);
  await leaveGoal(GOALS.new, endReady().slice(0, 1));
  for (const [at, goal] of OTHERS.entries())
    await leaveGoal(goal, simulate(tapeWorld(tapeOf([at * 37, at * 11 + 3, at, 7, 2, at * 5, 1]))).events);
}

before(leaveAll);

/** What only looks: it ends with 0 for every goal, or says why there is nothing to see. */
const LOOKS: readonly (readonly string[])[] = [
  ['goal', 'status'],
  ['goal', 'show'],
  ['goal', 'budget'],
  ['goal', 'log'],
  ['goal', 'replay'],
  ['goal', 'plan'],
  ['goal', 'why', '--goal'],
  ['goal', 'proof'],
];
const NOTHING_TO_SEE = new Set(['TURN_NOT_FOUND', 'NO_CANDIDATE', 'PROOF_MISSING', 'PATCH_MISSING']);

suite('commands that look', () => {
  for (const words of LOOKS)
    test(`omk ${words.join(' ')} shows every goal, in lines without riddles`, async () => {
      for (const goal of ALL) {
        const { code, out, err } = await omkHere([...words, goal]);
        const said = /\[([A-Z_]+)\]$/m.exec(err)?.[1] ?? null;
        if (code !== 0) assert.ok(said !== null && NOTHING_TO_SEE.has(said), `${goal}: ${code} ${out}${err}`);
        assert.notEqual(`${out}${err}`.trim(), '', `nothing is said of ${goal}`);
        assert.doesNotMatch(`${out}${err}`, /undefined|\bNaN\b|\[object|\bnull\b/, goal);
        for (const line of out.split('\n')) assert.equal(line, line.trimEnd(), `${goal}: '${line}' ends in spaces`);
      }
    });
});

const goal = z.string().regex(/^g-\d{8}-\w+$/);
const time = z.iso.datetime();
const summary = {
  goal,
  repository: z.string(),
  title: z.string(),
  status: z.string(),
  createdAt: time,
  updatedAt: time,
};
const gap = z.looseObject({
  kind: z.enum(['blocking', 'known']),
  code: z.string(),
  subject: z.string(),
  text: z.string(),
});
const error = z.strictObject({
  error: z.strictObject({ code: z.string().regex(/^[A-Z_]+$/), message: z.string().min(1), fix: z.string().min(1) }),
});

/** What each command prints as JSON. A field more or less is a change that programs notice. */
const SHAPES: Readonly<Record<string, z.ZodType>> = {
  'goal status': z.strictObject({
    ...summary,
    attempt: z.number().nullable(),
    turn: z.number().nullable(),
    question: z.looseObject({ id: z.string(), code: z.string(), text: z.string() }).nullable(),
    events: z.number(),
    worker: z.string().nullable(),
  }),
  'goal show': z.strictObject({
    goal,
    status: z.string(),
    folder: z.string(),
    disk: z.strictObject({
      folder: z.number(),
      worktrees: z.array(z.strictObject({ attempt: z.number(), bytes: z.number() })),
    }),
    gaps: z.array(gap),
    tasks: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        status: z.looseObject({ kind: z.string() }),
        since: time,
        attempts: z.array(z.number()),
        agent: z.string(),
        tokens: z.string().regex(/^\d+$/),
      }),
    ),
    state: z.looseObject({ status: z.string() }),
  }),
  'goal budget': z.looseObject({
    version: z.literal(1),
    goal_id: goal,
    generated_at: time,
    used_tokens: z.number(),
    spent_seconds: z.number(),
    checkpoints: z.array(z.unknown()),
  }),
  'goal log': z.strictObject({
    goal,
    turns: z.array(
      z.looseObject({
        attempt: z.number(),
        turn: z.number(),
        outcome: z.string().nullable(),
        entries: z.array(z.unknown()),
      }),
    ),
  }),
  'goal replay': z.strictObject({
    goal,
    events: z.array(
      z.strictObject({ seq: z.number(), afterMs: z.number(), type: z.string(), lines: z.array(z.string()) }),
    ),
  }),
  'goal plan': z.strictObject({
    goal,
    plan: z.looseObject({ criteria: z.array(z.unknown()), tasks: z.array(z.unknown()) }).nullable(),
    checks: z.unknown(),
    approved: z.boolean(),
  }),
  'goal why --goal': z.array(z.strictObject({ task: z.string(), text: z.string(), fix: z.string().nullable() })),
};

suite('commands that look, for programs', () => {
  for (const [words, shape] of Object.entries(SHAPES))
    test(`omk ${words} --json has the shape that it always had, or says why not in one line`, async () => {
      for (const name of ALL) {
        const { code, out, err } = await omkHere([...words.split(' '), name, '--json']);
        if (!words.startsWith('goal show')) assert.equal(err, '');
        assert.doesNotThrow(() => (code === 0 ? shape : error).parse(JSON.parse(out)), `${name}: ${out.slice(0, 300)}`);
      }
    });

  test('lists of nothing are empty lists', async () => {
    for (const words of [
      ['worktrees', 'list'],
      ['gates', 'flaky'],
    ])
      assert.deepEqual(JSON.parse((await omkHere([...words, '--json'])).out), [], words.join(' '));
    assert.deepEqual(JSON.parse((await omkHere(['cost', '--json'])).out).rows, []);
    assert.match((await omkHere(['cost'])).out, /^no usage reported yet\n$/);
  });
});

suite('a list of goals', () => {
  test('has a row for each, newest first, and the same as JSON', async () => {
    const { code, out } = await omkHere(['goal', 'list', '--all']);
    const listed = z
      .array(
        z.strictObject({ ...summary, worker: z.string().nullable().optional(), root: z.string(), there: z.boolean() }),
      )
      .parse(JSON.parse((await omkHere(['goal', 'list', '--all', '--json'])).out));
    assert.equal(code, 0);
    assert.deepEqual(
      out
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(' ')[0]),
      listed.map((one) => one.goal),
    );
    assert.equal(listed.length, ALL.length);
    assert.match(out, /interrupted \(no process works on it\)/, 'of one that runs nowhere');
    assert.match(out, /\/r \(not there\)/);
  });

  test('fits a narrow terminal', async () => {
    const { out } = await omkHere(['goal', 'list', '--all'], 60);
    for (const line of out.trimEnd().split('\n')) assert.ok(width(line) <= 60, line);
  });
});

suite('a goal that is not there', () => {
  test('ends each command with exit code 2, one sentence, what mends it and a code', async () => {
    for (const words of [
      ...LOOKS,
      ['goal', 'diff'],
      ['goal', 'watch'],
      ['goal', 'resume'],
      ['goal', 'apply'],
      ['goal', 'rm'],
    ]) {
      const { code, out, err } = await omkHere([...words, 'g-20260131-nobody']);
      assert.equal(code, 2, words.join(' '));
      assert.equal(out, '');
      assert.match(err, /^omk: [A-Z].*[^.]\n {5}\S.* {3}\[[A-Z_]+\]\n$/, words.join(' '));
    }
  });

  test('is told apart from a name that fits several', async () => {
    const none = await omkHere(['goal', 'show', 'g-19990101']);
    assert.match(none.err, /There is no goal 'g-19990101'/);
    const several = await omkHere(['goal', 'show', 'g-20260131']);
    assert.equal(several.code, 2);
    assert.match(several.err, /matches \d+ goals/);
    assert.match(several.err, /\[GOAL_AMBIGUOUS\]/);
  });
});
