import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OmkError } from '../../../domain/error.ts';
import { kept } from '../testing/here.ts';
import { fail } from './fail.ts';

const failing = (error: unknown, json = false) => {
  const { output, said } = kept({ json });
  return { code: fail(error, output), ...said() };
};
const known = new OmkError('GOAL_NOT_FOUND', "There is no goal 'x'", 'omk goal list');

suite('a failure', () => {
  test('is one sentence, what mends it and its code, and ends with its exit code', () => {
    assert.deepEqual(failing(known), {
      code: 2,
      out: '',
      err: "omk: There is no goal 'x'\n     omk goal list   [GOAL_NOT_FOUND]\n",
    });
    assert.equal(failing(new OmkError('PROOF_MISSING', 'No proof', 'wait', { exit: 3 })).code, 3);
  });

  test('is one line of JSON for programs', () => {
    const { code, out, err } = failing(known, true);
    assert.deepEqual([code, err, out.split('\n').length], [2, '', 2]);
    assert.deepEqual(JSON.parse(out), {
      error: { code: 'GOAL_NOT_FOUND', message: "There is no goal 'x'", fix: 'omk goal list' },
    });
  });

  test('of the disk is told as that, and not as a bug', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    const { code, err } = failing(full);
    assert.equal(code, 6);
    assert.match(err, /^omk: .+\n {5}.+ {3}\[[A-Z_]+\]\n$/);
    assert.doesNotMatch(err, /bug|at .*\.ts/);
  });

  test('that nobody foresaw is a bug, with its stack and how to report it, and exit code 1', () => {
    const { code, err } = failing(new TypeError('x is not a function'));
    assert.equal(code, 1);
    assert.match(err, /^omk: an internal error, which is a bug in omk\nTypeError: x is not a function\n +at /);
    assert.match(err, /omk doctor --json.* {3}\[INTERNAL\]\n$/);
    assert.equal(JSON.parse(failing('just a word', true).out).error.message, 'just a word');
  });

  test('cannot write to the terminal what moves its cursor', () => {
    const { err } = failing(new OmkError('GOAL_NOT_FOUND', 'There is no goal \u001B[2Jx', 'omk goal list'));
    assert.equal(err.includes('\u001B'), false);
  });
});
