import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { testOptions } from './options.ts';

test('an option that is off around all tests is named', () => {
  const lists = (option: string, condition = 'LIB_TEST', rest = '') =>
    `project(lib)\noption(${option})\nif(${condition})\n  enable_testing()\n  add_subdirectory(test)\nendif(LIB_TEST)\n${rest}`;
  assert.deepEqual(testOptions(lists('LIB_TEST "Enable tests" OFF')), ['LIB_TEST']);
  assert.deepEqual(testOptions(lists('LIB_TEST "Enable (all) tests"')), ['LIB_TEST']);
  assert.deepEqual(testOptions(lists('LIB_TEST "Enable tests" OFF', 'UNIX AND LIB_TEST')), ['LIB_TEST']);
  for (const on of ['ON', '${IS_TOP}', 'TRUE'])
    assert.deepEqual(testOptions(lists(`LIB_TEST "Enable tests" ${on}`)), [], on);
  assert.deepEqual(testOptions(lists('LIB_TEST "Enable tests" OFF', 'NOT LIB_TEST')), []);
  assert.deepEqual(testOptions(lists('LIB_TEST "Enable tests" OFF', 'LIB_TEST OR UNIX')), []);
  assert.deepEqual(testOptions(lists('LIB_TEST "Enable tests" OFF', 'LIB_TEST', 'add_test(NAME a COMMAND a)')), []);
  assert.deepEqual(testOptions('# option(A "" OFF)\nif(A)\nenable_testing()\nendif()'), []);
});

test('what follows else is not for the option, and an option of examples is left off', () => {
  assert.deepEqual(testOptions('option(A "" OFF)\nif(A)\nelse()\ninclude(CTest)\nendif()'), []);
  assert.deepEqual(
    testOptions(
      'option(EX "" OFF)\noption(T "" OFF)\nif(EX)\nadd_subdirectory(ex)\nendif()\nif(T)\ninclude(CTest)\nendif()',
    ),
    ['T'],
  );
});

test('an option of fuzzers is left off where one of tests is there', () => {
  const lists = (option: string, more = '') =>
    `option(A_${option} "" OFF)\nif(A_${option}${more})\n  enable_testing()\n  add_test(NAME a COMMAND a)\nendif()\n`;
  assert.deepEqual(testOptions(lists('BUILD_TESTS') + lists('BUILD_FUZZER')), ['A_BUILD_TESTS']);
  assert.deepEqual(testOptions(lists('BUILD_FUZZER')), ['A_BUILD_FUZZER']);
  assert.deepEqual(testOptions('option(B "" OFF)\n' + lists('BUILD_TESTS', ' AND B') + lists('BUILD_FUZZER')), [
    'A_BUILD_TESTS',
    'B',
  ]);
});

test('any text has an answer', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('if(A)', 'endif()', 'else()', 'option(A "")', 'enable_testing()', '((', '"')),
      (parts) => {
        for (const name of testOptions(parts.join('\n'))) assert.equal(name, 'A');
      },
    ),
  );
});
