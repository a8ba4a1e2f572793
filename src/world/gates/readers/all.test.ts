import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { READER_NAMES } from '../../../domain/gates/reader-names.ts';
import { fixture, FIXTURES } from '../testing/fixture.ts';
import { injectedBy, READERS, readerOf } from './all.ts';
import { isSealed } from './lines.ts';
import type { Reader } from './port.ts';

test('every reader has the name it is declared by, once', () => {
  assert.deepEqual([...READERS.map(({ name }) => name), 'exit_only'].sort(), [...READER_NAMES].sort());
});

const ECOSYSTEMS = join(import.meta.dirname, '../../../ecosystems');

test('each file that readers put into gates is there, under a name of its own', () => {
  const files = new Set(READERS.flatMap(injectedBy).map(({ file }) => file));
  for (const file of files)
    assert.equal(globSync([`*/${file}`, `*/*/${file}`], { cwd: ECOSYSTEMS }).length, 1, `${file} is not one file`);
});

test('no two readers are sure of one command, so that their order decides nothing', () => {
  const commands = [
    ...READERS.flatMap(({ name, version }) => [
      [name],
      [name, 'run'],
      [name, 'test'],
      [...version.slice(0, -1), 'test'],
    ]),
    ...'node --test|python3 -m pytest|python3 -m unittest|bun test|cargo test|cargo nextest run|go test ./...|mvn verify'
      .split('|')
      .map((command) => command.split(' ')),
    ...'gradle check|./gradlew test|dotnet test|vendor/bin/phpunit|bundle exec rspec|ruby -Itest a_test.rb|tsx --test'
      .split('|')
      .map((command) => command.split(' ')),
  ];
  for (const [program = '', ...args] of commands) {
    const sure = READERS.filter((reader) => {
      const found = reader.recognise(program.slice(program.lastIndexOf('/') + 1), args);
      return found !== null && found.entry === undefined;
    });
    assert.ok(sure.length < 2, `${[program, ...args].join(' ')}: ${sure.map(({ name }) => name).join(', ')}`);
  }
});

test('another order of tests is asked of runners that have an option for it, and only where it was asked for', () => {
  const place = { env: {}, reportDir: '/r', injectDir: '/i', reporterName: 'omk_1', tmp: '/t', analysis: null };
  const told = (reader: Reader, more: object): string =>
    JSON.stringify(reader.inject({ argv: ['go', 'test', './...'], ...place, ...more }));
  const said = READERS.filter((each) => /"reordered":true/.test(told(each, { reordered: true })));
  assert.deepEqual(said.map(({ name }) => name).sort(), [
    'ctest',
    'go-test',
    'phpunit',
    'pytest',
    'rspec',
    'unittest',
    'vitest',
  ]);
  for (const reader of READERS) {
    assert.doesNotMatch(told(reader, {}), /shuffle|order|reverse/i, reader.name);
    // The others are told, and their reports say what came of it.
    const isTold = ['cargo-test', 'gradle', 'jest', 'mocha', 'node-test'].includes(reader.name);
    assert.equal(told(reader, { reordered: true }) !== told(reader, {}), isTold || said.includes(reader), reader.name);
  }
  const nextest = READERS.find(({ name }) => name === 'nextest') ?? assert.fail();
  assert.match(told(nextest, { reordered: true, argv: ['cargo', 'nextest', 'run'] }), /"reordered":true/);
  const maven = READERS.find(({ name }) => name === 'maven') ?? assert.fail();
  assert.match(told(maven, { reordered: true, argv: ['mvn', 'test'] }), /runOrder=.*"reordered":true/);
});

for (const reader of READERS) {
  const { name } = reader;
  const file = FIXTURES.find((each) => each.startsWith(`${name}.`)) ?? assert.fail(`fixtures/${name}.* is missing`);
  const report = fixture(file);

  test(`property: ${name} never throws on any text`, () => {
    const line = fc.oneof(fc.string(), fc.json(), fc.constantFrom(...report.split('\n')));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const result = reader.read(lines.join('\n'), '/omk/checkout');
        assert.ok(result.kind === 'tests' || result.kind === 'unreadable');
      }),
    );
  });

  test(`property: ${name} counts each id once, and no damaged report has more passes than the whole one`, () => {
    const whole = reader.read(report, '/omk/checkout');
    assert.ok(whole.kind === 'tests');
    fc.assert(
      fc.property(fc.nat(report.length), fc.nat(200), (at, length) => {
        const result = reader.read(report.slice(0, at) + report.slice(at + length), '/omk/checkout');
        if (result.kind !== 'tests') return;
        const ids = [...result.tests.passed, ...result.tests.failed, ...result.tests.skipped];
        assert.equal(new Set(ids).size, ids.length);
        assert.ok(result.tests.passed.length <= whole.tests.passed.length + 1);
      }),
    );
  });
}

test('exit_only has no reader', () => {
  assert.equal(readerOf('exit_only'), null);
});

test('a seal holds for exactly the bytes it was made over', () => {
  const key = Buffer.from('secret');
  const body = 'a\nb\n';
  const seal = (text: string): string => `{"seal":"${createHmac('sha256', key).update(text).digest('hex')}"}\n`;
  assert.ok(isSealed(Buffer.from(body + seal(body)), key));
  assert.ok(isSealed(Buffer.from(body + seal(body).replace(':', ': ')), key));
  assert.ok(!isSealed(Buffer.from(body + seal('a\n')), key));
  assert.ok(!isSealed(Buffer.from(body + seal(body)), Buffer.from('other')));
  assert.ok(!isSealed(Buffer.from(`${body}{"seal":null}\n`), key));
  assert.ok(!isSealed(Buffer.from(body + seal(body) + body), key));
  assert.ok(!isSealed(Buffer.from(body), key));
  assert.ok(!isSealed(Buffer.alloc(0), key));
});
