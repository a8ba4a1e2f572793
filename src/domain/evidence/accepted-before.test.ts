import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import type { PathChange } from '../git/snapshot.ts';
import { acceptedBefore, changesAsked } from './accepted-before.ts';
import type { Answer, Question } from './question.ts';

const change = (path: string, after: string | null = 'new', more: Partial<PathChange> = {}): PathChange => ({
  path,
  change: after === null ? 'deleted' : 'modified',
  oldMode: '100644',
  newMode: after === null ? '000000' : '100644',
  before: 'old',
  after,
  ...more,
});

const about = (id: string, files: readonly PathChange[] | undefined): Question => ({
  id,
  code: 'contract_changed',
  subject: id,
  text: '',
  paths: [],
  ...(files ? { files } : {}),
});

const YES: Answer = { kind: 'accept' };
const NO: Answer = { kind: 'reject', note: '' };
const A = change('a.test.js');
const B = change('b.test.js');

suite('a yes is about files as they were and became', () => {
  test('the same changes in another tree are accepted, in any order', () => {
    assert.deepEqual(acceptedBefore([{ question: about('q1', [A, B]), answer: YES }], about('q2', [B, A])), ['q1']);
  });

  test('other content, another mode, another content before and another kind of question are not the same', () => {
    const asked = [{ question: about('q1', [A]), answer: YES }];
    const others = [
      change('a.test.js', 'other'),
      change('a.test.js', null),
      change('a.test.js', 'new', { newMode: '120000' }),
      change('a.test.js', 'new', { oldMode: '100755' }),
      change('a.test.js', 'new', { before: 'head' }),
      B,
    ];
    for (const other of others) assert.equal(acceptedBefore(asked, about('q2', [other])), null);
    assert.equal(acceptedBefore(asked, { ...about('q2', [A]), code: 'secret_found', paths: [] }), null);
  });

  test('a part of what was accepted together is asked about: a moved test is no deleted one', () => {
    assert.equal(acceptedBefore([{ question: about('q1', [A, B]), answer: YES }], about('q2', [A])), null);
  });

  test('what several accepted changes are together is accepted, and more than that is not', () => {
    const asked = [A, B].map((file, at) => ({ question: about(`q${at}`, [file]), answer: YES }));
    assert.deepEqual(acceptedBefore(asked, about('q2', [A, B])), ['q0', 'q1']);
    assert.equal(acceptedBefore(asked, about('q2', [A, B, change('c.test.js')])), null);
  });

  test('refused, or not answered yet, is not accepted; the latest answer counts', () => {
    const first = { question: about('q1', [A]), answer: YES };
    for (const answer of [NO, null])
      assert.equal(acceptedBefore([first, { question: about('q2', [A]), answer }], about('q3', [A])), null);
    const later = [
      { question: about('q1', [A]), answer: NO },
      { question: about('q2', [A]), answer: YES },
    ];
    assert.deepEqual(acceptedBefore(later, about('q3', [A])), ['q2']);
    assert.equal(
      acceptedBefore([first, { question: about('q2', [B]), answer: NO }, first], about('q3', [A, B])),
      null,
      'a part that was refused',
    );
  });

  test('an answer that was taken over leads to the person who gave it', () => {
    const asked = [
      { question: about('q1', [A]), answer: YES },
      { question: about('q2', [A]), answer: { kind: 'accept' as const, as: ['q1'] } },
    ];
    assert.deepEqual(acceptedBefore(asked, about('q3', [A])), ['q1']);
  });

  test('a question of a log of before is about its tree alone', () => {
    assert.equal(acceptedBefore([{ question: about('q1', undefined), answer: YES }], about('q2', [A])), null);
    assert.equal(acceptedBefore([{ question: about('q1', [A]), answer: YES }], about('q2', undefined)), null);
  });

  test('whatever was asked and answered, nothing is accepted of which some change was not', () => {
    const file = fc
      .record({ path: fc.constantFrom('a', 'b', 'c'), after: fc.constantFrom('1', '2', null) })
      .map(({ path, after }) => change(path, after));
    const files = fc.uniqueArray(file, { minLength: 1, selector: ({ path }) => path });
    const asked = fc.array(fc.record({ files, answer: fc.constantFrom(YES, NO, null) }), { maxLength: 6 });
    fc.assert(
      fc.property(asked, files, (all, wanted) => {
        const questions = all.map(({ files: of, answer }, at) => ({ question: about(`q${at}`, of), answer }));
        const found = acceptedBefore(questions, about('q', wanted));
        if (found === null) return;
        const text = (each: PathChange): string => `${each.path} ${each.after}`;
        const given = questions.filter(({ question }) => found.includes(question.id));
        assert.ok(given.every(({ answer }) => answer?.kind === 'accept'));
        const seen = given.flatMap(({ question }) => (question.files ?? []).map(text));
        assert.deepEqual([...new Set(seen)].sort(), wanted.map(text).sort());
      }),
    );
  });
});

test('an answer is about changes only where the log says what every file was and became', () => {
  const { before: _, ...old } = change('old.js');
  assert.deepEqual(changesAsked([A, B, old], ['a.test.js', 'a.test.js']), [A]);
  assert.equal(changesAsked([A, old], ['a.test.js', 'old.js']), undefined);
  assert.equal(changesAsked([A], ['a.test.js', 'head.test.js']), undefined, 'no change from the base');
  assert.equal(changesAsked([A], []), undefined);
  assert.deepEqual(changesAsked([change('gone', null)], ['gone']), [change('gone', null)]);
});
