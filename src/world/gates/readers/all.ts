import type { ReaderName } from '../../../domain/gates/gate.ts';
import { ava } from './ava.ts';
import { cargoTest } from './cargo-test.ts';
import { ctest } from './ctest.ts';
import { dotnet } from './dotnet.ts';
import { goTest } from './go-test.ts';
import { gradle } from './gradle.ts';
import { jest } from './jest.ts';
import { maven } from './maven.ts';
import { mocha } from './mocha.ts';
import { nextest } from './nextest.ts';
import { nodeTest } from './node-test.ts';
import { phpunit } from './phpunit.ts';
import { playwright } from './playwright.ts';
import type { Reader } from './port.ts';
import { pytest } from './pytest.ts';
import { rspec } from './rspec.ts';
import { rubyTest } from './ruby-test.ts';
import { tap } from './tap.ts';
import { tape } from './tape.ts';
import { unittest } from './unittest.ts';
import { vitest } from './vitest.ts';

/** Every reader. Where several know a command, the first is taken. */
export const READERS: readonly Reader[] = [
  nodeTest,
  vitest,
  jest,
  mocha,
  ava,
  playwright,
  tap,
  tape,
  pytest,
  unittest,
  goTest,
  cargoTest,
  nextest,
  maven,
  gradle,
  dotnet,
  ctest,
  phpunit,
  rspec,
  rubyTest,
];

/** The reader of that name; null for `exit_only`, which reads nothing. */
export const readerOf = (name: ReaderName): Reader | null => READERS.find((reader) => reader.name === name) ?? null;
