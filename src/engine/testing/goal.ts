import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { GoalEvent, GoalOptions } from '../../domain/goal/event.ts';
import { created } from '../../domain/testing/build.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/port.ts';
import { manualClock, type ManualClock } from '../../world/clock/testing/manual.ts';
import { Session } from '../session.ts';
import type { Notice } from '../world.ts';

export const NOON = Date.parse('2026-01-31T12:00:00.000Z');

export interface GoalUnderTest {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly session: Session;
  readonly notices: Notice[];
  /** The session as another process has it. */
  reopen(): Promise<Session>;
}

/** A goal in a store of its own, with a clock that the test moves. */
export async function goalUnderTest(
  t: TestContext,
  options: Partial<GoalOptions>,
  events: readonly GoalEvent[] = [],
): Promise<GoalUnderTest> {
  const stateDir = mkdtempSync(join(tmpdir(), 'omk-engine-'));
  const clock = manualClock(NOON);
  const store = await openStore({ stateDir, clock });
  t.after(async () => {
    await store.close();
    rmSync(stateDir, { recursive: true, force: true });
  });
  const data = created(options);
  const notices: Notice[] = [];
  const session = await Session.open({ store, clock }, data.goal, (notice) => void notices.push(notice));
  await session.append({ type: 'goal.created', data }, ...events);
  return { store, clock, session, notices, reopen: () => Session.open({ store, clock }, data.goal) };
}
