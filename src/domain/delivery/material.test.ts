import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { boundMaterial, quoteMaterial } from './material.ts';

const words = fc
  .array(
    fc.oneof(
      fc.constantFrom('```', '\n', '`````', '# Goal', ' ghp_0123456789abcdefghij0123456789abcdef ', '\u001b[31m'),
      fc.string(),
    ),
    {
      maxLength: 20,
    },
  )
  .map((parts) => parts.join(''));

test('words of others stay inside their quotation, whatever they are, and are bounded', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ from: words, text: words }), { maxLength: 9 }), fc.nat(900), (all, times) => {
      const kept = boundMaterial(all.map(({ from, text }) => ({ from, text: text.repeat(times + 1) })));
      assert.ok(kept.reduce((sum, { text }) => sum + text.length, 0) <= 40_000);
      assert.equal(
        JSON.stringify(kept.map(({ text }) => text)).includes('ghp_0123456789abcdefghij0123456789abcdef'),
        false,
      );
      let fence: string | null = null;
      for (const line of quoteMaterial(kept).split('\n')) {
        const [found = ''] = /^`{3,}/u.exec(line) ?? [];
        if (fence === null && found !== '') fence = found;
        else if (fence !== null && line === fence) fence = null;
        else if (fence === null) assert.equal(line.startsWith('# Goal'), false);
      }
      assert.equal(fence, null);
    }),
  );
});
