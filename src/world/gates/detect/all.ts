import { GATES } from '../../../ecosystems/gates.ts';
import type { Draft } from '../draft.ts';
import type { TreeFiles } from '../tree-files.ts';

/** Every detector, in the order their gates run. */
const DETECTORS = Object.values(GATES).flat();

const TIMEOUT_MS = 600_000;

/** The gates a tree without a gates file is judged by. */
export async function detectDrafts(files: TreeFiles): Promise<readonly Draft[]> {
  const found = await Promise.all(
    DETECTORS.map(async ({ name, detect }) =>
      (await detect(files)).map(({ because, ...gate }) => ({
        ...gate,
        source: { kind: 'detected', detector: name, because } as const,
      })),
    ),
  );
  const seen = new Map<string, number>();
  return found.flat().map((gate) => ({
    ...gate,
    id: unique(gate.id, seen),
    cwd: gate.cwd ?? '.',
    env: {},
    timeoutMs: TIMEOUT_MS,
    required: true,
    skip: false,
    network: false,
    reader: 'auto',
  }));
}

/** Folders with different names may be named alike. */
function unique(id: string, seen: Map<string, number>): string {
  const count = (seen.get(id) ?? 0) + 1;
  seen.set(id, count);
  return count === 1 ? id : unique(`${id}-${count}`, seen);
}
