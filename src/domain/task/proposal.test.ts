import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { admits } from '../transition/admit.ts';
import { evolve } from '../transition/evolve.ts';
import type { DataOf, GoalState } from '../goal/state.ts';
import { created } from '../testing/build.ts';
import { attempt, stateOf, task } from '../testing/task-states.ts';
import { proposalWanted } from './decide-proposals.ts';
import { readProposal, ruleOn } from './proposal.ts';
import type { Proposal } from '../goal/proposed.ts';

const PROPOSAL: Proposal = {
  title: 'Mend the parser',
  brief: '',
  needs: [],
  writes: [],
  criteria: [],
  why: 'it is wrong',
};

const goal = (writes: Record<string, readonly string[]> = {}): GoalState =>
  stateOf([task('a'), task('b')], {
    created: created({ taskRules: 2 }),
    writes,
    attempts: [attempt(1, 'a', null)],
  });

const why = (state: GoalState, change: Partial<Proposal>, by = 1): string => {
  const ruling = ruleOn(state, by, { ...PROPOSAL, ...change });
  return ruling.kind === 'refused' ? ruling.why : '';
};

const proposed = (state: GoalState, number: number, title: string): DataOf<'task.proposed'> => {
  const proposal = { ...PROPOSAL, title };
  return { attempt: number, turn: 1, proposal, ruling: ruleOn(state, number, proposal) };
};

suite('a task that an agent proposes', () => {
  test('becomes part of the plan where it breaks no rule', () => {
    const state = goal();
    const data = proposed(state, 1, 'Mend the parser');
    const event = { type: 'task.proposed', data } as const;
    assert.equal(admits(state, event), null);
    const next = evolve(state, event);
    assert.deepEqual(next.plan?.tasks.at(-1)?.id, 'p1');
    assert.deepEqual(
      next.tasks.map(({ id }) => id),
      ['a', 'b', 'p1'],
    );
    assert.match(admits(next, event) ?? '', /ruled on already/);
    assert.match(why(next, { title: 'mend the PARSER' }), /task p1 has that title/);
  });

  test('is refused with the reason, and a log that takes it all the same is none', () => {
    const state = goal();
    assert.match(why(state, { title: '' }), /title/);
    assert.match(why(state, { title: 'x'.repeat(121) }), /title/);
    for (const long of [{ brief: 'x'.repeat(4001) }, { why: 'x'.repeat(4001) }])
      assert.match(why(state, long), /at most 4000 characters/);
    assert.match(why(state, { why: '' }), /why/);
    assert.match(why(state, { needs: ['c'] }), /no task 'c'/);
    assert.match(why(state, { criteria: ['c'] }), /no criterion 'c'/);
    assert.match(why(state, { writes: ['.github/workflows/'] }), /protected/);
    assert.match(why({ ...state, tasks: state.tasks.slice(1) }, {}), /one task/);
    const bound = goal({ a: ['src/'], b: ['test/'] });
    assert.match(why(bound, {}), /what it may write/);
    assert.match(why(bound, { writes: ['lib/'] }), /may write 'lib\/'/);
    assert.equal(why(bound, { writes: ['src/'] }), '');

    const { ruling } = proposed(state, 1, 'Mend the parser');
    const forged = { attempt: 1, turn: 1, proposal: { ...PROPOSAL, why: '' }, ruling };
    assert.match(admits(state, { type: 'task.proposed', data: forged }) ?? '', /do not take/);
    assert.match(admits(state, { type: 'task.proposed', data: { ...forged, turn: 2 } }) ?? '', /no such turn/);
  });

  test('five are taken at most, and what was proposed proposes once more and no further', () => {
    let state = goal();
    for (let n = 1; n <= 5; n += 1) {
      state = { ...state, attempts: [...state.attempts, attempt(n + 1, 'b', null)] };
      state = evolve(state, { type: 'task.proposed', data: proposed(state, n + 1, `Task ${n}`) });
    }
    assert.equal(state.added.length, 5);
    assert.match(why(state, {}), /5 tasks/);

    let deep = goal();
    for (const [number, by] of ['a', 'p1'].entries()) {
      deep = { ...deep, attempts: [...deep.attempts, attempt(number + 2, by, null)] };
      deep = evolve(deep, { type: 'task.proposed', data: proposed(deep, number + 2, `Task ${number}`) });
    }
    deep = { ...deep, attempts: [...deep.attempts, attempt(4, 'p2', null)] };
    assert.match(why(deep, {}, 4), /proposes no other/);
  });

  test('is read once, after the work of its turn is kept', () => {
    const open = attempt(1, 'a', null);
    const [turn = assert.fail()] = open.turns;
    const handed = [{ tool: 'task_propose', content: turn.prompt }] as const;
    const snapshot = { candidate: 'x', salvage: 'x', ref: '', refused: [], ignored: [], special: [], overCap: [] };
    const kept = { ...open, turns: [{ ...turn, snapshot, handed }] };
    assert.equal(proposalWanted(goal(), kept)?.kind, 'read_proposal');
    assert.equal(proposalWanted(goal(), { ...open, turns: [{ ...turn, handed }] }), null);
    const ruled = { attempt: 1, turn: 1, proposal: null, ruling: { kind: 'refused', why: 'x' } } as const;
    assert.equal(proposalWanted({ ...goal(), proposals: [ruled] }, kept), null);
  });

  test('is read as JSON of texts and lists of texts, and nothing else', () => {
    assert.deepEqual(readProposal('{"title":" a ","why":"b","needs":["c"]}'), {
      title: 'a',
      brief: '',
      why: 'b',
      needs: ['c'],
      writes: [],
      criteria: [],
    });
    for (const text of [
      '',
      'null',
      '[]x',
      '{"title":1}',
      '{"needs":[1]}',
      `{"writes":${JSON.stringify(Array(21).fill('a'))}}`,
    ])
      assert.equal(typeof readProposal(text), 'string', text);
  });
});
