import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { named, TEST } from '../testing/support.ts';
import { mayBeSupport, needlesFor } from './support.ts';

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
    assert.equal(
      named('src/words.json', '{}', { [TEST]: "import { add } from '../src/add.js'; import '../src/deep/er.ts';" }),
      false,
    );
    assert.equal(named('src/words.json', '{}', { [TEST]: "readFileSync('src/' + name)" }), true);
    assert.equal(named('words.json', '{}', { [TEST]: "import { add } from './add.js'" }), false);
  });
});

suite('code outside of the folders of tests', () => {
  const CHECKS = "import assert from 'node:assert/strict';\nexport const same = (a, b) => assert.equal(a, b);";
  const USES = "import { same } from '../support/same.js';";

  test('is of the tests where it checks and they alone load it', () => {
    assert.equal(named('support/same.js', CHECKS, { [TEST]: USES }), true);
    assert.equal(
      named('support/same.ts', 'export const same = (a, b) => expect(a).toBe(b);', {
        [TEST]: "import { same } from '../support/same';",
      }),
      true,
    );
    assert.equal(
      named('checks/same.py', 'def same(a, b):\n    assert a == b\n', {
        'tests/test_add.py': 'from checks.same import same\n',
      }),
      true,
    );
  });

  test('is loaded by the name of its folder where it stands for that', () => {
    assert.equal(named('support/index.js', CHECKS, { [TEST]: "import { same } from '../support';" }), true);
    assert.equal(named('support/index.ts', CHECKS, { [TEST]: "import { same } from '../support/index.js';" }), true);
    assert.equal(
      named('checks/__init__.py', 'def same(a, b):\n    assert a == b\n', {
        'tests/test_add.py': 'from checks import same\n',
      }),
      true,
    );
    assert.equal(named('lib/index.js', CHECKS, { [TEST]: "import '../lib/';", 'src/a.js': "import '../lib';" }), false);
    assert.deepEqual(needlesFor('support/index.js'), ['support']);
    assert.deepEqual(needlesFor('index.js'), ['index']);
  });

  test('is the subject where it checks nothing, or other code or a manifest names it', () => {
    assert.equal(
      named('add.py', 'def add(a, b):\n    assert a > 0\n    return a + b\n', {
        'tests/test_add.py': 'from add import add\n',
      }),
      false,
    );
    assert.equal(
      named('src/env.js', "export const dev = env === 'test';", { [TEST]: "import { dev } from '../src/env.js';" }),
      false,
    );
    assert.equal(
      named('src/add.js', 'export const add = (a, b) => a + b;', { [TEST]: "import { add } from '../src/add.js';" }),
      false,
    );
    assert.equal(
      named('support/same.js', CHECKS, { [TEST]: USES, 'src/index.js': "import { same } from '../support/same.js';" }),
      false,
    );
    assert.equal(
      named('lib/index.js', CHECKS, {
        [TEST]: "require('../lib/index.js')",
        'package.json': '{"main": "lib/index.js"}',
      }),
      false,
    );
    assert.equal(
      named('support/same.js', CHECKS, { [TEST]: "import { other } from '../support/samename.js';" }),
      false,
    );
  });
});

test('a page or a setting of the root that others than code read is the subject of tests', () => {
  const changed = (path: string) => ({ path, change: 'modified', oldMode: '100644', newMode: '100644' }) as const;
  const paths = ['index.html', 'index.js', 'manifest.json', 'Dockerfile', 'cases/index.html', 'cases.json'];
  assert.deepEqual(
    mayBeSupport(paths.map(changed)).map(({ path }) => path),
    ['cases/index.html', 'cases.json'],
  );
});

test('what is looked for in the base', () => {
  assert.deepEqual(needlesFor('src/cases/two.json'), ['two.json', 'cases/', "cases'", 'cases"', 'cases`']);
  assert.deepEqual(needlesFor('words/fr/two.json').slice(0, 6), [
    'two.json',
    'words/',
    "words'",
    'words"',
    'words`',
    'fr/',
  ]);
  assert.deepEqual(needlesFor('lib/same_size.rb'), ['same_size', 'SameSize']);
  assert.deepEqual(needlesFor('two.json'), ['two.json']);
  assert.deepEqual(needlesFor('support/same.js'), ['same']);
  assert.deepEqual(needlesFor('include/check.h'), ['check']);
  assert.deepEqual(needlesFor('internal/same/same.go'), ['same']);
  assert.deepEqual(needlesFor('same.go'), ['same.go']);
  assert.deepEqual(needlesFor('crates/kit/src/deep/same.rs'), ['kit', 'mod deep;', 'mod same;']);
  assert.deepEqual(needlesFor('src/lib.rs'), []);
  assert.deepEqual(needlesFor('src/lib.swift'), []);
});

suite('the subject of tests, which is no helper of them', () => {
  const subject = (
    path: string,
    text: string,
    test: string,
    uses: string,
    more: Readonly<Record<string, string>> = {},
  ): void => assert.equal(named(path, text, { [test]: uses, ...more }), false, `${path}: ${text}`);

  test('throws for wrong input, and changes what it is given or holds', () => {
    const uses = {
      js: [TEST, "import x from '../src/a.js';"],
      java: ['src/test/java/ATest.java', 'new A()'],
      cs: ['a.Tests/ATests.cs', 'new A()'],
      py: ['tests/test_a.py', 'from a import x'],
    } as const;
    const each: readonly (readonly [keyof typeof uses, string])[] = [
      ['js', "export function sort(a) {\n  if (!a) throw new Error('no');\n  [a[0], a[1]] = [a[1], a[0]];\n}"],
      ['js', "export function name(a) {\n  if (!a) throw new Error('no');\n  a.name = 'x';\n}"],
      ['js', "export function make(a) {\n  if (!a) throw new Error('no');\n  fs.mkdirSync(a);\n}"],
      [
        'cs',
        'class A { public decimal Balance; public void Deposit(decimal x) { if (x <= 0) throw new ArgumentException(); Balance += x; } }',
      ],
      ['java', 'class A { int n; void up(int x) { if (x < 0) throw new IllegalArgumentException();\n n++; } }'],
      [
        'java',
        'final class A { private A() { throw new AssertionError(); } static void swap(int[] a) { a[0] = a[1]; } }',
      ],
      ['java', 'final class A { static int one() { return 1; }\n static void no() { throw new AssertionError(); } }'],
      ['py', 'def copy(a, b):\n    if not a:\n        raise ValueError(a)\n    shutil.copy(a, b)\n'],
      ['py', 'def swap(a):\n    assert a\n    a[0] = a[1]\n'],
      ['py', 'def one():\n    return 1\n\ndef no(a):\n    assert a\n'],
    ];
    for (const [language, text] of each) {
      const [test, use] = uses[language];
      subject(`src/${language === 'js' || language === 'py' ? 'a' : 'A'}.${language}`, text, test, use);
    }
    subject(
      'src/main/kotlin/A.kt',
      'fun half(a: Int): Int = if (a % 2 != 0) throw IllegalArgumentException() else a / 2',
      'src/test/kotlin/ATest.kt',
      'A.half(2)',
    );
    subject(
      'src/main/kotlin/A.kt',
      'fun half(a: Int) = if (a % 2 != 0) throw AssertionError() else a / 2',
      'src/test/kotlin/ATest.kt',
      'A.half(2)',
    );
  });

  test('throws, as tests of each library expect it to', () => {
    const throwing = "export function need(a) {\n  if (!a) throw new Error('no');\n}";
    for (const expects of [
      'expect(() => need(0)).to.throw(Error)',
      'await t.throwsAsync(need(0))',
      '(() => need(0)).should.throw()',
    ])
      subject('src/need.js', throwing, TEST, `import { need } from '../src/need.js'; ${expects}`);
    subject(
      'lib/need.rb',
      "def need(a)\n  raise 'no' unless a\nend\n",
      'test/need_test.rb',
      "require 'need'\nassert_raises(RuntimeError) { need(nil) }",
    );
    subject(
      'A.cs',
      'class A { void Need(int a) { if (a < 0) throw new Exception(); } }',
      'a.Tests/ATests.cs',
      'new A(); act.Should().Throw<Exception>();',
    );
  });

  test('asks of itself what must hold', () => {
    subject(
      'src/half.js',
      "import assert from 'node:assert';\nexport function half(a) {\n  assert(a % 2 === 0);\n" +
        '  if (`${a}`.match(/0/)) return 0;\n  return a / 2;\n}',
      TEST,
      "import { half } from '../src/half.js';",
    );
    subject(
      'include/vec.h',
      '#define VEC_ASSERT(x) if (!(x)) { printf("%d", __LINE__); abort(); }\nstatic int size(void) { return 1; }',
      'tests/a.c',
      '#include "vec.h"',
    );
  });

  test('is a library of Go that tests from outside import', () => {
    const test = 'import "example.com/x/clock"';
    subject(
      'clock/clock.go',
      'package clock\n\n// New is like testing.T.\nfunc New() int { return 1 }\n',
      'clock_test.go',
      test,
    );
    subject(
      'clock/clock.go',
      'package clock\n\nfunc ForTest(t testing.TB) {}\n\nfunc Now() int { return 1 }\n',
      'clock_test.go',
      test,
    );
    subject(
      'clock.go',
      'package clock\n\nfunc ForTest(t testing.TB) {}\n\nfunc now() int { return 1 }\n',
      'clock_test.go',
      '"" clock.go',
    );
  });

  test('is loaded in ways of its own', () => {
    subject(
      'lib/same_size.rb',
      'module SameSize\n  def self.ok?(a) = defined?(RSpec)\nend\n',
      'spec/a_spec.rb',
      "require 'same_size'",
      { 'lib/a.rb': 'SameSize.ok?(1)' },
    );
    subject('a/same.py', 'import unittest\n', 'tests/test_a.py', 'from a import same', {
      'a/cli.py': 'from a import (\n    other,\n    same,\n)\n',
    });
    subject('a/same.py', 'import unittest\n', 'tests/test_a.py', 'from a import same', {
      'pyproject.toml': '[project.scripts]\nx = "a.same:main"\n',
    });
    subject(
      'src/Extensions.cs',
      'using FluentAssertions;\nstatic class Extensions { static void Far(this int a) { } }',
      'a.Tests/ATests.cs',
      'typeof(Extensions)',
    );
  });

  test('is data that code finds from a folder above', () => {
    subject('lib/locales/fr/name.yml', 'a: b', 'test/fr_test.rb', "load('fr/')", {
      'lib/faker.rb': "Dir.glob(File.join(__dir__, 'locales', '**/*.yml'))",
    });
    assert.equal(named('lib/cases/fr/name.yml', 'a: b', { 'test/fr_test.rb': "load('fr/')" }), true);
  });

  test('is what people read', () => {
    const changed = (path: string) => ({ path, change: 'modified', oldMode: '100644', newMode: '100644' }) as const;
    assert.deepEqual(
      mayBeSupport(['readme.md', 'LICENSE', 'docs/a.json', 'pkg/CHANGELOG.md', 'cases/a.md'].map(changed)).map(
        ({ path }) => path,
      ),
      ['cases/a.md'],
    );
  });

  test('is a crate that a crate of nothing but tests needs', () => {
    const text = 'pub fn half(a: i32) -> i32 { assert!(a % 2 == 0); a / 2 }';
    subject('half/src/lib.rs', text, 'it-tests/tests/it.rs', 'half::half(2);', {
      'it-tests/Cargo.toml': '[package]\nname = "it-tests"\n[dev-dependencies]\nhalf = { path = "../half" }\n',
    });
  });
});

test('helpers that use what a class of tests has, or go over several lines', () => {
  const each: readonly (readonly [string, string, string, string])[] = [
    [
      'src/Checks.php',
      'trait Checks { function same($a, $b) { $this->assertSame($a, $b); } }',
      'tests/ATest.php',
      'use Checks;',
    ],
    [
      'checks.py',
      'class Checks:\n    def same(self, a, b):\n        self.assertEqual(a, b)\n',
      'tests/test_a.py',
      'from checks import Checks',
    ],
    [
      'lib/checks.rb',
      'module Checks\n  def same(a, b)\n    assert_equal a, b\n  end\nend\n',
      'test/a_test.rb',
      'include Checks',
    ],
    [
      'lib/checks.rb',
      'module Checks\n  def self.same(a, b)\n    unless a == b\n      raise "no"\n    end\n  end\nend\n',
      'spec/a_spec.rb',
      "require 'checks'",
    ],
    [
      'src/main/java/Checks.java',
      'final class Checks {\n  static void same(int a, int b) {\n    if (a != b) throw new IllegalStateException("a = " + a);\n  }\n}',
      'src/test/java/ATest.java',
      'Checks.same(1, 1);',
    ],
    [
      'include/check.hpp',
      'inline void same(int a, int b) {\n  if (a != b) throw std::runtime_error("no");\n}',
      'tests/a.cpp',
      '#include "check.hpp"',
    ],
    ['helpers.go', 'package x\n\nfunc same(\n\tt *testing.T,\n\ta, b int,\n) {\n}\n', 'x_test.go', ''],
    [
      'src/all.js',
      'export function same(a, b) {\n  if (a !== b) throw new Error(`a = ${a}`);\n}\nexport function all(a, b) {\n  same(a[0], b[0]);\n}',
      TEST,
      "import { all } from '../src/all.js';",
    ],
  ];
  for (const [path, text, test, uses] of each) assert.equal(named(path, text, { [test]: uses }), true, path);
  assert.equal(named('src/checks.rs', '', { 'src/lib.rs': '#[cfg(test)]\n// Of the tests.\nmod checks;' }), true);
  assert.equal(named('src/checks.rs', '', { 'src/lib.rs': '#[cfg(test)] mod checks;' }), true);
});

test('texts that repeat themselves do not hold it up', { timeout: 60_000 }, () => {
  const long = (text: string): string => text.repeat(190_000 / text.length);
  for (const [path, text] of [
    ['a.py', '\n'],
    ['a.py', ' '],
    ['A.java', 'int x;\n'],
    ['a.h', '__LINE__ '],
    ['a.js', 'expect(1)'],
    ['a.js', "'"],
    ['a.js', '`'],
    ['a.rb', 'expect(1)'],
    ['a.rb', 'x'],
    ['A.cs', '\n'],
    ['a/a.go', 'func A(\n\t'],
  ] as const)
    named(path, `${long(text)}\nthrow assert raise AssertionError`, { [TEST]: long(text) });
  named('src/b.rs', '', { 'src/lib.rs': long('#[x]\n') });
});
