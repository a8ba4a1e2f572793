import type { Runners } from '../../world/gates/ecosystem-gates.ts';
import { toldByCompilers } from './headers.ts';
import { ctest } from './ctest/reader.ts';
import { ctestCanary } from './ctest/canary.ts';

export const cpp = {
  ctest: { reader: toldByCompilers(ctest), canary: ctestCanary },
} satisfies Runners;
