import type { ReaderName } from '../../../domain/gates/gate.ts';
import { avaCanary } from './ava.ts';
import { bunTestCanary } from './bun-test.ts';
import { cargoTestCanary } from './cargo-test.ts';
import { ctestCanary } from './ctest.ts';
import { dotnetCanary } from './dotnet.ts';
import { goTestCanary } from './go-test.ts';
import { jasmineCanary } from './jasmine.ts';
import { jestCanary } from './jest.ts';
import { junitCanary } from './junit.ts';
import { mochaCanary } from './mocha.ts';
import { nodeTestCanary } from './node-test.ts';
import { phpunitCanary } from './phpunit.ts';
import { playwrightCanary } from './playwright.ts';
import type { CanaryMaker } from './port.ts';
import { pytestCanary } from './pytest.ts';
import { qunitCanary } from './qunit.ts';
import { rspecCanary } from './rspec.ts';
import { rubyTestCanary } from './ruby-test.ts';
import { tapCanary } from './tap.ts';
import { tapeCanary } from './tape.ts';
import { unittestCanary } from './unittest.ts';
import { uvuCanary } from './uvu.ts';
import { vitestCanary } from './vitest.ts';

/** How a canary is written for a reader's runner. */
const MAKERS: Readonly<Record<ReaderName, CanaryMaker | null>> = {
  'node-test': nodeTestCanary,
  vitest: vitestCanary,
  jest: jestCanary,
  mocha: mochaCanary,
  ava: avaCanary,
  playwright: playwrightCanary,
  tap: tapCanary,
  tape: tapeCanary,
  uvu: uvuCanary,
  jasmine: jasmineCanary,
  qunit: qunitCanary,
  'bun-test': bunTestCanary,
  pytest: pytestCanary,
  unittest: unittestCanary,
  'go-test': goTestCanary,
  'cargo-test': cargoTestCanary,
  nextest: cargoTestCanary,
  maven: junitCanary,
  gradle: junitCanary,
  dotnet: dotnetCanary,
  ctest: ctestCanary,
  phpunit: phpunitCanary,
  rspec: rspecCanary,
  'ruby-test': rubyTestCanary,
  exit_only: null,
};

export const canaryMaker = (reader: ReaderName): CanaryMaker | null => MAKERS[reader];
