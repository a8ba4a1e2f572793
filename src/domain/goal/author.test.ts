import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseAuthor, resultMessage } from './author.ts';

suite('who a result commit is by', () => {
  test('an author is a name and an address in angle brackets', () => {
    assert.deepEqual(parseAuthor(' A Person <a@example.org> '), { name: 'A Person', email: 'a@example.org' });
    for (const text of ['', 'A Person', '<a@example.org>', 'A <a b>', 'A\n<a@b>', 'A <a@b> B'])
      assert.equal(parseAuthor(text), null, JSON.stringify(text));
  });

  test('the subject is the title, and trailers name the goal and the agent', () => {
    const goal = { goal: 'g-1', title: 'Fix it', prompt: 'Fix it', agent: 'kimi' };
    assert.equal(resultMessage(goal), 'Fix it\n\nOmk-Goal: g-1\nCo-authored-by: kimi <kimi@agents.invalid>\n');
    assert.equal(
      resultMessage({ ...goal, prompt: 'Fix it\n\nBecause.', agent: 'my <agent>\nX: y' }),
      'Fix it\n\nFix it\n\nBecause.\n\nOmk-Goal: g-1\nCo-authored-by: my agent X: y <my-agent-x-y@agents.invalid>\n',
    );
  });
});
