import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { named, TEST } from '../testing/support.ts';

suite('code of other languages that checks', () => {
  const GO =
    'package same\n\nimport "testing"\n\nfunc Same(t testing.TB, a, b int) {}\n\nfunc far(a, b int) bool { return a > b }\n';
  const GO_USES = 'import (\n\t"testing"\n\n\t"example.com/x/internal/same"\n)';

  test('Go: a package that tests alone import', () => {
    assert.equal(named('internal/same/same.go', GO, { 'x_test.go': GO_USES }), true);
    assert.equal(
      named('internal/same/same.go', GO, { 'x_test.go': GO_USES, 'internal/same/more.go': 'package same' }),
      true,
    );
    assert.equal(named('internal/same/same.go', GO, { 'x_test.go': GO_USES, 'x.go': GO_USES }), false);
  });

  test('Go: a package without tests of its own that only tests of other packages import, whatever is in it', () => {
    const text = 'package same\n\nfunc Same(a, b int) bool { return a == b }\n';
    const by = (naming: Readonly<Record<string, string>>): boolean => named('internal/same/same.go', text, naming);
    assert.equal(by({ 'x_test.go': `package x\n${GO_USES}` }), true);
    assert.equal(by({ 'x_test.go': `package x_test\n${GO_USES}` }), false, 'it may be what they test');
    assert.equal(by({ 'x_test.go': `package x\n${GO_USES}`, 'x.go': GO_USES }), false, 'others import it');
    const own = { 'internal/same/same_test.go': 'package same' };
    assert.equal(by({ ...own, 'x_test.go': `package x\n${GO_USES}` }), false, 'it has tests');
  });

  test('Rust: a crate that is for tests only', () => {
    const text = 'pub fn same(a: i32, b: i32) { assert_eq!(a, b); }';
    const kit = (manifest: string, more = text): boolean =>
      named('kit/src/lib.rs', more, {
        'Cargo.toml': manifest,
        'tests/it.rs': 'kit::same(1, 1);',
        'kit/Cargo.toml': '[package]\nname = "kit"\n',
      });
    assert.equal(kit('[workspace]\nmembers = ["kit"]\n[dev-dependencies]\nkit = { path = "kit" }\n'), true);
    assert.equal(
      kit('[workspace.dependencies]\nx-kit = { path = "kit" }\n[dev-dependencies]\nx-kit.workspace = true\n'),
      true,
    );
    assert.equal(kit('[target."cfg(unix)".dev-dependencies.kit]\npath = "kit"\n'), true);
    assert.equal(kit('[dev-dependencies]\nkit = { path = "kit" }\n[dependencies]\nkit = { path = "kit" }\n'), false);
    assert.equal(kit('[workspace]\nmembers = ["kit"]\n'), false);
    assert.equal(kit('[dev-dependencies]\nkit = { path = "kit" }\n', 'pub fn same() {}'), false);
    const unwraps = 'pub fn same(a: i32, b: i32) { (a == b).then_some(()).unwrap(); }';
    const dev = '[dev-dependencies]\nkit = { path = "kit" }\n';
    assert.equal(kit(dev, unwraps), true);
    assert.equal(kit(dev, `${unwraps}\n#[cfg(test)]\nmod tests {}\n`), false, 'it has tests');
  });

  test('the JVM, .NET, PHP, Ruby, C and C++: what tests alone name', () => {
    const each: readonly (readonly [string, string, string, string])[] = [
      [
        'kit/src/main/java/Checks.java',
        'import static org.junit.jupiter.api.Assertions.assertEquals;',
        'src/test/java/ATest.java',
        'Checks.same(1, 1);',
      ],
      [
        'kit/src/main/java/Checks.java',
        'class Checks { static void same(int a) { throw new AssertionError(a); } }',
        'src/test/java/ATest.java',
        'Checks.same(1, 1);',
      ],
      ['kit/Checks.cs', 'using Xunit;', 'a.Tests/ATests.cs', 'Checks.Same(1, 1);'],
      ['kit/Checks.php', 'use PHPUnit\\Framework\\Assert;', 'tests/ATest.php', 'Checks::same(1, 1);'],
      ['lib/checks.rb', 'RSpec::Matchers.define :same do |a| end', 'spec/a_spec.rb', "require 'checks'"],
      [
        'include/check.h',
        '#define SAME(a, b) if ((a) != (b)) { puts(__FILE__); printf("%d", __LINE__); abort(); }',
        'tests/a.c',
        '#include "check.h"',
      ],
    ];
    for (const [path, text, test, uses] of each) {
      assert.equal(named(path, text, { [test]: uses }), true, path);
      assert.equal(
        named(path, text, { [test]: uses, [`src/use${path.slice(path.lastIndexOf('.'))}`]: uses }),
        false,
        path,
      );
      assert.equal(named(path, 'plain', { [test]: uses }), false, path);
    }
    const subject = 'class Sums { int sum(int a) { if (a < 0) throw new AssertionError(); return a; } }';
    assert.equal(named('src/main/java/Sums.java', subject, { 'src/test/java/ATest.java': 'new Sums()' }), false);
  });

  test('what only throws is of the tests where none of them expects it to', () => {
    const each: readonly (readonly [string, string, string, string, string])[] = [
      [
        'src/same.js',
        'export function same(a, b) {\n  if (a !== b) throw new Error(`${a}`);\n}',
        TEST,
        "import { same } from '../src/same.js';",
        'assert.throws(() => same(1, 2))',
      ],
      [
        'same.py',
        'def same(a, b):\n    if a != b:\n        raise ValueError(a)\n',
        'tests/test_a.py',
        'from same import same\n',
        'with pytest.raises(ValueError):',
      ],
      [
        'lib/same.rb',
        'module Same\n  def same(a, b)\n    raise "no" if a != b\n  end\nend\n',
        'spec/a_spec.rb',
        "require 'same'\n",
        'expect { same(1, 2) }.to raise_error',
      ],
      [
        'src/Same.php',
        'class Same { static function same($a, $b) { if ($a !== $b) { throw new Exception("no"); } } }',
        'tests/ATest.php',
        'Same::same(1, 1);',
        '$this->expectException(Exception::class);',
      ],
    ];
    for (const [path, text, by, uses, expects] of each) {
      assert.equal(named(path, text, { [by]: uses }), true, path);
      assert.equal(named(path, text, { [by]: `${uses}\n${expects}` }), false, path);
    }
    const subjects = {
      'src/parse.js': "export class Parser {\n  list() {\n    this.expect('(');\n    return this.items();\n  }\n}",
      'src/add.js': "export function add(a, b) {\n  if (a === null) throw new Error('no');\n  return a + b;\n}",
      'src/count.js':
        "export class Count {\n  up(n) {\n    if (n < 0) throw new Error('no');\n    this.n += n;\n  }\n}",
    };
    for (const [path, text] of Object.entries(subjects))
      assert.equal(named(path, text, { [TEST]: `import x from '../${path}';` }), false, path);
    assert.equal(
      named('lib/add.rb', "def add(a, b)\n  raise 'no' if a.nil?\n  a + b\nend\n", {
        'spec/a_spec.rb': "require 'add'\n",
      }),
      false,
    );
  });

  test('Go: a file whose functions all take a test, wherever it stands', () => {
    const takes = 'package x\n\nfunc same(t *testing.T, a, b int) {}\n';
    assert.equal(named('x/checks.go', takes, {}), true);
    assert.equal(named('x/checks.go', `${takes}\nfunc Add(a, b int) int { return a + b }\n`, {}), false);
  });

  test('Rust: a module that is there for tests', () => {
    const module = (declared: string): boolean =>
      named('src/checks.rs', 'pub fn same() {}', { 'src/lib.rs': declared, 'other/src/lib.rs': 'mod checks;' });
    assert.equal(module('#[cfg(test)]\nmod checks;\n'), true);
    assert.equal(module('#[cfg(test)]\n#[macro_use]\npub(crate) mod checks;\n'), true);
    assert.equal(module('mod checks;\n'), false);
    assert.equal(module('#[cfg(test)]\nmod tests {}\n\nmod checks;\n'), false);
    assert.equal(named('kit/src/checks/deep.rs', '', { 'kit/src/lib.rs': '#[cfg(test)]\nmod checks;' }), true);
  });
});
