import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { labelsOf } from '../../../world/syntax/testing/labels.ts';
import { strengthsOf } from '../../../world/syntax/testing/ladder.ts';

const spec = (code: string, head = "it 'adds' do"): string =>
  `require 'spec_helper'\n\nRSpec.describe Calc, '#add' do\n  let(:x) { 3 }\n\n  ${head}\n` +
  `    ${code.replaceAll('\n', '\n    ')}\n  end\nend\n`;
const unit = (code: string): string =>
  `require 'test_helper'\n\nclass CalcTest < Minitest::Test\n  def setup\n    @x = 1\n  end\n\n` +
  `  def test_adds\n    ${code.replaceAll('\n', '\n    ')}\n  end\nend\n`;
const becomes = (before: string, after: string): Promise<readonly string[]> =>
  labelsOf('spec/calc_spec.rb', before, after);
const LAYOUT = 'changed: comments, layout or order, as far as it can be read';
const OUTSIDE = 'changed: outside of its tests';
const MORE_OUTSIDE = 'changed: more outside of its tests';
const MORE = 'changed Calc #add > adds: more than before, and every assertion of before';

suite('tests in Ruby', () => {
  for (const [before, after, told] of [
    ['expect(x).to eq(3)', 'expect(x).to be_truthy', 'looser assertion (eq → be_truthy)'],
    ['expect(x).to eq 3', 'expect(x).not_to be_nil', 'looser assertion (eq → be_nil)'],
    ['expect(x).to eq 3', 'expect(x).to be > 0', 'looser assertion (eq → be)'],
    ['expect(x).to eq(3)', 'expect(x).not_to eq(4)', 'looser assertion (eq → eq)'],
    ['expect(x).to eq(3)', 'expect(3).to eq(3)', 'looser assertion (eq → eq)'],
    ['expect(x).to eq(3)', 'expect(x).to eq(x)', 'looser assertion (eq → eq)'],
    ['expect(x).to eq(3)', 'expect(true).to be true', 'looser assertion (eq → be)'],
    ['expect(x).to eq(3)', 'expect(x).to eq(3).or eq(4)', 'looser assertion (eq → eq.or)'],
    ['expect(x).to eq(3)', 'expect(x).to be_within(0.1).of(3)', 'looser assertion (eq → be_within.of)'],
    ['expect(x).to be_within(0.1).of(3)', 'expect(x).to be_within(5).of(3)', 'lowered threshold (0.1 → 5)'],
    ['expect(x).to be >= 90', 'expect(x).to be >= 10', 'lowered threshold (90 → 10)'],
    ['expect(x).to eq(3)', '', '1 assertion fewer'],
    ['expect(x).to eq(3)', '# expect(x).to eq(3)', '1 assertion fewer'],
    ['expect(x).to eq(3)', 'puts <<~A\n  expect(x).to eq(3)\nA', '1 assertion fewer'],
    ['expect(x).to eq(3)', 'expect(x)', '1 assertion fewer'],
    ['is_expected.to eq(3)', 'is_expected.to be_truthy', 'looser assertion (eq → be_truthy)'],
    ['x.should eq(3)', 'x.should be_truthy', 'looser assertion (eq → be_truthy)'],
    ['expect { f }.to raise_error(Foo)', 'expect { f }.to raise_error', 'looser assertion (raise_error → raise_error)'],
    ['expect { f }.to raise_error(Foo, /no/)', 'f', '1 assertion fewer'],
    [
      'expect { f }.to change { n }.by(1)',
      'expect { f }.not_to raise_error',
      'looser assertion (change.by → raise_error)',
    ],
    ['expect(mail).to have_received(:send).once', 'mail', '1 assertion fewer'],
    ['expect(x).to eq(3)', 'expect(x).to eq(3) if ci', '1 assertion not always reached'],
    ['expect(x).to eq(3)', 'ci && expect(x).to(eq(3))', '1 assertion not always reached'],
    ['expect(x).to eq(3)', 'expect(x).to eq(3) rescue nil', '1 assertion not always reached'],
    ['expect(x).to eq(3)', 'begin\n  expect(x).to eq(3)\nrescue StandardError\nend', '1 assertion not always reached'],
    ['expect(x).to eq(3)', 'expect(x).to eq(3)\nrescue StandardError\n  nil', '1 assertion not always reached'],
    ['expect(x).to eq(3)', 'next\nexpect(x).to eq(3)', '1 assertion not always reached'],
    ['expect(x).to eq(3)', 'later = -> { expect(x).to eq(3) }', '1 assertion not always reached'],
    ['expect(x).to eq(3)', '[].each { expect(x).to eq(3) }', '1 assertion not always reached'],
    ['expect(x).to eq(3)', 'skip\nexpect(x).to eq(3)', 'skip added'],
    ['expect(x).to eq(3)', "skip 'later' if ci\nexpect(x).to eq(3)", 'skip added'],
    ['expect(x).to eq(3)', 'pending\nexpect(x).to eq(3)', 'may fail now'],
  ] as const)
    test(`${before} → ${after}`, async () =>
      assert.deepEqual(await becomes(spec(before), spec(after)), [`weakened Calc #add > adds: ${told}`]));

  for (const [before, after, told] of [
    ['assert_equal 3, x', 'assert x', 'looser assertion (assert_equal → assert)'],
    ['assert_equal 3, x', 'refute_nil x', 'looser assertion (assert_equal → refute_nil)'],
    ['assert_equal 3, x', 'assert true', 'looser assertion (assert_equal → assert)'],
    ['assert_equal(3, x)', 'assert_equal(3, 3)', 'looser assertion (assert_equal → assert_equal)'],
    ['assert list.include?(3)', 'assert list', 'looser assertion (assert → assert)'],
    ['assert x == 3', 'assert x', 'looser assertion (assert → assert)'],
    ['assert_in_delta 3.0, x, 0.01', 'assert_in_delta 3.0, x, 2', 'lowered threshold (0.01 → 2)'],
    ['assert_operator x, :>=, 90', 'assert_operator x, :>=, 10', 'lowered threshold (90 → 10)'],
    ['assert_raises(Foo) { f }', 'assert_raises { f }', 'looser assertion (assert_raises → assert_raises)'],
    ['assert_raises(Foo) { f }', 'f', '1 assertion fewer'],
    ['_(x).must_equal 3', '_(x).wont_be_nil', 'looser assertion (must_equal → wont_be_nil)'],
    ['_(x).must_equal 3', '_(3).must_equal 3', 'looser assertion (must_equal → must_equal)'],
    ['x.must_equal 3', 'x.wont_be_nil', 'looser assertion (must_equal → wont_be_nil)'],
    ['x.must_be_nil', 'x', '1 assertion fewer'],
    ['assert_valid_order', 'order', '1 assertion fewer'],
    ["raise 'no' if x != 3", 'x', '1 assertion fewer'],
    ['flunk unless x', 'x', '1 assertion fewer'],
    ['assert_equal 3, x', 'return unless x\nassert_equal 3, x', '1 assertion not always reached'],
    ['assert_equal 3, x', 'assert_equal 3, x\nrescue Minitest::Assertion', '1 assertion not always reached'],
    ['assert_equal 3, x', "skip('later')\nassert_equal 3, x", 'skip added'],
    ['assert_equal 3, x', 'skip\nassert_equal 3, x', 'skip added'],
  ] as const)
    test(`${before} → ${after}`, async () =>
      assert.deepEqual(await becomes(unit(before), unit(after)), [`weakened CalcTest > test_adds: ${told}`]));

  for (const [head, told] of [
    ["xit 'adds' do", 'skip added'],
    ["xspecify 'adds' do", 'skip added'],
    ["skip 'adds' do", 'skip added'],
    ["pending 'adds' do", 'may fail now'],
    ["fit 'adds' do", 'only added'],
    ["focus 'adds' do", 'only added'],
    ["it 'adds', skip: true do", 'skip added'],
    ["it 'adds', :skip do", 'skip added'],
    ["it 'adds', skip: 'later', js: true do", 'skip added'],
    ["it 'adds', :focus do", 'only added'],
    ["it 'adds', if: ENV['CI'] do", 'skip added'],
  ] as const)
    test(`${head} …`, async () =>
      assert.deepEqual(await becomes(spec('expect(x).to eq(3)'), spec('expect(x).to eq(3)', head)), [
        `weakened Calc #add > adds: ${told}`,
      ]));

  test('an example without a body is one to be written', async () => {
    const base = spec('expect(x).to eq(3)');
    assert.deepEqual(await becomes(base, base.replace(/ do\n {4}expect[\s\S]*?end/, '')), [
      'weakened Calc #add > adds: 1 assertion fewer, skip added',
    ]);
  });

  test('a group that is skipped, in a branch, or behind a way out', async () => {
    const base = spec('expect(x).to eq(3)');
    const name = 'weakened Calc #add > adds:';
    assert.deepEqual(await becomes(base, base.replace('RSpec.describe', 'RSpec.xdescribe')), [
      `${name} skip added`,
      OUTSIDE,
    ]);
    assert.deepEqual(await becomes(base, base.replace("'#add' do", "'#add', skip: true do")), [
      `${name} skip added`,
      OUTSIDE,
    ]);
    assert.deepEqual(await becomes(base, base.replace("'#add' do", "'#add' do\n  before { skip }")), [
      `${name} skip added`,
      MORE_OUTSIDE,
    ]);
    assert.deepEqual(await becomes(base, base.replace(/(RSpec[\s\S]*)/, 'if ci\n$1end\n')), [
      `${name} skip added`,
      MORE_OUTSIDE,
    ]);
    assert.deepEqual(await becomes(base, base.replace('RSpec.describe', 'return\nRSpec.describe')), [
      `${name} skip added`,
      MORE_OUTSIDE,
    ]);
    assert.deepEqual(await becomes(unit('assert x'), unit('assert x').replace('  def test', '  focus\n  def test')), [
      'weakened CalcTest > test_adds: only added',
      MORE_OUTSIDE,
    ]);
  });

  test('names, groups, helpers, shared examples, an example without a name', async () => {
    const base =
      `describe User do\n  context 'new' do\n    it_behaves_like 'a record'\n` +
      `    it { is_expected.to eq 3 }\n    specify('deep') { check_all }\n  end\n\n  def check_all\n` +
      `    expect(a).to eq(1)\n  end\nend\n`;
    assert.deepEqual(await becomes(base, base.replace("'deep'", "'low'")), [
      'renamed User > new > low: was User > new > deep, the same body',
    ]);
    assert.deepEqual(await becomes(base, base.replace("    it_behaves_like 'a record'\n", '')), [
      "removed User > new > it_behaves_like 'a record'",
    ]);
    assert.deepEqual(await becomes(base, base.replace('eq 3', 'be_truthy')), [
      'weakened User > new > it: looser assertion (eq → be_truthy)',
    ]);
    assert.deepEqual(await becomes(base, base.replace('    expect(a).to eq(1)\n', '')), [OUTSIDE]);
    assert.deepEqual(
      await becomes(base, base.replace('    it {', "    it 'is new' do\n      expect(1).to eq(b)\n    end\n    it {")),
      ['added User > new > is new'],
    );
  });

  test('a group that is called by its full name', async () =>
    assert.deepEqual(
      await becomes(spec('assert x').replace('RSpec', '::RSpec'), spec('').replace('RSpec', '::RSpec')),
      ['weakened Calc #add > adds: 1 assertion fewer'],
    ));

  test('ActiveSupport, and a second method of a name hides the first', async () => {
    const rails = "class UserTest < ActiveSupport::TestCase\n  test 'saves' do\n    assert_equal 3, x\n  end\nend\n";
    assert.deepEqual(await becomes(rails, rails.replace('    assert_equal 3, x\n', '')), [
      'weakened UserTest > saves: 1 assertion fewer',
    ]);
    const base = unit('assert_equal 3, x');
    assert.deepEqual(await becomes(base, base.replace(/\nend\n$/, '\n\n  def test_adds\n  end\nend\n')), [
      'weakened CalcTest > test_adds: 1 assertion fewer',
    ]);
    assert.deepEqual(await becomes(base, base.replace('test_adds', 'later_test_adds')), [
      'removed CalcTest > test_adds',
      OUTSIDE,
    ]);
  });

  test('how much each assertion says', async () => {
    const told = {
      'expect(x).to eq(3)': 'exact',
      'expect(x).to be == 3': 'exact',
      'expect(x == 3).to be_truthy': 'exact',
      'expect(x == 3).to be(true)': 'exact',
      'expect(x).to be_truthy': 'loose',
      'expect(x).to match(/a/)': 'partial',
      'expect(x).not_to eq(3)': 'partial',
      'expect(x).to_not be_nil': 'loose',
      'expect { f }.to raise_error': 'loose',
      'expect { f }.to raise_error(Foo)': 'partial',
      'is_expected.to eq 3': 'exact',
      'is_expected.not_to be_nil': 'loose',
      'x.should eq(3)': 'exact',
      'x.should_not be_nil': 'loose',
      'x.should == 3': 'partial',
      'expect_any_instance_of(Foo).to receive(:bar)': 'partial',
      '_(x).must_equal 3': 'exact',
      'x.must_equal 3': 'exact',
      'x.must_be :>, 3': 'partial',
      'x.wont_be_nil': 'loose',
      '_ { f }.must_raise Foo': 'partial',
      '_ { f }.must_raise': 'loose',
      'assert_equal 3, x': 'exact',
      'assert_includes x, 3': 'partial',
      'refute_includes x, 3': 'partial',
      'assert_not_nil x': 'loose',
      'assert x == 3': 'exact',
      'assert_raises(Foo) { f }': 'partial',
      'assert_raises { f }': 'loose',
      'check_totals(x)': 'partial',
      'Foo::Bar.verify_all': 'partial',
      'raise "no"': 'exact',
      'f(x); x.expectation; allow(x).to receive(:y)': '',
    };
    assert.deepEqual(await strengthsOf('a_spec.rb', (code) => spec(code), Object.keys(told)), told);
  });

  test('white space in a string is no layout', async () =>
    assert.deepEqual(await becomes(spec("expect(x).to eq('a  b')"), spec("expect(x).to eq('a b')")), [
      'changed Calc #add > adds: other assertions',
    ]));

  for (const [before, after, told] of [
    ['expect(x).to eq(3)', '# why\n\nexpect(x)\n  .to eq( 3 )', LAYOUT],
    ['expect(x).to eq({a: 1})', 'expect(x).to eq(\n  { a: 1 }\n)', LAYOUT],
    ['if x\n  f(x)\nend\nexpect(x).to eq(3)', 'if x\n    f(x)\nend\n\nexpect(x).to  eq(3)', LAYOUT],
    ['expect(x).to be_truthy', 'expect(x).to eq(3)', 'changed Calc #add > adds: other assertions'],
    ['expect(x).to eq(3)', 'expect(x).to eq(3)\nexpect(y).to eq(4)', MORE],
    [
      'expect(x).to be_within(5).of(3)',
      'expect(x).to be_within(1).of(3)',
      'changed Calc #add > adds: other assertions',
    ],
    ['expect { f }.to raise_error', 'expect { f }.to raise_error(Foo)', 'changed Calc #add > adds: other assertions'],
    ['x.should eq(3)', 'expect(x).to eq(3)', 'changed Calc #add > adds: other assertions'],
    [
      'expect(x).to eq(3)',
      'aggregate_failures do\n  expect(x).to eq(3)\nend',
      'changed Calc #add > adds: other steps, and no assertion that omk recognizes is another',
    ],
    ['expect(x).to eq(3)', 'list = list.skip(3)\nskip = true\nexpect(x).to eq(3)', MORE],
    [
      'f\n(x)\nexpect(x).to eq(3)',
      'f(x)\nexpect(x).to eq(3)',
      'changed Calc #add > adds: other steps, and no assertion that omk recognizes is another',
    ],
    [
      'skip\nexpect(x).to eq(3)',
      'expect(x).to eq(3)',
      'changed Calc #add > adds: a skip, only or expected failure less',
    ],
  ] as const)
    test(`is not weakened: ${before} → ${after}`, async () =>
      assert.deepEqual(await becomes(spec(before), spec(after)), [told]));
});
