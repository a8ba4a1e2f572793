import assert from 'node:assert/strict';
import { test } from 'node:test';
import { created } from '../testing/build.ts';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import { optionsAsOneTask } from './as-one-task.ts';
import { documentProblem, type PlanDocument } from '../plan/document.ts';

const CRITERIA = [
  { id: 'a', text: 'a works', tests: ['a'] },
  { id: 'b', text: 'b works', tests: ['b'] },
];
const ONE = { id: 'one', title: 'Do a', writes: ['src/a.js'], criteria: ['a'] };
const TWO = { id: 'two', title: 'Do b', brief: 'as a does', needs: ['one'], writes: ['src/b.js'] };

function oneOf(document: PlanDocument, more: Partial<GoalState> = {}): PlanDocument {
  const options = { plan: { document, sha256: 'e'.repeat(64) }, planner: 'auto' as const };
  const state: GoalState = { ...EMPTY_STATE, created: created(options), ...more };
  const given = optionsAsOneTask(state.created?.options ?? assert.fail(), state, (text) => `digest of ${text.length}`);
  assert.equal(given.planner, undefined, 'no session plans it anew');
  assert.match(given.plan?.sha256 ?? '', /^digest of \d+$/);
  return given.plan?.document ?? assert.fail();
}

test('several tasks become one that shows every criterion and may write what they may', () => {
  const one = oneOf({ criteria: CRITERIA, tasks: [ONE, TWO] });
  assert.equal(documentProblem(one), null);
  assert.deepEqual(one.criteria, CRITERIA);
  const brief = 'All of these, as far as they are not done yet:\n- Do a\n- Do b: as a does';
  assert.partialDeepStrictEqual(one.tasks, [{ id: 't1', brief, writes: ['src/a.js', 'src/b.js'] }]);
  const { writes: _any, ...free } = TWO;
  assert.equal(
    oneOf({ criteria: CRITERIA, tasks: [ONE, free] }).tasks[0]?.writes,
    undefined,
    'one of them may write all',
  );
});

test('what a person answered is not asked again', () => {
  const questions = [
    { id: 'q', text: 'Which port?', why: 'nobody knows' },
    { id: 'r', text: 'Which name?', why: 'nobody knows' },
  ];
  const question = {
    id: 'q-plan-q',
    code: 'agent_asks',
    subject: 's',
    text: 'x',
    question: { title: 'x', options: [] },
  } as const;
  const answered = { question, answer: { kind: 'text', text: '8080' } } as const;
  const one = oneOf({ criteria: CRITERIA, tasks: [ONE, TWO], questions }, { questions: [answered] });
  assert.deepEqual(one.questions, [{ id: 'q', text: 'Which port?', default: '8080' }, questions[1]]);
});
