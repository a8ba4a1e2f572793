import { join } from 'node:path';
import type { GoalEvent } from '../../src/domain/goal/event.ts';
import { created } from '../../src/domain/testing/build.ts';
import { Session } from '../../src/engine/session.ts';
import { openStore } from '../../src/store/open.ts';
import { systemClock } from '../../src/world/clock/system.ts';
import { exponent } from './exponent.ts';
import { ms, type Row } from './row.ts';

const SIZES = [6_250, 12_500, 25_000, 50_000, 100_000];
const BATCH = 1_000;
const APPENDS = 200;
const OPENS = 3;

/**
 * What an append and an opening of a goal cost as its log grows: reports of usage, which long goals have most of. In
 * processor time, so that what else the machine does counts less.
 */
export async function log(scratch: string): Promise<readonly Row[]> {
  const store = await openStore({ stateDir: join(scratch, 'log'), clock: systemClock });
  const data = created();
  const doors = { store, clock: systemClock };
  const session = await Session.open(doors, data.goal);
  await session.append({ type: 'goal.created', data });
  const appends: number[] = [];
  const opens: number[] = [];
  for (const size of SIZES) {
    while (session.state.version < size) {
      const missing = Math.min(BATCH, size - session.state.version);
      await session.append(...Array.from({ length: missing }, (_, index) => usage(session.state.version + index)));
    }
    opens.push(await shortest(OPENS, async () => void (await Session.open(doors, data.goal))));
    const begun = processorMs();
    for (let n = 0; n < APPENDS; n++) await session.append(usage(session.state.version));
    appends.push((processorMs() - begun) / APPENDS);
  }
  await store.close();
  const last = opens.at(-1) ?? 0;
  return [
    {
      what: 'one append to a log of 100,000 events',
      measured: `${(appends.at(-1) ?? 0).toFixed(2)} ms`,
      against: `to one of 6,250: ${(appends[0] ?? 0).toFixed(2)} ms`,
      figure: `× ${((appends.at(-1) ?? 0) / (appends[0] ?? 1)).toFixed(2)}`,
      aim: '≤ 1.5',
    },
    {
      what: 'opening a goal of 100,000 events',
      measured: ms(last),
      against: `of 6,250: ${ms(opens[0] ?? 0)}`,
      figure: ms(last),
      aim: '≤ 1.5 s',
    },
    {
      what: 'growth of opening, from 6,250 to 100,000',
      measured: opens.map(ms).join(', '),
      against: 'linear: exponent 1',
      figure: exponent(SIZES, opens).toFixed(2),
      aim: '≤ 1.1',
    },
  ];
}

async function shortest(rounds: number, work: () => Promise<void>): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const begun = processorMs();
    await work();
    best = Math.min(best, processorMs() - begun);
  }
  return best;
}

export const usage = (n: number): GoalEvent => ({
  type: 'usage.recorded',
  data: {
    key: `session#${n}`,
    sessionType: 'attempt',
    name: 'attempt-1',
    attempt: 1,
    turn: 1,
    reporting: 'call',
    model: 'a-model',
    inputTokens: '12000',
    cachedTokens: '8000',
    outputTokens: '450',
    picoUsd: '51000000000',
    priced: 'prices',
  },
});

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
