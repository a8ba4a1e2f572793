import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { hollowFile } from '../../../world/syntax/hollow/file.ts';

/** What is left of it, without the lines that keep compilers quiet. */
async function left(path: string, text: string, base: string | null = null): Promise<string> {
  const result = await hollowFile({ path, text, base });
  if (result.kind !== 'hollowed') return `(${result.kind})`;
  return result.text.replace(/^(?:#pragma GCC diagnostic .*\n)+/, '').trim();
}

suite('functions of C and C++ do nothing', () => {
  for (const [path, before, after] of [
    ['a.c', 'int add(int a, int b) { return a + b; }', 'int add(int a, int b) { return 0; }'],
    ['a.c', 'void go(void) { run(); }', 'void go(void) {}'],
    ['a.c', 'static const char *name(void) { return "x"; }', 'static const char *name(void) { return 0; }'],
    ['a.c', 'unsigned long big(void) { return 1; }', 'unsigned long big(void) { return 0; }'],
    ['a.c', 'uint8_t low(void) { return 1; }', 'uint8_t low(void) { return 0; }'],
    ['a.c', 'struct p at(void) { return made(); }', 'struct p at(void) { static struct p nothing; return nothing; }'],
    ['a.h', 'inline point at() { return made(); }', 'inline point at() { static point nothing; return nothing; }'],
    ['a.h', 'constexpr int sq(int x) { return x * x; }', 'constexpr int sq(int x) { return {}; }'],
    ['a.cpp', 'std::vector<int> all() { return {1}; }', 'std::vector<int> all() { return {}; }'],
    ['a.cpp', 'int a::B::get() const { return x; }', 'int a::B::get() const { return {}; }'],
    ['a.cpp', 'const std::string& ref() { return s; }', 'const std::string& ref() { __builtin_trap(); }'],
    ['a.cpp', 'auto f() -> int { return 1; }', 'auto f() -> int { return {}; }'],
    [
      'a.hpp',
      'class B { bool operator==(const B& o) const { return true; } };',
      'class B { bool operator==(const B& o) const { return {}; } };',
    ],
  ] as const)
    test(`${path}: ${before}`, async () => assert.equal(await left(path, before), after));

  test('but for those whose type is not known, tests, and what the base has', async () => {
    const kept = 'B::B(int x) : x_(x) { y(); }\nB::~B() { z(); }\nauto deduced() { return 3; }\n';
    assert.equal(await left('a.cpp', kept), '(unchanged)');
    assert.equal(await left('a.cpp', 'TEST(Sum, Adds) { EXPECT_EQ(3, add(1, 2)); }\n'), '(unchanged)');
    const base = 'int one() { return 1; }\n';
    assert.equal(await left('a.cpp', `${base}int two() { return 2; }\n`, base), `${base}int two() { return {}; }`);
  });
});
