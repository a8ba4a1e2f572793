import type { ReaderName } from '../../../domain/gates/gate.ts';
import { goTestCanary } from './go-test.ts';
import { nodeTestCanary } from './node-test.ts';
import type { CanaryMaker } from './port.ts';
import { pytestCanary } from './pytest.ts';
import { vitestCanary } from './vitest.ts';

/** How a canary is written for a reader's runner; one that is not named has none. */
const MAKERS: Readonly<Partial<Record<ReaderName, CanaryMaker>>> = {
  'node-test': nodeTestCanary,
  vitest: vitestCanary,
  pytest: pytestCanary,
  'go-test': goTestCanary,
};

export const canaryMaker = (reader: ReaderName): CanaryMaker | null => MAKERS[reader] ?? null;
