import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { hollowFile } from './file.ts';

const whole = async (path: string, text: string, base: string | null = null): Promise<string> => {
  const result = await hollowFile({ path, text, base });
  return result.kind === 'hollowed' ? result.text : `(${result.kind})`;
};
/** Without what keeps checks of the sources quiet. */
const after = async (path: string, text: string, base: string | null = null): Promise<string> =>
  (await whole(path, text, base))
    .split('\n')
    .filter((line) => !QUIET.test(line))
    .join('\n');
const QUIET =
  /^(?:\/[*/] (?:eslint|@ts-nocheck|biome|dprint|deno|prettier)|# (?:fmt|isort|ruff|flake8|pylint|mypy|rubocop)\b|#!?\[(?:rustfmt|allow))/;

suite('functions that a change added or rewrote are emptied', () => {
  test('in JavaScript, whatever way they are written, and none that has no name', async () => {
    assert.equal(await after('a.js', 'export function f(a) { return a; }\n'), 'export function f(a) {}\n');
    assert.equal(await after('a.js', 'const f = (a) => a + 1;\n'), 'const f = (a) => undefined;\n');
    assert.equal(await after('a.js', 'exports.f = function () { return 1; };\n'), 'exports.f = function () {};\n');
    assert.equal(
      await after('a.js', 'class A { constructor() { super(); } m() { return 1; } }\n'),
      'class A { constructor() { super(); } m() {} }\n',
    );
    assert.equal(await after('a.js', 'const o = { f() { return 1; }, g: 2 };\n'), 'const o = { f() {}, g: 2 };\n');
    assert.equal(await after('a.js', 'run(() => start());\n'), '(unchanged)');
    assert.equal(
      await after('a.ts', 'export function f(a: number): number { return a; }\n'),
      'export function f(a: number): number {}\n',
    );
  });

  test('so that what checks or formats sources before their tests passes over them', async () => {
    const script = await whole(
      'a.ts',
      '#!/usr/bin/env node\n/** Doc. */\nexport class A { f(a: b) { g(a); } h() { return 1; } }\nrun();\n',
    );
    assert.match(script, /^#!\/usr\/bin\/env node\n\/\* eslint-disable \*\/\n\/\/ @ts-nocheck\n/);
    assert.match(
      script,
      /\n\/\*\* Doc\. \*\/\n\/\/ prettier-ignore\nexport class A \{ f\(a: b\) \{\} h\(\) \{\} \}\nrun\(\);\n$/,
    );
    assert.equal(script.match(/prettier-ignore/g)?.length, 1, 'once for each statement');
    const python = await whole(
      'a.py',
      '#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n"""Doc."""\ndef f(a):\n    return 1\n',
    );
    assert.match(python, /^#!.*\n# -\*- coding: utf-8 -\*-\n# fmt: off\n(?:# .*\n)+"""Doc\."""\ndef f\(a\): pass\n$/);
    assert.match(
      await whole('a.rs', '/// Doc.\npub fn f() -> i32 { 1 }\n'),
      /^#!\[allow\(unused\)\]\n\/\/\/ Doc\.\n#\[rustfmt::skip\]\npub fn f/,
    );
    assert.match(
      await whole('a.rb', '# frozen_string_literal: true\ndef f\n  1\nend\n'),
      /^# frozen.*\n# rubocop:disable all\n/,
    );
  });

  test('one by one as well', async () => {
    const result = await hollowFile({ path: 'a.js', text: 'const f = () => 1;\nconst g = () => 2;\n', base: null });
    assert.ok(result.kind === 'hollowed');
    assert.deepEqual(
      result.singles.map((each) => [/f = \(\) => 1/.test(each), /g = \(\) => 2/.test(each)]),
      [
        [false, true],
        [true, false],
      ],
    );
  });

  test('in Python, Go, Rust, Java, PHP and Ruby so that the file still loads', async () => {
    assert.equal(await after('a.py', 'def f(a):\n    """Doc."""\n    return a\n'), 'def f(a): pass\n');
    assert.equal(
      await after(
        'a.go',
        'package a\n\nimport (\n\t"fmt"\n\t"strings"\n)\n\n' +
          'func F(a string) (string, error) { return strings.ToUpper(a), nil }\n\n' +
          'func G() { fmt.Println() }\n',
        'package a\n\nimport "fmt"\n\nfunc G() { fmt.Println() }\n',
      ),
      'package a\n\nimport (\n\t"fmt"\n\t_ "strings"\n)\n\n' +
        'func F(a string) (string, error) { return *new(string), *new(error) }\n\n' +
        'func G() { fmt.Println() }\n',
    );
    assert.equal(
      await after('a.go', 'package a\n\nfunc F() (n int) { n = 1; return }\n'),
      'package a\n\nfunc F() (n int) { return }\n',
    );
    assert.equal(
      await after(
        'a.rs',
        'pub fn f() -> i32 { 1 }\nfn g() { h(); }\n#[cfg(test)]\nmod tests { #[test] fn t() { assert!(true); } }\n',
      ),
      'pub fn f() -> i32 { 0 }\nfn g() {}\n#[cfg(test)]\nmod tests { #[test] fn t() { assert!(true); } }\n',
    );
    const types = ['&str', 'Option<u8>', 'Vec<Own>', 'Own'].map((type, n) => `fn f${n}() -> ${type} { g() }\n`);
    assert.equal(
      await after('a.rs', types.join('')),
      'fn f0() -> &str { "" }\nfn f1() -> Option<u8> { None }\nfn f2() -> Vec<Own> { Vec::new() }\n' +
        'fn f3() -> Own { panic!("emptied by omk") }\n',
    );
    assert.equal(
      await after(
        'A.java',
        'class A { int f() { return 1; } boolean b() { return true; } String s() { return ""; } void v() { f(); } }',
      ),
      'class A { int f() { return 0; } boolean b() { return false; } String s() { return null; } void v() {} }',
    );
    assert.equal(await after('a.php', '<?php\nfunction f() { return 1; }\n'), '<?php\nfunction f() {}\n');
    assert.equal(await after('a.rb', 'def f(a)\n  a + 1\nend\n'), 'def f(a)\n  nil\nend\n');
  });

  test('but not in a module of tests of Rust, whatever else it depends on', async () => {
    const tests = '#[cfg(all(test, feature = "x"))]\nmod tests { fn two() -> i32 { 2 } #[test] fn t() { two(); } }\n';
    assert.equal(await after('a.rs', tests), '(unchanged)');
  });

  test('what the base has already stays, also where it moved or was formatted', async () => {
    const base = 'export function old(a) { return a; }\n';
    const text = 'export function fresh() { return 1; }\n\nexport function old(a) {\n  return a;\n}\n';
    assert.equal(
      await after('a.js', text, base),
      'export function fresh() {}\n\nexport function old(a) {\n  return a;\n}\n',
    );
    assert.equal(await after('a.js', base, base), '(unchanged)');
  });

  test('what no parser empties is said', async () => {
    assert.deepEqual(await hollowFile({ path: 'a.txt', text: 'x', base: null }), {
      kind: 'not_read',
      why: 'no parser empties functions of this kind of file',
    });
  });
});
