import type { Runners } from '../../world/gates/ecosystem-gates.ts';
import { ctest } from './ctest/reader.ts';
import { ctestCanary } from './ctest/canary.ts';

export const cpp = {
  ctest: { reader: ctest, canary: ctestCanary },
} satisfies Runners;
