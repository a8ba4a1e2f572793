/** What a new function and its test look like. `{import}`, `{name}` and `{types}` are filled in. */
interface Style {
  readonly source: string;
  readonly test: string;
  /** The function is added to the end of a file that is there. */
  readonly append?: true;
}

const js = (test: string, source = 'export function clampBetween(value{n}, low{n}, high{n}){n} {'): Style => ({
  source: `${source}\n  return Math.min(Math.max(value, low), high);\n}\n`,
  test,
});
const cjs = (test: string): Style => ({
  source:
    "'use strict';\n\nmodule.exports.clampBetween = function (value, low, high) {\n  return Math.min(Math.max(value, low), high);\n};\n",
  test,
});
const EQUALS = [
  [5, 5],
  [-1, 0],
  [12, 10],
] as const;
const all = (line: (value: number, is: number) => string): string =>
  EQUALS.map(([value, is]) => line(value, is)).join('');
const nodeAssert = all((value, is) => `  assert.strictEqual(clampBetween(${value}, 0, 10), ${is});\n`);
const expects = all((value, is) => `  expect(clampBetween(${value}, 0, 10)).toBe(${is});\n`);
const esm = "import { clampBetween } from '{import}';\n";
const required = "'use strict';\n\nconst { clampBetween } = require('{import}');\n";
const TITLE = "'stays between its bounds'";

const STYLES = {
  'node-test': js(
    `import assert from 'node:assert';\nimport test from 'node:test';\n${esm}\ntest(${TITLE}, () => {\n${nodeAssert}});\n`,
  ),
  'node-test-cjs': cjs(
    `${required}const assert = require('node:assert');\nconst test = require('node:test');\n\ntest(${TITLE}, () => {\n${nodeAssert}});\n`,
  ),
  vitest: js(`import { expect, test } from 'vitest';\n${esm}\ntest(${TITLE}, () => {\n${expects}});\n`),
  jest: js(`${esm}\ntest(${TITLE}, () => {\n${expects}});\n`),
  'jest-cjs': cjs(`${required}\ntest(${TITLE}, () => {\n${expects}});\n`),
  bun: js(`import { expect, test } from 'bun:test';\n${esm}\ntest(${TITLE}, () => {\n${expects}});\n`),
  mocha: js(`import assert from 'node:assert';\n${esm}\nit(${TITLE}, function () {\n${nodeAssert}});\n`),
  'mocha-cjs': cjs(
    `${required}const assert = require('node:assert');\n\nit(${TITLE}, function () {\n${nodeAssert}});\n`,
  ),
  ava: js(
    `import test from 'ava';\n${esm}\ntest(${TITLE}, t => {\n${all((value, is) => `\tt.is(clampBetween(${value}, 0, 10), ${is});\n`)}});\n`,
  ),
  tape: cjs(
    `${required}const test = require('tape');\n\ntest(${TITLE}, function (t) {\n` +
      `${all((value, is) => `  t.equal(clampBetween(${value}, 0, 10), ${is});\n`)}  t.end();\n});\n`,
  ),
  pytest: {
    source: 'def clamp_between(value, low, high):\n    return min(max(value, low), high)\n',
    test:
      `from {import} import clamp_between\n\n\ndef test_stays_between_its_bounds():\n` +
      `${all((value, is) => `    assert clamp_between(${value}, 0, 10) == ${is}\n`)}`,
  },
  unittest: {
    source: 'def clamp_between(value, low, high):\n    return min(max(value, low), high)\n',
    test:
      `import unittest\n\nfrom {import} import clamp_between\n\n\nclass ClampTest(unittest.TestCase):\n` +
      `    def test_stays_between_its_bounds(self):\n` +
      `${all((value, is) => `        self.assertEqual(clamp_between(${value}, 0, 10), ${is})\n`)}`,
  },
  go: {
    source:
      'package {import}\n\n// ClampBetween keeps value between low and high.\n' +
      'func ClampBetween(value, low, high int) int {\n\tif value < low {\n\t\treturn low\n\t}\n' +
      '\tif value > high {\n\t\treturn high\n\t}\n\treturn value\n}\n',
    test:
      `package {import}\n\nimport "testing"\n\nfunc TestClampBetween(t *testing.T) {\n` +
      `${all((value, is) => `\tif got := ClampBetween(${value}, 0, 10); got != ${is} {\n\t\tt.Errorf("got %d", got)\n\t}\n`)}` +
      `}\n`,
  },
  rust: {
    append: true,
    source:
      '\n/// Keeps `value` between `low` and `high`.\n' +
      'pub fn clamp_between(value: i32, low: i32, high: i32) -> i32 {\n' +
      '    core::cmp::min(core::cmp::max(value, low), high)\n}\n',
    test:
      `use {import}::clamp_between;\n\n#[test]\nfn stays_between_its_bounds() {\n` +
      `${all((value, is) => `    assert_eq!(clamp_between(${value}, 0, 10), ${is});\n`)}}\n`,
  },
  junit4: {
    source:
      'package {import};\n\n/** Keeps a value between two others. */\npublic final class {name} {\n' +
      '    private {name}() {\n    }\n\n    public static int between(final int value, final int low, ' +
      'final int high) {\n        return Math.min(Math.max(value, low), high);\n    }\n}\n',
    test:
      `package {import};\n\nimport static org.junit.Assert.assertEquals;\n\nimport org.junit.Test;\n\n` +
      `public class {test} {\n    @Test\n    public void staysBetweenItsBounds() {\n` +
      `${all((value, is) => `        assertEquals(${is}, {name}.between(${value}, 0, 10));\n`)}    }\n}\n`,
  },
  junit5: {
    source:
      'package {import};\n\n/** Keeps a value between two others. */\npublic final class {name} {\n' +
      '    private {name}() {\n    }\n\n    public static int between(final int value, final int low, ' +
      'final int high) {\n        return Math.min(Math.max(value, low), high);\n    }\n}\n',
    test:
      `package {import};\n\nimport static org.junit.jupiter.api.Assertions.assertEquals;\n\n` +
      `import org.junit.jupiter.api.Test;\n\npublic class {test} {\n    @Test\n` +
      `    public void staysBetweenItsBounds() {\n` +
      `${all((value, is) => `        assertEquals(${is}, {name}.between(${value}, 0, 10));\n`)}    }\n}\n`,
  },
  minitest: {
    source:
      '# frozen_string_literal: true\n\nmodule {name}\n  def self.between(value, low, high)\n    value.clamp(low, high)\n  end\nend\n',
    test:
      `# frozen_string_literal: true\n\nrequire 'minitest/autorun'\nrequire '{import}'\n\n` +
      `class {name}Test < Minitest::Test\n  def test_stays_between_its_bounds\n` +
      `${all((value, is) => `    assert_equal ${is}, {name}.between(${value}, 0, 10)\n`)}  end\nend\n`,
  },
  rspec: {
    source:
      '# frozen_string_literal: true\n\nmodule {name}\n  def self.between(value, low, high)\n    value.clamp(low, high)\n  end\nend\n',
    test:
      `# frozen_string_literal: true\n\nrequire '{import}'\n\nRSpec.describe {name} do\n` +
      `  it 'stays between its bounds' do\n` +
      `${all((value, is) => `    expect({name}.between(${value}, 0, 10)).to eq(${is})\n`)}  end\nend\n`,
  },
  phpunit: {
    source:
      '<?php\n\nnamespace {import};\n\nfinal class {name}\n{\n' +
      '    public static function between(int $value, int $low, int $high): int\n    {\n' +
      '        return min(max($value, $low), $high);\n    }\n}\n',
    test:
      `<?php\n\nnamespace {import};\n\nuse PHPUnit\\Framework\\TestCase;\n\n` +
      `final class {test} extends TestCase\n{\n    public function testStaysBetweenItsBounds(): void\n` +
      `    {\n` +
      `${all((value, is) => `        $this->assertSame(${is}, {name}::between(${value}, 0, 10));\n`)}    ` +
      `}\n}\n`,
  },
} as const satisfies Readonly<Record<string, Style>>;

type StyleName = keyof typeof STYLES;
const isStyle = (name: string): name is StyleName => name in STYLES;
const names = Object.keys(STYLES).filter(isStyle);
const [first = 'pytest', ...others] = names;
export const STYLE_NAMES: readonly [StyleName, ...StyleName[]] = [first, ...others];
export const styleOf = (name: StyleName): Style => STYLES[name];
