import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { redefiningHeaders } from './macros.ts';

const TEST = {
  path: 'tests/adds.c',
  text: '#include <assert.h>\nint main() { assert(strcmp(sum(), "5") == 0); return MAX; }',
};
const PRODUCT = { path: 'src/old.h', text: '#define swap(a, b) (void)0' };

const found = async (candidate: string, before: string | null = '', path = 'src/sums.h') =>
  (
    await redefiningHeaders(
      [{ path, change: before === null ? 'added' : 'modified', oldMode: '100644', newMode: '100644' }],
      {
        before: () => before,
        candidate: () => candidate,
        mentions: async (needles) =>
          [TEST, PRODUCT].filter(({ text }) => needles.some((needle) => text.includes(needle))),
      },
    )
  ).length === 1;

suite('a header that gives words of tests another meaning', () => {
  test('is one that makes a macro of what tests use, or switches assertions off', async () => {
    for (const text of ['#define NDEBUG', '# define strcmp(a, b) 0', '#define return', '#define assert(x)'])
      assert.equal(await found(text), true, text);
    assert.equal(await found('#define __assert_fail(a, b, c, d) 0'), true, 'what assert is made of');
    assert.equal(await found('#define strcmp(a, b) 0', null), true, 'a new header');
  });

  test('is none that defines constants, what no test uses, what was there, or that is a test itself', async () => {
    for (const text of [
      '#define MAX 5',
      '#define SUMS_H',
      '#define unlikely(x) x',
      '#define swap(a, b) a',
      '#define _SUMS_H',
      'int x;',
    ])
      assert.equal(await found(text), false, text);
    assert.equal(await found('#define strcmp(a, b) 0', '#define strcmp(a, b) 0'), false);
    assert.equal(await found('#define strcmp(a, b) 0', '', 'tests/helper.h'), false);
  });
});
