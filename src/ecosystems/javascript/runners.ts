import type { Runners } from '../../world/gates/ecosystem-gates.ts';
import { toldByNode } from './loads.ts';
import { nodeTest } from './node-test/reader.ts';
import { vitest } from './vitest/reader.ts';
import { jest } from './jest/reader.ts';
import { mocha } from './mocha/reader.ts';
import { ava } from './ava/reader.ts';
import { playwright } from './playwright/reader.ts';
import { tap } from './tap/reader.ts';
import { tape } from './tape/reader.ts';
import { uvu } from './uvu/reader.ts';
import { jasmine } from './jasmine/reader.ts';
import { qunit } from './qunit/reader.ts';
import { bunTest } from './bun-test/reader.ts';
import { avaCanary } from './ava/canary.ts';
import { bunTestCanary } from './bun-test/canary.ts';
import { jasmineCanary } from './jasmine/canary.ts';
import { jestCanary } from './jest/canary.ts';
import { mochaCanary } from './mocha/canary.ts';
import { nodeTestCanary } from './node-test/canary.ts';
import { playwrightCanary } from './playwright/canary.ts';
import { qunitCanary } from './qunit/canary.ts';
import { tapCanary } from './tap/canary.ts';
import { tapeCanary } from './tape/canary.ts';
import { uvuCanary } from './uvu/canary.ts';
import { vitestCanary } from './vitest/canary.ts';

export const javascript = {
  'node-test': { reader: toldByNode(nodeTest), canary: nodeTestCanary },
  vitest: { reader: toldByNode(vitest), canary: vitestCanary },
  jest: { reader: toldByNode(jest), canary: jestCanary },
  mocha: { reader: toldByNode(mocha), canary: mochaCanary },
  ava: { reader: toldByNode(ava), canary: avaCanary },
  playwright: { reader: toldByNode(playwright), canary: playwrightCanary },
  tap: { reader: toldByNode(tap), canary: tapCanary },
  tape: { reader: toldByNode(tape), canary: tapeCanary },
  uvu: { reader: toldByNode(uvu), canary: uvuCanary },
  jasmine: { reader: toldByNode(jasmine), canary: jasmineCanary },
  qunit: { reader: toldByNode(qunit), canary: qunitCanary },
  'bun-test': { reader: bunTest, canary: bunTestCanary },
} satisfies Runners;
