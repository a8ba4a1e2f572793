import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BLOB } from '../testing/build.ts';
import { commitmentText, type HeldOutContent } from './held-out.ts';

const file = (path: string, sha256 = BLOB.sha256, mode: '100644' | '100755' = '100644') => ({
  path,
  mode,
  blob: { ...BLOB, sha256 },
});
const content = (more: Partial<HeldOutContent> = {}): HeldOutContent => ({
  nonce: 'n1',
  files: [file('test/a.js'), file('test/b.js')],
  wrong: [],
  ...more,
});

suite('the commitment', () => {
  test('is the same in any order, and different for any difference', () => {
    const one = commitmentText(content());
    assert.equal(commitmentText(content({ files: content().files.toReversed() })), one);
    const others: readonly Partial<HeldOutContent>[] = [
      { nonce: 'n2' },
      { files: [file('test/a.js')] },
      { files: [file('test/a.js'), file('test/c.js')] },
      { files: [file('test/a.js'), file('test/b.js', 'f'.repeat(64))] },
      { files: [file('test/a.js'), file('test/b.js', BLOB.sha256, '100755')] },
      { wrong: [{ ...file('src/a.js'), blob: null }] },
      { wrong: [file('src/a.js')] },
    ];
    assert.equal(new Set([one, ...others.map((each) => commitmentText(content(each)))]).size, others.length + 1);
  });
});
