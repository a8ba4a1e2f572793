import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { mayBeSupport, needlesFor, supportsTests } from './support.ts';

const TEST = 'test/add.test.js';
const named = (path: string, text: string, naming: Readonly<Record<string, string>>): boolean =>
  supportsTests({ path, text }, Object.entries(naming).map(([each, content]) => ({ path: each, text: content })));

suite('data outside of the folders of tests', () => {
  const READS = "for (const name of readdirSync('cases')) JSON.parse(readFileSync(`cases/${name}`, 'utf8'));";
  const data = (naming: Readonly<Record<string, string>>): boolean => named('cases/two.json', '{}', naming);

  test('is of the tests where they alone name it or its folder', () => {
    assert.equal(data({ [TEST]: READS }), true);
    assert.equal(data({ [TEST]: "load('../cases/two.json')" }), true);
    assert.equal(data({ [TEST]: READS, 'README.md': 'see cases/two.json', 'docs/x.txt': 'cases/' }), true);
  });

  test('is not where the code names it too, or nobody does', () => {
    assert.equal(data({ [TEST]: READS, 'src/add.js': "read('cases/' + name)" }), false);
    assert.equal(data({ [TEST]: READS, 'package.json': '{"files":["cases/two.json"]}' }), false);
    assert.equal(data({}), false);
    assert.equal(data({ 'src/add.js': READS }), false);
  });

  test('is not because tests load code of the same folder', () => {
    assert.equal(named('src/words.json', '{}', { [TEST]: "import { add } from '../src/add.js'; import '../src/deep/er.ts';" }), false);
    assert.equal(named('src/words.json', '{}', { [TEST]: "readFileSync('src/' + name)" }), true);
    assert.equal(named('words.json', '{}', { [TEST]: "import { add } from './add.js'" }), false);
  });
});

suite('code outside of the folders of tests', () => {
  const CHECKS = "import assert from 'node:assert/strict';\nexport const same = (a, b) => assert.equal(a, b);";
  const USES = "import { same } from '../support/same.js';";

  test('is of the tests where it checks and they alone load it', () => {
    assert.equal(named('support/same.js', CHECKS, { [TEST]: USES }), true);
    assert.equal(named('support/same.ts', 'export const same = (a, b) => expect(a).toBe(b);', { [TEST]: "import { same } from '../support/same';" }), true);
    assert.equal(named('checks/same.py', 'def same(a, b):\n    assert a == b\n', { 'tests/test_add.py': 'from checks.same import same\n' }), true);
  });

  test('is loaded by the name of its folder where it stands for that', () => {
    assert.equal(named('support/index.js', CHECKS, { [TEST]: "import { same } from '../support';" }), true);
    assert.equal(named('support/index.ts', CHECKS, { [TEST]: "import { same } from '../support/index.js';" }), true);
    assert.equal(named('checks/__init__.py', 'def same(a, b):\n    assert a == b\n', { 'tests/test_add.py': 'from checks import same\n' }), true);
    assert.equal(named('lib/index.js', CHECKS, { [TEST]: "import '../lib/';", 'src/a.js': "import '../lib';" }), false);
    assert.deepEqual(needlesFor('support/index.js'), ['support']);
    assert.deepEqual(needlesFor('index.js'), ['index']);
  });

  test('is the subject where it checks nothing, or other code or a manifest names it', () => {
    assert.equal(named('add.py', 'def add(a, b):\n    assert a > 0\n    return a + b\n', { 'tests/test_add.py': 'from add import add\n' }), false);
    assert.equal(named('src/env.js', "export const dev = env === 'test';", { [TEST]: "import { dev } from '../src/env.js';" }), false);
    assert.equal(named('src/add.js', 'export const add = (a, b) => a + b;', { [TEST]: "import { add } from '../src/add.js';" }), false);
    assert.equal(named('support/same.js', CHECKS, { [TEST]: USES, 'src/index.js': "import { same } from '../support/same.js';" }), false);
    assert.equal(named('lib/index.js', CHECKS, { [TEST]: "require('../lib/index.js')", 'package.json': '{"main": "lib/index.js"}' }), false);
    assert.equal(named('support/same.js', CHECKS, { [TEST]: "import { other } from '../support/samename.js';" }), false);
  });
});

test('a page or a setting of the root that others than code read is the subject of tests', () => {
  const changed = (path: string) => ({ path, change: 'modified', oldMode: '100644', newMode: '100644' }) as const;
  const paths = ['index.html', 'index.js', 'manifest.json', 'Dockerfile', 'cases/index.html', 'cases.json'];
  assert.deepEqual(mayBeSupport(paths.map(changed)).map(({ path }) => path), ['cases/index.html', 'cases.json']);
});

test('what is looked for in the base', () => {
  assert.deepEqual(needlesFor('a/cases/two.json'), ['two.json', 'cases/', "cases'", 'cases"', 'cases`']);
  assert.deepEqual(needlesFor('two.json'), ['two.json']);
  assert.deepEqual(needlesFor('support/same.js'), ['same']);
  assert.deepEqual(needlesFor('include/check.h'), ['check']);
  assert.deepEqual(needlesFor('internal/same/same.go'), ['same']);
  assert.deepEqual(needlesFor('same.go'), ['same.go']);
  assert.deepEqual(needlesFor('crates/kit/src/deep/same.rs'), ['kit', 'mod deep;', 'mod same;']);
  assert.deepEqual(needlesFor('src/lib.rs'), []);
  assert.deepEqual(needlesFor('src/lib.swift'), []);
});

suite('code of other languages that checks', () => {
  const GO = 'package same\n\nimport "testing"\n\nfunc Same(t testing.TB, a, b int) {}\n\nfunc Far(a, b int) bool { return a > b }\n';
  const GO_USES = 'import (\n\t"testing"\n\n\t"example.com/x/internal/same"\n)';

  test('Go: a package that tests alone import', () => {
    assert.equal(named('internal/same/same.go', GO, { 'x_test.go': GO_USES }), true);
    assert.equal(named('internal/same/same.go', GO, { 'x_test.go': GO_USES, 'internal/same/more.go': 'package same' }), true);
    assert.equal(named('internal/same/same.go', GO, { 'x_test.go': GO_USES, 'x.go': GO_USES }), false);
    assert.equal(named('internal/same/same.go', 'package same\n\nfunc Same(a, b int) bool { return a == b }\n', { 'x_test.go': GO_USES }), false);
  });

  test('Rust: a crate that is for tests only', () => {
    const text = 'pub fn same(a: i32, b: i32) { assert_eq!(a, b); }';
    const kit = (manifest: string, more = text): boolean => named('kit/src/lib.rs', more, { 'Cargo.toml': manifest, 'tests/it.rs': 'kit::same(1, 1);', 'kit/Cargo.toml': '[package]\nname = "kit"\n' });
    assert.equal(kit('[workspace]\nmembers = ["kit"]\n[dev-dependencies]\nkit = { path = "kit" }\n'), true);
    assert.equal(kit('[workspace.dependencies]\nx-kit = { path = "kit" }\n[dev-dependencies]\nx-kit.workspace = true\n'), true);
    assert.equal(kit('[target."cfg(unix)".dev-dependencies.kit]\npath = "kit"\n'), true);
    assert.equal(kit('[dev-dependencies]\nkit = { path = "kit" }\n[dependencies]\nkit = { path = "kit" }\n'), false);
    assert.equal(kit('[workspace]\nmembers = ["kit"]\n'), false);
    assert.equal(kit('[dev-dependencies]\nkit = { path = "kit" }\n', 'pub fn same() {}'), false);
  });

  test('the JVM, .NET, PHP, Ruby, C and C++: what tests alone name', () => {
    const each: readonly (readonly [string, string, string, string])[] = [
      ['kit/src/main/java/Checks.java', 'import static org.junit.jupiter.api.Assertions.assertEquals;', 'src/test/java/ATest.java', 'Checks.same(1, 1);'],
      ['kit/src/main/java/Checks.java', 'class Checks { static void same(int a) { throw new AssertionError(a); } }', 'src/test/java/ATest.java', 'Checks.same(1, 1);'],
      ['kit/Checks.cs', 'using Xunit;', 'a.Tests/ATests.cs', 'Checks.Same(1, 1);'],
      ['kit/Checks.php', 'use PHPUnit\\Framework\\Assert;', 'tests/ATest.php', 'Checks::same(1, 1);'],
      ['lib/checks.rb', 'RSpec::Matchers.define :same do |a| end', 'spec/a_spec.rb', "require 'checks'"],
      ['include/check.h', '#define SAME(a, b) if ((a) != (b)) { puts(__FILE__); printf("%d", __LINE__); abort(); }', 'tests/a.c', '#include "check.h"'],
    ];
    for (const [path, text, test, uses] of each) {
      assert.equal(named(path, text, { [test]: uses }), true, path);
      assert.equal(named(path, text, { [test]: uses, [`src/use${path.slice(path.lastIndexOf('.'))}`]: uses }), false, path);
      assert.equal(named(path, 'plain', { [test]: uses }), false, path);
    }
    const subject = 'class Sums { int sum(int a) { if (a < 0) throw new AssertionError(); return a; } }';
    assert.equal(named('src/main/java/Sums.java', subject, { 'src/test/java/ATest.java': 'new Sums()' }), false);
  });

  test('what only throws is of the tests where none of them expects it to', () => {
    const each: readonly (readonly [string, string, string, string, string])[] = [
      ['src/same.js', 'export function same(a, b) {\n  if (a !== b) throw new Error(`${a}`);\n}', TEST, "import { same } from '../src/same.js';", 'assert.throws(() => same(1, 2))'],
      ['same.py', 'def same(a, b):\n    if a != b:\n        raise ValueError(a)\n', 'tests/test_a.py', 'from same import same\n', 'with pytest.raises(ValueError):'],
      ['lib/same.rb', 'module Same\n  def same(a, b)\n    raise "no" if a != b\n  end\nend\n', 'spec/a_spec.rb', "require 'same'\n", 'expect { same(1, 2) }.to raise_error'],
      ['src/Same.php', 'class Same { static function same($a, $b) { if ($a !== $b) { throw new Exception("no"); } } }', 'tests/ATest.php', 'Same::same(1, 1);', '$this->expectException(Exception::class);'],
    ];
    for (const [path, text, by, uses, expects] of each) {
      assert.equal(named(path, text, { [by]: uses }), true, path);
      assert.equal(named(path, text, { [by]: `${uses}\n${expects}` }), false, path);
    }
    const subjects = {
      'src/parse.js': "export class Parser {\n  list() {\n    this.expect('(');\n    return this.items();\n  }\n}",
      'src/add.js': "export function add(a, b) {\n  if (a === null) throw new Error('no');\n  return a + b;\n}",
      'src/count.js': "export class Count {\n  up(n) {\n    if (n < 0) throw new Error('no');\n    this.n += n;\n  }\n}",
    };
    for (const [path, text] of Object.entries(subjects)) assert.equal(named(path, text, { [TEST]: `import x from '../${path}';` }), false, path);
    assert.equal(named('lib/add.rb', "def add(a, b)\n  raise 'no' if a.nil?\n  a + b\nend\n", { 'spec/a_spec.rb': "require 'add'\n" }), false);
  });

  test('Go: a file whose functions all take a test, wherever it stands', () => {
    const takes = 'package x\n\nfunc same(t *testing.T, a, b int) {}\n';
    assert.equal(named('x/checks.go', takes, {}), true);
    assert.equal(named('x/checks.go', `${takes}\nfunc Add(a, b int) int { return a + b }\n`, {}), false);
  });

  test('Rust: a module that is there for tests', () => {
    const module = (declared: string): boolean => named('src/checks.rs', 'pub fn same() {}', { 'src/lib.rs': declared, 'other/src/lib.rs': 'mod checks;' });
    assert.equal(module('#[cfg(test)]\nmod checks;\n'), true);
    assert.equal(module('#[cfg(test)]\n#[macro_use]\npub(crate) mod checks;\n'), true);
    assert.equal(module('mod checks;\n'), false);
    assert.equal(module('#[cfg(test)]\nmod tests {}\n\nmod checks;\n'), false);
    assert.equal(named('kit/src/checks/deep.rs', '', { 'kit/src/lib.rs': '#[cfg(test)]\nmod checks;' }), true);
  });
});
