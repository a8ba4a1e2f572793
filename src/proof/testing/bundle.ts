import type { GoalEvent } from '../../domain/goal/event.ts';
import { sha256Hex } from '../format/bytes.ts';
import { verifyBundle, type VerifyInput } from '../verify/bundle.ts';
import type { VerifyReport } from '../verify/report.ts';
import { buildProof } from '../write/build.ts';
import { BASE, ending, fixedGoal, toLines, type TestGoal } from './goal.ts';
import { testSigner, trust } from './signer.ts';

export const OWNER = testSigner(1);

export const bundleOf = (goal: TestGoal, events: readonly GoalEvent[]): Promise<ReadonlyMap<string, Uint8Array>> =>
  buildProof({
    lines: toLines(events, goal.blobs),
    blob: async (sha256) => goal.blobs.get(sha256) ?? (sha256 === sha256Hex(goal.patch) ? goal.patch : null),
    signer: OWNER,
    omkVersion: '1.0.0',
  });

/** An honest `ready` bundle and its goal. */
export async function readyBundle(): Promise<{ goal: TestGoal; files: ReadonlyMap<string, Uint8Array> }> {
  const goal = fixedGoal();
  return { goal, files: await bundleOf(goal, [...goal.events, ending(goal.events, 'ready')]) };
}

export const verifyFiles = (
  files: ReadonlyMap<string, Uint8Array>,
  more: Partial<VerifyInput> = {},
): Promise<VerifyReport> =>
  verifyBundle({
    names: [...files.keys()],
    read: (name) => files.get(name) ?? null,
    trusted: [trust(OWNER)],
    level: 'V0',
    git: null,
    expect: {},
    ...more,
  });

export const verifyV1 = (
  goal: TestGoal,
  files: ReadonlyMap<string, Uint8Array>,
  more: Partial<VerifyInput> = {},
): Promise<VerifyReport> => verifyFiles(files, { level: 'V1', git: goal.repository, expect: { base: BASE }, ...more });

/** Codes of the failed checks, each once, in order. */
export const failures = (report: VerifyReport): readonly string[] => [
  ...new Set(report.checks.filter((each) => !each.ok).map((each) => each.code)),
];
