import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../testing/fast-check.ts';
import { holds, onlyGained } from './hold.ts';

suite('what a text holds of another', () => {
  test('lines and words in their order, whatever comes between', () => {
    assert.ok(onlyGained('a.js', 'a\n\nb', 'x\na\ny\nb\n'));
    assert.ok(onlyGained('a.js', 'a\r\nb', 'a\nx\nb'));
    assert.ok(!onlyGained('a.js', 'a\nb', 'b\na'));
    assert.ok(!onlyGained('a.js', '  a', 'a'));
    assert.ok(onlyGained('a.js', '#if A\na\n#endif', '#if A\na\nb\n#endif'));
    assert.ok(!onlyGained('a.js', 'a', '#if 0\na\n#endif'));
    assert.ok(holds('const rows = [[1, 2], [3, 4]];', 'const rows = [[3, 4]];'));
    assert.ok(!holds('check(b, a)', 'check(a, b)'));
    assert.ok(!holds('rows', 'row'));
  });

  test('property: a text holds itself with anything put in between, and not without one of its lines', () => {
    const line = fc.stringMatching(/^[a-z]{1,3}$/);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.array(line), fc.nat(), (own, more, seed) => {
        const mixed = own.flatMap((each, index) => [...more.slice(0, (seed + index) % 3), each]);
        const [base, whole] = [own.join('\n'), mixed.join('\n')];
        assert.ok(onlyGained('a.js', base, whole) && holds(whole, base));
        const less = own.slice(1).join('\n');
        assert.ok(!onlyGained('a.js', base, less) && !holds(less, base));
      }),
    );
  });
});
