import type { ReaderName } from '../../../domain/gates/gate.ts';
import { ava } from './ava.ts';
import { bunTest } from './bun-test.ts';
import { cargoTest } from './cargo-test.ts';
import { ctest } from './ctest.ts';
import { dotnet } from './dotnet.ts';
import { goTest } from './go-test.ts';
import { gradle } from './gradle.ts';
import { jasmine } from './jasmine.ts';
import { jest } from './jest.ts';
import { maven } from './maven.ts';
import { mocha } from './mocha.ts';
import { nextest } from './nextest.ts';
import { nodeTest } from './node-test.ts';
import { phpunit } from './phpunit.ts';
import { playwright } from './playwright.ts';
import type { Reader } from './port.ts';
import { pytest } from './pytest.ts';
import { qunit } from './qunit.ts';
import { rspec } from './rspec.ts';
import { rubyTest } from './ruby-test.ts';
import { tap } from './tap.ts';
import { tape } from './tape.ts';
import { unittest } from './unittest.ts';
import { uvu } from './uvu.ts';
import { vitest } from './vitest.ts';

/** One for each name that a gate may have, but the one that reads nothing: the compiler asks for what is missing. */
const BY_NAME: Readonly<Record<Exclude<ReaderName, 'exit_only'>, Reader>> = {
  'node-test': nodeTest,
  vitest,
  jest,
  mocha,
  ava,
  playwright,
  tap,
  tape,
  uvu,
  jasmine,
  qunit,
  'bun-test': bunTest,
  pytest,
  unittest,
  'go-test': goTest,
  'cargo-test': cargoTest,
  nextest,
  maven,
  gradle,
  dotnet,
  ctest,
  phpunit,
  rspec,
  'ruby-test': rubyTest,
};

/** Every reader. Where several know a command, the first is taken. */
export const READERS: readonly Reader[] = Object.values(BY_NAME);

/** The reader of that name; null for `exit_only`, which reads nothing. */
export const readerOf = (name: ReaderName): Reader | null => (name === 'exit_only' ? null : BY_NAME[name]);
