import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { Answer, Question } from '../../domain/evidence/question.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { checkGate, FIX, gateSpec, policyOf } from '../../domain/testing/build.ts';
import { fakeVault } from '../../world/gates/testing/fake-vault.ts';
import { openSecrets } from '../../world/secrets/open.ts';
import { goalUnderTest } from '../testing/goal.ts';
import type { World } from '../world.ts';
import { answerGoal } from './answer.ts';

const asked = (question: Question): GoalEvent => ({ type: 'question.asked', data: { question } });
const SECRET = 'not-of-any-shape-1234';
const about = { id: 'q', subject: FIX, text: '' } as const;
const CONTRACT: Question = { ...about, code: 'contract_changed', paths: ['a.test.js'] };
const CRITERION: Question = { ...about, code: 'no_criterion', subject: 'goal' };
const CANNOT_RUN: Question = { ...about, code: 'cannot_run', gates: ['test'] };
const ofAgent = (wants?: 'text' | 'integer' | 'number'): Question => ({
  ...about,
  code: 'agent_asks',
  question: { title: 'Which?', options: wants === undefined ? ['one', 'two'] : [], ...(wants ? { wants } : {}) },
});
const policy = (gate = gateSpec()): GoalEvent => ({ type: 'policy.resolved', data: { policy: policyOf(gate) } });

/** Answers a question of a goal whose doors are only a store, a scanner that knows one secret, and gates. */
async function answering(t: TestContext, events: readonly GoalEvent[], task: string | null = null) {
  const { store, clock, session, reopen } = await goalUnderTest(t, {}, events);
  const world: Partial<World> = {
    store,
    clock,
    secrets: openSecrets({ env: { SERVICE_TOKEN: SECRET } }),
    git: { openVault: async () => fakeVault({}) } as Partial<World['git']> as World['git'],
    gates: {
      check: async (text: string, id: string) => ({ ...checkGate(), id, argv: ['sh', '-c', text] }),
    } as Partial<World['gates']> as World['gates'],
  };
  const before = session.lines.length;
  return {
    give: (answer: Answer) => answerGoal(world as World, session.goal, answer, task),
    appended: async () => (await reopen()).lines.slice(before).map(({ event }) => event),
  };
}

async function refuses(t: TestContext, question: Question, answer: Answer, message: RegExp): Promise<void> {
  const goal = await answering(t, [policy(), asked(question)]);
  await assert.rejects(goal.give(answer), { code: 'ANSWER_MISMATCH', message });
  assert.deepEqual(await goal.appended(), [], 'nothing is written');
}

const YES: Answer = { kind: 'accept' };

suite('an answer fits its question, or nothing is written', () => {
  test('words and choices are for questions of the agent, and each for its own kind', async (t) => {
    await refuses(t, CONTRACT, { kind: 'choice', option: 0 }, /none of the agent/);
    await refuses(t, CONTRACT, { kind: 'text', text: 'x' }, /none of the agent/);
    await refuses(t, ofAgent(), YES, /--choose <number>/);
    await refuses(t, ofAgent(), { kind: 'text', text: 'x' }, /--choose <number>/);
    await refuses(t, ofAgent('text'), { kind: 'choice', option: 0 }, /--text "<answer>"/);
    await refuses(t, ofAgent('integer'), { kind: 'text', text: '1.5' }, /<whole number>/);
    await refuses(t, ofAgent('number'), { kind: 'text', text: ' ' }, /<number>/);
    await refuses(t, ofAgent('number'), { kind: 'text', text: 'Infinity' }, /<number>/);
  });

  test('only an option that there is can be chosen', async (t) => {
    await refuses(t, ofAgent(), { kind: 'choice', option: 2 }, /answers 1 to 2$/);
  });

  test('what cannot run is neither refused nor shown by other checks', async (t) => {
    await refuses(t, CANNOT_RUN, { kind: 'reject', note: '' }, /--known-red <gate>/);
    await refuses(t, CANNOT_RUN, { kind: 'checks', checks: ['x'] }, /--known-red <gate>/);
  });

  test('a gate may stay red only where the question names it', async (t) => {
    await refuses(t, CANNOT_RUN, { kind: 'known_red', gates: ['test', 'lint'] }, /gate 'lint', but about test/);
    await refuses(t, CONTRACT, { kind: 'known_red', gates: ['test'] }, /not about gates that cannot pass/);
  });

  test('checks show a goal, and no yes or no to a change', async (t) => {
    await refuses(t, CONTRACT, { kind: 'checks', checks: ['x'] }, /--accept or --reject/);
    await refuses(t, CRITERION, { kind: 'reject', note: '' }, /--check "<command>"/);
  });

  test('nothing is accepted where no required gate judges', async (t) => {
    for (const events of [[], [policy(gateSpec({ required: false }))]]) {
      const goal = await answering(t, [...events, asked(CRITERION)]);
      await assert.rejects(goal.give(YES), { code: 'ANSWER_MISMATCH', message: /No gate judges this repository/ });
    }
    const judged = await answering(t, [policy(), asked(CRITERION)]);
    await judged.give(YES);
    assert.equal((await judged.appended()).length, 1);
  });
});

test('checks are recorded with their gates, under names that no gate has', async (t) => {
  const taken = gateSpec({ id: 'check-1' });
  const goal = await answering(t, [policy(taken), asked(CRITERION)]);
  await goal.give({ kind: 'checks', checks: ['npm run build'] });
  const [answered, added] = await goal.appended();
  assert.equal(answered?.type, 'question.answered');
  assert.ok(added?.type === 'checks.added');
  assert.deepEqual(
    added.data.gates.map(({ argv }) => argv),
    [['sh', '-c', 'npm run build']],
  );
  assert.notEqual(added.data.gates[0]?.id, taken.id);
});

test('what a person writes is kept without what looks like a secret', async (t) => {
  const refusal = await answering(t, [asked(CONTRACT)]);
  await refusal.give({ kind: 'reject', note: `not with ${SECRET} in it` });
  const words = await answering(t, [asked(ofAgent('text'))]);
  await words.give({ kind: 'text', text: `the word is ${SECRET}` });
  for (const goal of [refusal, words]) {
    const text = JSON.stringify(await goal.appended());
    assert.ok(text.includes('[redacted]') && !text.includes(SECRET), text);
  }
});

test('a refusal that was the last answer can be taken back, and a yes cannot', async (t) => {
  const answered = (answer: Answer): GoalEvent => ({ type: 'question.answered', data: { question: 'q', answer } });
  const refused = await answering(t, [asked(CONTRACT), answered({ kind: 'reject', note: '' })]);
  assert.deepEqual((await refused.give(YES)).questions[0]?.answer, YES);
  const accepted = await answering(t, [asked(CONTRACT), answered(YES)]);
  await assert.rejects(accepted.give({ kind: 'reject', note: '' }), { code: 'NO_OPEN_QUESTION' });
});

test('the question of one task is answered by its name, and a task that is not there is named as that', async (t) => {
  const plan: GoalEvent = {
    type: 'plan.made',
    data: {
      plan: {
        criteria: [],
        tasks: ['t1', 't2'].map((id) => ({ id, title: id, brief: '', needs: [], writes: [], criteria: [] })),
      },
      refused: [],
    },
  };
  const events = [
    plan,
    asked({ ...CONTRACT, id: 'q1', task: 't1' }),
    asked({ ...CONTRACT, id: 'q2', subject: 'other', task: 't2' }),
  ];
  const second = await answering(t, events, 't2');
  const { questions } = await second.give(YES);
  assert.deepEqual(
    questions.map(({ answer }) => answer),
    [null, YES],
  );
  await assert.rejects((await answering(t, events, 't9')).give(YES), { code: 'TASK_NOT_FOUND' });
  await assert.rejects((await answering(t, [plan], 't1')).give(YES), {
    code: 'NO_OPEN_QUESTION',
    message: /^Task 't1' of goal/,
  });
});
