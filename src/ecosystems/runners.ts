// Made from the folders by npm run tables: do not edit.
import type { ReaderName } from '../domain/gates/reader-names.ts';
import type { Runner } from '../world/gates/runner.ts';
import { runner as javascriptNodeTest } from './javascript/node-test/reader.ts';
import { runner as javascriptAva } from './javascript/ava/reader.ts';
import { runner as javascriptBunTest } from './javascript/bun-test/reader.ts';
import { runner as javascriptJasmine } from './javascript/jasmine/reader.ts';
import { runner as javascriptJest } from './javascript/jest/reader.ts';
import { runner as javascriptMocha } from './javascript/mocha/reader.ts';
import { runner as javascriptPlaywright } from './javascript/playwright/reader.ts';
import { runner as javascriptQunit } from './javascript/qunit/reader.ts';
import { runner as javascriptTap } from './javascript/tap/reader.ts';
import { runner as javascriptTape } from './javascript/tape/reader.ts';
import { runner as javascriptUvu } from './javascript/uvu/reader.ts';
import { runner as javascriptVitest } from './javascript/vitest/reader.ts';
import { runner as rustCargoTest } from './rust/cargo-test/reader.ts';
import { runner as rustNextest } from './rust/nextest/reader.ts';
import { runner as goGoTest } from './go/go-test/reader.ts';
import { runner as pythonPytest } from './python/pytest/reader.ts';
import { runner as pythonUnittest } from './python/unittest/reader.ts';
import { runner as jvmGradle } from './jvm/gradle/reader.ts';
import { runner as jvmMaven } from './jvm/maven/reader.ts';
import { runner as dotnetDotnet } from './dotnet/dotnet/reader.ts';
import { runner as cppCtest } from './cpp/ctest/reader.ts';
import { runner as phpPhpunit } from './php/phpunit/reader.ts';
import { runner as rubyRspec } from './ruby/rspec/reader.ts';
import { runner as rubyRubyTest } from './ruby/ruby-test/reader.ts';

/** A runner for each name that a gate may have, but the one that reads nothing. */
export const RUNNERS: Readonly<Record<Exclude<ReaderName, 'exit_only'>, Runner>> = {
  'node-test': javascriptNodeTest,
  ava: javascriptAva,
  'bun-test': javascriptBunTest,
  jasmine: javascriptJasmine,
  jest: javascriptJest,
  mocha: javascriptMocha,
  playwright: javascriptPlaywright,
  qunit: javascriptQunit,
  tap: javascriptTap,
  tape: javascriptTape,
  uvu: javascriptUvu,
  vitest: javascriptVitest,
  'cargo-test': rustCargoTest,
  nextest: rustNextest,
  'go-test': goGoTest,
  pytest: pythonPytest,
  unittest: pythonUnittest,
  gradle: jvmGradle,
  maven: jvmMaven,
  dotnet: dotnetDotnet,
  ctest: cppCtest,
  phpunit: phpPhpunit,
  rspec: rubyRspec,
  'ruby-test': rubyRubyTest,
};
