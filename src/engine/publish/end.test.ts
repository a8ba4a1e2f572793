import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import type { Context } from '../context.ts';
import type { Session } from '../session.ts';
import { goalUnderTest } from '../testing/goal.ts';
import { endGoal } from './end.ts';

const NOT_DONE = { status: 'not_ready' as const, gaps: [], failure: null };
const READY = { status: 'ready' as const, gaps: [], failure: null };

type Doors = Pick<Context['world'], 'proofs' | 'store' | 'clock'>;

const contextOf = (doors: Doors, session: Session): Context =>
  ({ world: { ...doors, version: '9' }, session, vault: {}, elapsed: () => 1n }) as Partial<Context> as Context;

test(
  'ready is not said when its proof does not verify or cannot be made: failed_infra with the reason, and ' +
    'it can be resumed',
  async (t) => {
    for (const [build, refusal] of [
      [async () => new Map(), async () => 'E_BASE: no'],
      [() => Promise.reject(new Error('E_BASE: no')), async () => null],
    ] as const) {
      const { session, store, clock } = await goalUnderTest(t, {});
      const proofs = { build, refusal, isThere: async () => false, keyid: async () => 'k' };
      await endGoal(contextOf({ proofs, store, clock }, session), READY);
      assert.equal(session.state.status, 'failed_infra');
      assert.equal(session.state.ended?.failure?.code, 'PROOF_NOT_VERIFIED');
      assert.match(session.state.ended?.failure?.text ?? '', /E_BASE: no/);
      await session.append({ type: 'goal.resumed', data: { why: 'x' } });
      assert.equal(session.state.status, 'running');
    }
  },
);

test('a disk that fails while the proof is made is told as that', async (t) => {
  const { session, store, clock } = await goalUnderTest(t, {});
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
  const proofs = {
    build: () => Promise.reject(full),
    refusal: async () => null,
    isThere: async () => false,
    keyid: async () => 'k',
  };
  await assert.rejects(
    endGoal(contextOf({ proofs, store, clock }, session), READY),
    (error) => error instanceof OmkError && error.code === 'DISK_FULL' && error.exit === 6,
  );
  assert.equal(session.state.status, 'running');
});

test('what is proven is what is appended, to the byte, also when another process appends meanwhile', async (t) => {
  const { session, clock, reopen } = await goalUnderTest(t, {});
  const other = await reopen();
  const shown: (readonly string[])[] = [];
  const objection = await session.appendProven(
    () => [{ type: 'goal.ended', data: NOT_DONE }],
    async (lines) => {
      shown.push(lines.map(({ line }) => line));
      clock.advance(5_000);
      if (shown.length === 1) await other.append({ type: 'output.lost', data: { stream: 'stdout', why: 'EPIPE' } });
      return null;
    },
  );
  assert.equal(objection, null);
  assert.equal(shown.length, 2, 'proven again with what the other appended');
  assert.deepEqual(
    session.lines.map(({ line }) => line),
    shown.at(-1),
  );
  const again = await reopen();
  assert.equal(
    await again.appendProven(
      () => [{ type: 'goal.resumed', data: { why: 'x' } }],
      async () => 'no',
    ),
    'no',
  );
  assert.equal(again.state.status, 'not_ready', 'an objection leaves nothing behind');
});
