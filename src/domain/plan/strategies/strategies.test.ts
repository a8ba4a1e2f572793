import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fc } from '../../testing/fast-check.ts';
import { planRefusal } from '../plan.ts';
import { tasksOf } from '../../planner/from-document.ts';
import { planOfEach } from './each.ts';
import { lostDependency, planOfStories, type Story } from './stories.ts';

const refusal = (document: ReturnType<typeof planOfEach>) => planRefusal({ criteria: [], tasks: tasksOf(document) });

describe('one task for each item', () => {
  it('says the item wherever the goal names its place, and nothing else of it is changed', () => {
    const { tasks } = planOfEach('Type {path}\n\nOnly {path}, with {name}.', ['a.js', '$& {path}', 'a.js']);
    assert.deepEqual(tasks, [
      { id: 't1', title: 'Type a.js', brief: 'Type a.js\n\nOnly a.js, with {name}.' },
      { id: 't2', title: 'Type $& {path}', brief: 'Type $& {path}\n\nOnly $& {path}, with {name}.' },
    ]);
  });

  it('is a plan that can run, each item once and in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (items) => {
        const document = planOfEach('{path}', items);
        assert.equal(refusal(document), null);
        assert.deepEqual(
          document.tasks.map(({ brief }) => brief),
          [...new Set(items)],
        );
        assert.ok(document.tasks.every(({ title, needs = [] }) => title.length <= 72 && needs.length === 0));
      }),
    );
  });
});

describe('stories', () => {
  const story = (id: string, more: Partial<Story> = {}): Story => ({
    id,
    title: id,
    description: id,
    acceptanceCriteria: [],
    priority: null,
    dependencies: [],
    notes: '',
    passes: false,
    ...more,
  });
  const needsOf = (stories: readonly Story[], apart = false) =>
    planOfStories(stories, apart).tasks.map(({ title, needs }) => [title, needs]);

  it('come in the order of their priority, each after the one before, without those that pass', () => {
    const stories = [
      story('c'),
      story('b', { priority: 2 }),
      story('x', { priority: 1, passes: true }),
      story('a', { priority: 1 }),
    ];
    assert.deepEqual(needsOf(stories), [
      ['a', []],
      ['b', ['t1']],
      ['c', ['t2']],
    ]);
    assert.deepEqual(needsOf(stories, true), [
      ['a', []],
      ['b', []],
      ['c', []],
    ]);
  });

  it('wait for what the file names, where it names anything; what passes is waited for no more', () => {
    const stories = [story('a'), story('b'), story('c', { dependencies: ['a', 'd'] }), story('d', { passes: true })];
    assert.deepEqual(needsOf(stories), [
      ['a', []],
      ['b', []],
      ['c', ['t1']],
    ]);
    assert.deepEqual(lostDependency([story('a', { dependencies: ['z'] })]), { story: 'a', needs: 'z' });
    assert.equal(lostDependency(stories), null);
  });

  it('are told with their criteria, which decide nothing', () => {
    const { criteria, tasks } = planOfStories(
      [
        story('US-1', {
          title: 'Log in',
          description: 'As a user',
          acceptanceCriteria: ['A form', 'Typecheck passes'],
          notes: 'soon',
        }),
      ],
      false,
    );
    assert.deepEqual(criteria, []);
    assert.equal(
      tasks[0]?.brief,
      'US-1: Log in\n\nAs a user\n\nAcceptance criteria:\n- A form\n- Typecheck passes\n\nNotes: soon',
    );
  });

  it('without dependencies are always a plan that can run', () => {
    const any = fc.record({ priority: fc.option(fc.integer()), passes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1 }), fc.boolean(), (stories, apart) => {
        const document = planOfStories(
          stories.map((each, index) => story(`s${index}`, each)),
          apart,
        );
        const open = stories.filter(({ passes }) => !passes).length;
        assert.equal(document.tasks.length, open);
        if (open > 0) assert.equal(refusal(document), null);
        const width = document.tasks.filter(({ needs = [] }) => needs.length === 0).length;
        assert.equal(width, apart ? open : Math.min(open, 1));
      }),
    );
  });
});
