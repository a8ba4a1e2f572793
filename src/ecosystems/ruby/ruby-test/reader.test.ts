import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { rubyTest } from './reader.ts';

const REPORT = fixture('ruby-test.jsonl');

test('tests by file, class and name; a skipped one is no pass', () => {
  const at = 'test/sums_test.rb >';
  assert.deepEqual(testsOf(rubyTest.read(REPORT, '/omk/checkout')), {
    passed: [`${at} SumsTest > test_adds`, `${at} sums > test_0001_adds`],
    failed: [`${at} SumsTest > test_is_wrong`],
    skipped: [`${at} SumsTest > test_waits`],
  });
});

test('a report that breaks off is refused', () => {
  const lines = REPORT.trimEnd().split('\n');
  assert.match(whyOf(rubyTest.read(lines.slice(0, -2).join('\n'), '/omk/checkout')), /breaks off/);
});

test('it is known behind rake, rails, ruby and bundler, where they run tests', () => {
  const known = (line: string): boolean => {
    const [program = '', ...words] = line.split(' ');
    return rubyTest.recognise(program, words) !== null;
  };
  for (const line of [
    'rake',
    'rake test',
    'rake -j 2 test:units',
    'bundle exec rake test',
    'bundle exec bin/rails test',
  ])
    assert.ok(known(line), line);
  for (const line of ['rails test:all', 'ruby -Itest test/a_test.rb', 'ruby test/spec_a.rb', 'minitest'])
    assert.ok(known(line), line);
  for (const line of ['rake lint', 'rails server', 'ruby a.rb', 'bundle exec rspec', 'bundle install'])
    assert.equal(known(line), false, line);
});
