import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { labelsOf } from '../../../world/syntax/testing/labels.ts';

const body = (code: string, before = ''): string =>
  `<?php\nfinal class ATest extends TestCase\n{\n    ${before}\n    public function testAdds(): void\n    {\n        ${code}\n    }\n}\n`;
const becomes = (before: string, after: string): Promise<readonly string[]> =>
  labelsOf('tests/ATest.php', before, after);

suite('tests in PHP', () => {
  for (const [before, after, told] of [
    [
      '$this->assertSame(3, add(1, 2));',
      '$this->assertNotNull(add(1, 2));',
      'looser assertion (assertSame → assertNotNull)',
    ],
    ['$this->assertSame(3, add(1, 2));', 'self::assertTrue(true);', 'looser assertion (assertSame → assertTrue)'],
    ['$this->assertSame(3, add(1, 2));', '', '1 assertion fewer'],
    ['$this->assertGreaterThan(90, $x);', '$this->assertGreaterThan(10, $x);', 'lowered threshold (90 → 10)'],
    ['$this->assertSame(3, $x);', '$this->markTestSkipped("later"); $this->assertSame(3, $x);', 'skip added'],
    ['$this->assertSame(3, $x);', 'if ($x) { return; } $this->assertSame(3, $x);', '1 assertion not always reached'],
  ] as const)
    test(`${before} → ${after}`, async () =>
      assert.deepEqual(await becomes(body(before), body(after)), [`weakened ATest > testAdds: ${told}`]));

  test('names, annotations, Pest', async () => {
    const base = body('$this->assertSame(3, $x);');
    assert.deepEqual(await becomes(base, base.replace('testAdds', 'testSums')), [
      'renamed ATest > testSums: was ATest > testAdds, the same body',
    ]);
    assert.deepEqual(await becomes(base, body('$this->assertSame(3, $x);', '/** @group slow */')), [
      'changed: more outside of its tests',
    ]);
    const pest = "<?php\nit('adds', function () { expect(add(1))->toBe(3); });\n";
    assert.deepEqual(await becomes(pest, pest.replace('});', '})->skip();')), ['weakened adds: skip added']);
    assert.deepEqual(await becomes(pest, pest.replace('->toBe(3)', '->toBeInt()')), [
      'weakened adds: looser assertion (toBe → toBeInt)',
    ]);
  });
});
