import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsPrompt, titleOf } from './create.ts';

const refused = (code: string, text: string): void => {
  assert.throws(() => needsPrompt(text), { code });
};

test('a goal is text of any language and of 200 kB, and never nothing, more than that, or no text', () => {
  const long = `为计算器添加减法函数。\n${'Сложение и вычитание. '.repeat(5000)}`;
  assert.ok(Buffer.byteLength(long) > 190_000);
  assert.equal(needsPrompt(`  ${long}\n`), long.trim(), 'word for word');
  assert.equal(titleOf(long), '为计算器添加减法函数。');
  refused('GOAL_EMPTY_PROMPT', ' \n\t ');
  refused('GOAL_TOO_LARGE', 'x'.repeat(256 * 1024 + 1));
  refused('GOAL_FILE_UNREADABLE', 'a\0b');
});
