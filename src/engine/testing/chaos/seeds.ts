import type { Replayed } from '../../recording/replay.ts';

/** What the goal of one seed came to. */
export interface SeedRun {
  readonly replayed: Replayed;
  readonly status: string;
  readonly events: number;
}

interface Seeds {
  readonly first: number;
  readonly runs: number;
  readonly run: (seed: number) => Promise<SeedRun>;
  readonly print: (line: string) => void;
}

export const commandOf = (seed: number): string => `npm run chaos -- --runs 1 --seed ${seed}`;

/** One goal after the other. Each seed that is not reproduced, or that fails, is printed with its command. Returns how many were. */
export async function runSeeds({ first, runs, run, print }: Seeds): Promise<number> {
  const ends = new Map<string, number>();
  let failed = 0;
  let events = 0;
  for (let seed = first; seed < first + runs; seed += 1) {
    const found = await run(seed).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    );
    const why = found instanceof Error ? `failed: ${found.stack ?? found.message}` : whyNot(found.replayed);
    if (why !== null) {
      failed += 1;
      print(`seed ${seed}: ${why}\n  ${commandOf(seed)}`);
    }
    if (found instanceof Error) continue;
    ends.set(found.status, (ends.get(found.status) ?? 0) + 1);
    events += found.events;
  }
  const ended = [...ends].map((each) => each.join(' ')).join(', ') || 'none';
  print(`${runs} goals, ${events} events, ${failed} not reproduced; ended ${ended}`);
  return failed;
}

function whyNot(replayed: Replayed): string | null {
  if (replayed.kind === 'reproduced') return null;
  return replayed.kind === 'diverged'
    ? `diverged at seq ${replayed.seq}: ${replayed.why}`
    : `${replayed.kind}: ${replayed.why}`;
}
