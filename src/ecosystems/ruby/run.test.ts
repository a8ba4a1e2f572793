import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeBench } from '../../world/gates/testing/bench.ts';
import { without } from '../../world/gates/testing/tools.ts';

const RAKEFILE = "require 'rake/testtask'\nRake::TestTask.new { |task| task.pattern = 'test/**/*_test.rb' }\n";
const MINITEST = `require 'minitest/autorun'

class SumsTest < Minitest::Test
  def test_adds
    assert_equal 2, 1 + 1
  end

  def test_is_wrong
    assert_equal 3, 1 + 1
  end

  def test_waits
    skip 'later'
  end
end

describe 'sums' do
  it 'adds' do
    _(1 + 1).must_equal 2
  end
end
`;
const TEST_UNIT = `require 'test/unit'

class SumsTest < Test::Unit::TestCase
  data('one' => 1, 'two' => 2)
  def test_equals(number)
    assert_equal number, number
  end

  def test_is_wrong
    assert_equal 3, 1 + 1
  end

  def test_waits
    omit 'later'
  end
end
`;
const trees = {
  minitest: { Rakefile: RAKEFILE, 'test/sums_test.rb': MINITEST },
  unit: { 'test/sums_test.rb': TEST_UNIT },
  forges: {
    'test/sums_test.rb':
      `require 'minitest/autorun'\n\nclass SumsTest < Minitest::Test\n  def test_adds\n` +
      `    system('ruby', '-rminitest/autorun', '-e', '1') || flunk\n  end\nend\n`,
  },
};

test(
  'Minitest behind rake: its tests, and a canary',
  { skip: without('ruby', '-rminitest', '-rrake', '-e1') },
  async (t) => {
    const bench = await makeBench({ sandbox: 'auto', trees });
    t.after(() => bench.remove());
    const run = await bench.run('rake test', 'minitest');
    assert.ok(run.report.kind === 'tests', run.tail);
    const at = 'test/sums_test.rb >';
    assert.deepEqual(run.report.tests, {
      passed: [`${at} SumsTest > test_adds`, `${at} sums > test_0001_adds`],
      failed: [`${at} SumsTest > test_is_wrong`],
      skipped: [`${at} SumsTest > test_waits`],
    });
    const canary = await bench.run('rake test', 'minitest', { purpose: 'canary', canaryBase: 'minitest' });
    assert.ok(canary.report.kind === 'tests', canary.tail);
    const { failed } = canary.report.tests;
    for (const name of canary.canary?.names ?? ['none'])
      assert.ok(
        failed.some((id) => id.startsWith(at) && id.endsWith(name)),
        name,
      );
    const nested = await bench.run('ruby -Itest test/sums_test.rb', 'forges');
    assert.ok(nested.report.kind === 'tests', nested.tail);
    assert.deepEqual(nested.report.tests.passed, [`${at} SumsTest > test_adds`]);
  },
);

test('test-unit: its tests, and a canary', { skip: without('ruby', '-rtest-unit', '-e1') }, async (t) => {
  const bench = await makeBench({ sandbox: 'auto', trees });
  t.after(() => bench.remove());
  const run = await bench.run('ruby test/sums_test.rb', 'unit');
  assert.ok(run.report.kind === 'tests', run.tail);
  const at = 'test/sums_test.rb > SumsTest >';
  assert.deepEqual(run.report.tests, {
    passed: [`${at} test_equals[one]`, `${at} test_equals[two]`],
    failed: [`${at} test_is_wrong`],
    skipped: [`${at} test_waits`],
  });
  const canary = await bench.run('ruby test/sums_test.rb', 'unit', { purpose: 'canary', canaryBase: 'unit' });
  assert.ok(canary.report.kind === 'tests', canary.tail);
  const { failed } = canary.report.tests;
  for (const name of canary.canary?.names ?? ['none'])
    assert.ok(
      failed.some((id) => id.endsWith(name)),
      name,
    );
});
