import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { decideStop, NEW_SESSION, type HookSession, type StopVerdict } from './decide.ts';

const NOT_READY: StopVerdict = { kind: 'not_ready', tree: 't1', reason: 'mend it', told: 'not ready' };
const QUESTION: StopVerdict = { kind: 'question', tree: 't1', reason: 'put it back', told: 'decide' };

/** The decisions on one stop after the other. */
function stops(verdicts: readonly StopVerdict[], isFirst: boolean | null = null, most = 3): readonly string[] {
  let session: HookSession = NEW_SESSION;
  return verdicts.map((verdict) => {
    const next = decideStop(session, { verdict, isFirst, most });
    session = next.session;
    return next.decision.kind === 'block' ? `block: ${next.decision.reason}` : `allow: ${next.decision.told ?? ''}`;
  });
}

suite('whether an agent may stop', () => {
  test('it may with nothing to judge, and with what is ready', () => {
    assert.deepEqual(stops([{ kind: 'unchanged' }, { kind: 'ready', tree: 't1', told: 'ready' }]), [
      'allow: ',
      'allow: ready',
    ]);
  });

  test('it is sent back three times in a row, then the person is told', () => {
    const back = 'block: mend it';
    assert.deepEqual(stops([NOT_READY, NOT_READY, NOT_READY, NOT_READY]), [back, back, back, 'allow: not ready']);
  });

  test('what it was let go with does not send it back when a person has spoken', () => {
    const told = stops(Array<StopVerdict>(5).fill(NOT_READY)).slice(3);
    assert.deepEqual(told, ['allow: not ready', 'allow: not ready']);
    const other = { ...NOT_READY, tree: 't2' };
    assert.equal(stops([...Array<StopVerdict>(4).fill(NOT_READY), other]).at(-1), 'block: mend it');
  });

  test('a person who speaks starts the rounds again', () => {
    const after = { ...NEW_SESSION, rounds: 3 };
    assert.equal(decideStop(after, { verdict: NOT_READY, isFirst: true, most: 3 }).decision.kind, 'block');
    assert.equal(decideStop(after, { verdict: NOT_READY, isFirst: false, most: 3 }).decision.kind, 'allow');
  });

  test('a question sends it back once for the same reason, and is said once for the same tree', () => {
    assert.deepEqual(stops([QUESTION, QUESTION, QUESTION]), ['block: put it back', 'allow: decide', 'allow: ']);
    assert.deepEqual(stops([{ ...QUESTION, reason: null }]), ['allow: decide']);
    // Later changes of other files do not bring the same question back to the agent.
    assert.deepEqual(stops([QUESTION, { ...QUESTION, tree: 't2' }]).at(-1), 'allow: decide');
  });

  test('what omk cannot do never holds it, and a folder without gates is said once', () => {
    const unable = (code: string): StopVerdict => ({ kind: 'unable', code, told: code });
    assert.deepEqual(stops([unable('DISK_FULL'), unable('DISK_FULL'), unable('NO_GATE'), unable('NO_GATE')]), [
      'allow: DISK_FULL',
      'allow: DISK_FULL',
      'allow: NO_GATE',
      'allow: ',
    ]);
  });

  test('whatever comes, it is never sent back more often in a row than allowed', () => {
    const tree = fc.constantFrom('t1', 't2', 't3');
    const verdict: fc.Arbitrary<StopVerdict> = fc.oneof(
      tree.map((at): StopVerdict => ({ ...NOT_READY, tree: at })),
      fc
        .tuple(tree, fc.option(fc.constantFrom('a', 'b', 'c')))
        .map(([at, reason]): StopVerdict => ({ ...QUESTION, tree: at, reason })),
      fc.constant<StopVerdict>({ kind: 'unchanged' }),
      fc.constant<StopVerdict>({ kind: 'unable', code: 'X', told: 'x' }),
    );
    fc.assert(
      fc.property(
        fc.array(verdict),
        fc.constantFrom(false, null),
        fc.integer({ min: 1, max: 5 }),
        (all, isFirst, most) => {
          let inRow = 0;
          for (const decision of stops(all, isFirst, most)) {
            inRow = decision.startsWith('block') ? inRow + 1 : 0;
            assert.ok(inRow <= most);
          }
        },
      ),
    );
  });
});
