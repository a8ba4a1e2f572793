import type { Runners } from '../../world/gates/ecosystem-gates.ts';
import { goTest } from './go-test/reader.ts';
import { goTestCanary } from './go-test/canary.ts';

export const go = {
  'go-test': { reader: goTest, canary: goTestCanary },
} satisfies Runners;
