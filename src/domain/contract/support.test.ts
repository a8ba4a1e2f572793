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
  const paths = ['index.html', 'manifest.json', 'Dockerfile', 'cases/index.html', 'cases.json'];
  assert.deepEqual(mayBeSupport(paths.map(changed)).map(({ path }) => path), ['cases/index.html', 'cases.json']);
});

test('what is looked for in the base', () => {
  assert.deepEqual(needlesFor('a/cases/two.json'), ['two.json', 'cases/', "cases'", 'cases"', 'cases`']);
  assert.deepEqual(needlesFor('two.json'), ['two.json']);
  assert.deepEqual(needlesFor('support/same.js'), ['same']);
  assert.deepEqual(needlesFor('include/check.h'), ['check']);
  assert.deepEqual(needlesFor('internal/same/same.go'), ['same']);
  assert.deepEqual(needlesFor('same.go'), []);
  assert.deepEqual(needlesFor('crates/kit/src/deep/same.rs'), ['kit']);
  assert.deepEqual(needlesFor('src/lib.rs'), []);
  assert.deepEqual(needlesFor('src/lib.swift'), []);
});

suite('code of other languages that checks', () => {
  const GO = 'package same\n\nimport "testing"\n\nfunc Same(t testing.TB, a, b int) {}\n';
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
});
