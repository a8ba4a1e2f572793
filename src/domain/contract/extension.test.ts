import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { isExtension } from './extension.ts';

const JS = `import assert from 'node:assert/strict';
import { test, describe } from 'node:test';
import { add } from '../src/math.js';

test('adds', () => {
  const sum = add(1, 2);
  assert.equal(sum, 3);
});

describe('negative', () => {
  test('adds', () => {
    assert.equal(add(-1, -2), -3);
  });
});
`;
const PY = `from app import add


def test_adds():
    total = add(1, 2)
    assert total == 3


class TestNegative:
    def test_adds(self):
        total = add(-1, -2)
        assert total == -3
`;
const GO = `package math

import "testing"

func TestAdd(t *testing.T) {
	if Add(1, 2) != 3 {
		t.Fatal("no")
	}
}
`;

const js = (candidate: string): boolean => isExtension('test/math.test.js', JS, candidate);
const py = (candidate: string): boolean => isExtension('tests/test_math.py', PY, candidate);
const go = (candidate: string): boolean => isExtension('math_test.go', GO, candidate);
/** Puts lines after the first line that contains `after`. */
const insert = (base: string, after: string, lines: string): string => {
  const at = base.split('\n').findIndex((line) => line.includes(after));
  assert.ok(at >= 0, after);
  return base
    .split('\n')
    .toSpliced(at + 1, 0, lines)
    .join('\n');
};

suite('a test file that only grew', () => {
  const grown: Readonly<Record<string, boolean>> = {
    'the same text': js(JS),
    'a test at the end': js(`${JS}\ntest('more', () => {\n  assert.equal(add(0, 0), 0);\n});\n`),
    'a test between tests': js(insert(JS, 'import { add }', "\ntest('first', () => {\n  assert.ok(true);\n});")),
    'a test inside a describe, at its end': js(
      JS.replace('-3);\n  });\n', "-3);\n  });\n\n  test('more', () => {\n    assert.ok(add(0, 0) === 0);\n  });\n"),
    ),
    'a test with a comment over it': js(
      `${JS}\n/**\n * Zero is neutral.\n */\n// Really.\ntest('zero', () => {\n  assert.equal(add(0, 1), 1);\n});\n`,
    ),
    'a test with a time limit': js(`${JS}\ntest('slow', async () => {\n  assert.ok(true);\n}, 1000);\n`),
    'a new import and its test': js(
      `${insert(JS, 'import { add }', "import { sub } from '../src/sub.js';")}\ntest('subtracts', () => ` +
        `{\n  assert.equal(sub(2, 1), 1);\n});\n`,
    ),
    'an import that gained a name, and its test': js(
      `${JS.replace('{ add }', '{ add, sub }')}\ntest('subtracts', () => {\n  assert.equal(sub(2, 1), 1);\n});\n`,
    ),
    'a required name more': isExtension(
      'a.test.cjs',
      "const { a } = require('./a');\n",
      "const { a, b } = require('./a');\n",
    ),
    'a comment in a test': js(insert(JS, 'const sum', '  // One and two.')),
    'a blank line': js(insert(JS, 'const sum', '')),
    'CRLF for LF': js(JS.replaceAll('\n', '\r\n')),
    'python: a function at the end': py(`${PY}\n\ndef test_zero():\n    assert add(0, 0) == 0\n`),
    'python: a method at the end of a class': py(`${PY}\n    def test_zero(self):\n        assert add(0, 0) == 0\n`),
    'python: a class': py(`${PY}\n\nclass TestZero:\n    def test_zero(self):\n        assert add(0, 0) == 0\n`),
    'python: a decorated function': py(
      `${PY}\n\n@pytest.mark.parametrize("n", [1, 2])\ndef test_zero(n):\n    assert add(n, 0) == n\n`,
    ),
    'python: new imports': py(`import math\nimport os.path as where\nfrom app import sub\n${PY}`),
    'python: an import that gained a name': py(PY.replace('import add', 'import add, sub')),
    'go: a function': go(
      `${GO}\n// More.\nfunc TestZero(t *testing.T) {\n\tif Add(0, 0) != 0 {\n\t\tt.Fatal("no")\n\t}\n}\n`,
    ),
  };
  for (const [what, yes] of Object.entries(grown)) test(what, () => assert.equal(yes, true));
});

suite('a test file that did more than grow', () => {
  const changed: Readonly<Record<string, boolean>> = {
    'a line removed': js(JS.replace('  assert.equal(sum, 3);\n', '')),
    'a line modified': js(JS.replace('sum, 3', 'sum, sum')),
    'an inserted return': js(insert(JS, 'const sum', '  return;')),
    'an inserted statement at the top': js(insert(JS, 'import { add }', 'assert.equal = () => {};')),
    'an inserted shadowing const': js(insert(JS, 'const sum', "  const assert = require('./lenient');")),
    'an import that shadows': js(insert(JS, 'import { add }', "import { add } from './fake.js';")),
    'a namespace that shadows': js(insert(JS, 'import { add }', "import * as assert from './lenient.js';")),
    'a var that shadows': isExtension(
      'a.test.cjs',
      "var assert = require('assert');\ntest('a', () => assert.ok(0));\n",
      "var assert = require('assert');\nvar assert = require('./lenient');\ntest('a', () => assert.ok(0));\n",
    ),
    'an import for its effect': js(insert(JS, 'import { add }', "import './patch.js';")),
    'an import grown by a known name': js(JS.replace('{ add }', '{ add, fake as assert }')),
    'an import of the same names from elsewhere': js(JS.replace('../src/math.js', './fake.js')),
    'a test around the assertions of another': js(insert(JS, 'const sum', "});\ntest('b', () => {\n  const sum = 3;")),
    'a test in the body of a test': js(insert(JS, 'const sum', "  test('b', () => {\n  });")),
    'a test in the body of a nested test': js(insert(JS, 'negative', "  test('b', () => {\n    test('c', () => {});")),
    'statements after a new test': js(`${JS}\ntest('more', () => {\n});\nassert.equal = () => {};\n`),
    'a hook for all': js(`${JS}\nbeforeEach(() => {\n  assert.equal = () => {};\n});\n`),
    'only one test run': js(`${JS}\ndescribe('x', () => {\n  test.only('y', () => {});\n});\n`),
    'a block comment around an assertion': js(insert(insert(JS, 'const sum', '/*'), 'assert.equal(sum', '*/')),
    'code behind the end of a comment': js(`${JS}/* a\n*/ process.exit(0);\n`),
    'a comment to a tool': js(`// @ts-nocheck\n${JS}`),
    'python: a def in the middle of a test, which takes its assertions': py(
      insert(PY, 'total = add(1', 'def test_b():'),
    ),
    'python: a def in the middle of a method': py(insert(PY, 'total = add(-1', '    def test_b(self):')),
    'python: a nested def': py(insert(PY, 'total = add(1', '    def test_b():\n        pass')),
    'python: a return': py(insert(PY, 'total = add(1', '    return')),
    'python: a second test of the same name': py(`${PY}\n\ndef test_adds():\n    pass\n`),
    'python: a second class of the same name': py(
      `${PY}\n\nclass TestNegative:\n    def test_adds(self):\n        pass\n`,
    ),
    'python: a decorator for an old test': py(insert(PY, 'from app', '\n\n@pytest.mark.skip')),
    'python: an empty parametrize for an old test': py(insert(PY, 'from app', '\n\n@pytest.mark.parametrize("x", [])')),
    'python: a shadowing import': py(insert(PY, 'from app', 'from fake import add')),
    'python: an import of everything': py(insert(PY, 'from app', 'from fake import *')),
    'python: a division that looks like a comment': py(insert(PY, 'assert total', '    // 2')),
    'python: code at module level': py(`${PY}\n\nadd = lambda *_: 3\n`),
    'go: TestMain': go(`${GO}\nfunc TestMain(m *testing.M) {\n\tos.Exit(0)\n}\n`),
    'go: an init': go(`${GO}\nfunc init() {\n\tos.Exit(0)\n}\n`),
    'go: TestMain behind a test': go(`${GO}\nfunc TestZero(t *testing.T) {\n}\nfunc TestMain(m *testing.M) {\n}\n`),
    'go: a build tag': go(`//go:build never\n\n${GO}`),
    'a snapshot that grew': isExtension('__snapshots__/a.snap', 'a\n', 'a\nb\n'),
  };
  for (const [what, yes] of Object.entries(changed)) test(what, () => assert.equal(yes, false));
});

suite('isExtension, for any text', () => {
  const lines = fc.array(fc.oneof(fc.constantFrom(...JS.split('\n'), ...PY.split('\n')), fc.string()), {
    minLength: 1,
    maxLength: 12,
  });
  const paths = fc.constantFrom('a.test.ts', 'test_a.py', 'a_test.go', 'a.snap');

  test('a text extends itself', () => {
    fc.assert(
      fc.property(paths, lines, (path, text) =>
        assert.equal(isExtension(path, text.join('\n'), text.join('\n')), true),
      ),
    );
  });

  test('a text without one of its lines does not', () => {
    fc.assert(
      fc.property(paths, lines, fc.nat(11), (path, text, at) => {
        fc.pre(text.length > 1 && text.every((line) => !/[\r\n]/.test(line)));
        const rest = text.toSpliced(at % text.length, 1);
        fc.pre(rest.join('\n') !== text.join('\n'));
        assert.equal(isExtension(path, text.join('\n'), rest.join('\n')), false);
      }),
    );
  });
});

const OTHERS: readonly {
  readonly path: string;
  readonly base: string;
  readonly more: string;
  readonly cheats: readonly (readonly [find: string, replace: string])[];
}[] = [
  {
    path: 'tests/a.rs',
    base: 'use sums::add;\n\n#[test]\nfn adds() {\n    assert_eq!(add(2, 3), 5);\n}\n',
    more: '\n#[test]\n#[should_panic]\nfn refuses() {\n    add(255, 1);\n}\n',
    cheats: [
      ['#[test]\n', '#[test]\n#[ignore]\n'],
      ['#[test]\n', '#[test]\nfn other() {\n}\n'],
      [') {\n', ') {\n    return;\n'],
    ],
  },
  {
    path: 'src/test/java/SumsTest.java',
    base: 'class SumsTest {\n  @Test\n  void adds() {\n    assertEquals(5, add(2, 3));\n  }\n}\n',
    more: '',
    cheats: [
      ['  @Test\n', '  @Test\n  @Disabled\n'],
      ['  @Test\n', '  @Test\n  @Tag("slow")\n'],
      ['() {\n', '() {\n    if (true) return;\n'],
    ],
  },
  {
    path: 'spec/a_spec.rb',
    base: "RSpec.describe Sums do\n  it 'adds' do\n    expect(Sums.add(2, 3)).to eq(5)\n  end\nend\n",
    more: "\nRSpec.describe Sums do\n  it 'adds more' do\n    expect(Sums.add(20, 22)).to eq(42)\n  end\nend\n",
    cheats: [
      ["' do\n    expect", "' do\n    next\n    expect"],
      ["it 'adds' do\n", "it 'adds' do\n  end\n  it 'not' do\n"],
    ],
  },
  {
    path: 'tests/SumsTest.php',
    base:
      '<?php\nfinal class SumsTest extends TestCase\n{\n    public function testAdds(): void\n    {\n' +
      '        $this->assertSame(5, add(2, 3));\n    }\n}\n',
    more: '',
    cheats: [['void\n    {\n', 'void\n    {\n        return;\n']],
  },
];

for (const { path, base, more, cheats } of OTHERS) {
  test(`${path}: whole tests may be added, and nothing into a test`, () => {
    assert.ok(isExtension(path, base, base + more));
    for (const [find, replace] of cheats) assert.ok(!isExtension(path, base, base.replace(find, replace)), replace);
  });
}

test('a test more in a class', () => {
  const java = 'class SumsTest {\n  @Test\n  void adds() {\n    assertEquals(5, add(2, 3));\n  }\n}\n';
  assert.ok(
    isExtension(
      'SumsTest.java',
      java,
      java.replace(/\}\n$/, '\n  @Test\n  void addsMore() {\n    assertEquals(42, add(20, 22));\n  }\n}\n'),
    ),
  );
  const php =
    '<?php\nclass ATest extends TestCase\n{\n    public function testA(): void\n    {\n        $this->a();\n    }\n}\n';
  assert.ok(
    isExtension(
      'ATest.php',
      php,
      php.replace(/\}\n$/, '\n    public function testB(): void\n    {\n        $this->b();\n    }\n}\n'),
    ),
  );
});
