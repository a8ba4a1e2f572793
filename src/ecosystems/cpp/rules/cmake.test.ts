import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { cmakeContract } from './cmake.ts';

const BASE = `cmake_minimum_required(VERSION 3.21)
project(sums CXX)
enable_testing()
add_library(sums src/sums.cpp) # ours
add_executable(test_adds tests/adds.cpp)
target_link_libraries(test_adds sums)
add_test(NAME adds COMMAND test_adds)
`;

const kind = (candidate: string): string => cmakeContract(BASE, candidate).kind;

suite('what a candidate changes in CMakeLists.txt', () => {
  const own: Readonly<Record<string, string>> = {
    nothing: BASE,
    'a comment and spaces': BASE.replace('# ours', '# theirs').replace('(sums src', '(sums\n  src'),
    'a new source of a library': BASE.replace('src/sums.cpp)', 'src/sums.cpp src/more.cpp)'),
    'a new library, linked by the old one': `${BASE}add_library(more STATIC src/more.cpp)\ntarget_link_libraries(sums PUBLIC more)\n`,
    'where a library has its headers': `${BASE}target_include_directories(sums PUBLIC include)\n`,
  };
  for (const [name, text] of Object.entries(own)) test(`${name}: its own`, () => assert.equal(kind(text), 'same'));

  const judging: Readonly<Record<string, string>> = {
    'a failure that is expected': `${BASE}set_tests_properties(adds PROPERTIES WILL_FAIL TRUE)\n`,
    'output that is believed': `${BASE}set_property(TEST adds PROPERTY PASS_REGULAR_EXPRESSION ".*")\n`,
    'another program as the test': BASE.replace('COMMAND test_adds', 'COMMAND true'),
    'a test that is gone': BASE.replace('add_test(NAME adds COMMAND test_adds)', ''),
    'another source of the test': BASE.replace('tests/adds.cpp', 'src/fake.cpp'),
    'a library that the test links': BASE.replace('(test_adds sums)', '(test_adds lenient sums)'),
    'an option for all that link': `${BASE}target_link_libraries(sums PUBLIC -Wl,--wrap=main)\n`,
    'an option in quotes': `${BASE}target_link_libraries(sums PUBLIC "-Wl,--wrap=main")\n`,
    'a definition': `${BASE}add_definitions(-DNDEBUG)\n`,
    'a target behind a variable': `${BASE}add_library(\${name} x.cpp)\ntarget_sources(\${name} PRIVATE y.cpp)\n`,
    'a bracket argument': `${BASE}message([[)]])\nset_tests_properties(adds PROPERTIES WILL_FAIL TRUE)\n`,
    'a comment that is none': `${BASE}message("#") set_tests_properties(adds PROPERTIES WILL_FAIL TRUE)\n`,
    'text that is no command': `${BASE}set_tests_properties(\n`,
  };
  for (const [name, text] of Object.entries(judging))
    test(`${name}: the base's`, () => assert.equal(kind(text), 'restore'));

  test('any text is the same as itself', () => {
    fc.assert(fc.property(fc.string(), (text) => assert.equal(cmakeContract(text, text).kind, 'same')));
  });
});
