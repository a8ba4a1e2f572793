import type { ReaderName } from '../../../domain/gates/gate.ts';
import type { RepoPath } from '../../../domain/ids.ts';
import { goTestCanary } from './go-test.ts';
import { nodeTestCanary } from './node-test.ts';
import type { CanaryMaker } from './port.ts';
import { pytestCanary } from './pytest.ts';
import { vitestCanary } from './vitest.ts';

/** How a canary is written for a reader's runner; null when there is no way. */
export function canaryMaker(reader: ReaderName): CanaryMaker | null {
  switch (reader) {
    case 'node-test':
      return nodeTestCanary;
    case 'vitest':
      return vitestCanary;
    case 'pytest':
      return pytestCanary;
    case 'go-test':
      return goTestCanary;
    case 'exit_only':
      return null;
  }
}

/** The text of a test file with the canary `name` in it, as a run plants it; null when the file cannot carry one. Pure. */
export const canaryText = (reader: ReaderName, path: RepoPath, content: string, name: string): string | null =>
  canaryMaker(reader)?.plant(path, content, name) ?? null;
