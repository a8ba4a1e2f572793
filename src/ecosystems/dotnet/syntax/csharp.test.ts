import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { labelsOf } from '../../../world/syntax/testing/labels.ts';
import { strengthsOf } from '../../../world/syntax/testing/ladder.ts';

const body = (code: string, attributes = '[Fact]', more = ''): string =>
  `using Xunit;\n\nnamespace A.Tests;\n\npublic class CalcTests(Setup setup) : IDisposable\n{\n${more}\n` +
  `    ${attributes}\n    public async Task Adds()\n    {\n        ${code}\n    }\n}\n`;
const becomes = (before: string, after: string): Promise<readonly string[]> =>
  labelsOf('tests/CalcTests.cs', before, after);
const LAYOUT = 'changed: comments, layout or order, as far as it can be read';
const OUTSIDE = 'changed: outside of its tests';
const MORE_OUTSIDE = 'changed: more outside of its tests';

suite('tests in C#', () => {
  for (const [before, after, told] of [
    ['Assert.Equal(3, x);', 'Assert.NotNull(x);', 'looser assertion (Equal → NotNull)'],
    ['Assert.Equal(3, x);', 'Assert.True(x > 0);', 'looser assertion (Equal → True)'],
    ['Assert.Equal(3, x);', 'Assert.True(true);', 'looser assertion (Equal → True)'],
    ['Assert.Equal(3, x);', 'Assert.Equal(3, 3);', 'looser assertion (Equal → Equal)'],
    ['Assert.Equal(3, x);', 'Assert.Equal(x, x);', 'looser assertion (Equal → Equal)'],
    ['Assert.Equal(3, x);', '', '1 assertion fewer'],
    ['Assert.Equal(3, x);', '// Assert.Equal(3, x);', '1 assertion fewer'],
    ['Assert.Equal(3, x);', 'var s = """ Assert.Equal(3, x); """;', '1 assertion fewer'],
    ['Assert.Equal(3.14, x, 5);', 'Assert.Equal(3.14, x, 1);', 'lowered threshold (5 → 1)'],
    ['Assert.Equal(3.14, x, 0.01);', 'Assert.Equal(3.14, x, 0.5);', 'lowered threshold (0.01 → 0.5)'],
    ['Assert.AreEqual(3.14, x, 1);', 'Assert.AreEqual(3.14, x, 5);', 'lowered threshold (1 → 5)'],
    ['Assert.True(score >= 90);', 'Assert.True(score >= 10);', 'lowered threshold (90 → 10)'],
    [
      'await Assert.ThrowsAsync<E>(() => F(1));',
      'await Assert.ThrowsAnyAsync<Exception>(() => F(1));',
      'looser assertion (ThrowsAsync → ThrowsAnyAsync)',
    ],
    ['await Assert.ThrowsAsync<E>(() => F(1));', 'await F(1);', '1 assertion fewer'],
    ['Assert.That(x, Is.EqualTo(3));', 'Assert.That(x, Is.Not.Null);', 'looser assertion (EqualTo → Not.Null)'],
    [
      'Assert.That(x, Is.EqualTo(3));',
      'Assert.That(x, Is.GreaterThan(1));',
      'looser assertion (EqualTo → GreaterThan)',
    ],
    ['Assert.That(x, Is.EqualTo(3));', 'Assert.That(3, Is.EqualTo(3));', 'looser assertion (EqualTo → EqualTo)'],
    ['Assert.That(x, Is.EqualTo(3));', 'Assert.That(x);', 'looser assertion (EqualTo → That)'],
    [
      'Assert.That(x, Is.EqualTo(3).Within(0.1));',
      'Assert.That(x, Is.EqualTo(3).Within(5));',
      'lowered threshold (0.1 → 5)',
    ],
    ['Assert.That(x, Is.GreaterThan(90));', 'Assert.That(x, Is.GreaterThan(10));', 'lowered threshold (90 → 10)'],
    ['CollectionAssert.AreEqual(a, b);', 'CollectionAssert.IsNotEmpty(b);', 'looser assertion (AreEqual → IsNotEmpty)'],
    ['x.Value.Should().Be(3).And.BePositive();', 'x.Value.Should().BePositive();', '1 assertion fewer'],
    ['x.Should().Be(3);', 'x.Should().NotBeNull();', 'looser assertion (Be → NotBeNull)'],
    ['x.Should().Be(3);', 'true.Should().BeTrue();', 'looser assertion (Be → BeTrue)'],
    ['x.Should().Be(3);', 'x.Should().Be(x);', 'looser assertion (Be → Be)'],
    ['x.Should().BeGreaterThan(90);', 'x.Should().BeGreaterThan(10);', 'lowered threshold (90 → 10)'],
    ['x.Should().BeApproximately(3, 0.1);', 'x.Should().BeApproximately(3, 2);', 'lowered threshold (0.1 → 2)'],
    ['act.Should().Throw<E>().WithMessage("no");', 'act.Should().Throw<E>();', '1 assertion fewer'],
    ['x.ShouldBe(3);', 'x.ShouldNotBeNull();', 'looser assertion (ShouldBe → ShouldNotBeNull)'],
    ['x.ShouldBe(3, 0.1);', 'x.ShouldBe(3, 2.5);', 'lowered threshold (0.1 → 2.5)'],
    [
      'mock.Verify(m => m.Send(1), Times.Once());',
      'mock.Verify(m => m.Send(1), Times.AtLeastOnce());',
      'looser assertion (Times.Once → Verify)',
    ],
    ['sub.Received(1).Send(3);', 'sub.Send(3);', '1 assertion fewer'],
    ['Assert.Equal(3, x);', 'if (x == 3) Assert.Equal(3, x);', '1 assertion not always reached'],
    ['Assert.Equal(3, x);', 'try { Assert.Equal(3, x); } catch { }', '1 assertion not always reached'],
    ['Assert.Equal(3, x);', 'return; Assert.Equal(3, x);', '1 assertion not always reached'],
    ['Assert.Equal(3, x);', 'void Later() => Assert.Equal(3, x);', '1 assertion not always reached'],
    ['Assert.Equal(3, x);', 'Action later = () => Assert.Equal(3, x);', '1 assertion not always reached'],
    ['Assert.Equal(3, x);', '\n#if DEBUG\nAssert.Equal(3, x);\n#endif\n', '1 assertion not always reached'],
    ['if (x != 3) throw new Exception("no");', '', '1 assertion fewer'],
    ['Assert.Equal(3, x);', 'Assert.Ignore("later"); Assert.Equal(3, x);', 'skip added'],
    ['Assert.Equal(3, x);', 'Skip.If(true); Assert.Equal(3, x);', 'skip added'],
    ['Assert.Equal(3, x);', 'Assert.Pass(); Assert.Equal(3, x);', 'skip added'],
  ] as const)
    test(`${before} → ${after}`, async () =>
      assert.deepEqual(await becomes(body(before), body(after)), [`weakened CalcTests > Adds: ${told}`]));

  for (const [before, after] of [
    ['[Fact]', '[Fact(Skip = "later")]'],
    ['[Fact]', '[Fact(DisplayName = "a", Skip = "later")]'],
    ['[Xunit.FactAttribute]', '[Xunit.FactAttribute(Skip = why)]'],
    ['[Test]', '[Test, Ignore("later")]'],
    ['[Test]', '[Test]\n    [Explicit]'],
    ['[TestMethod]', '[TestMethod, Ignore]'],
    ['[TestMethod]', '[TestMethod]\n    [OSCondition(OperatingSystems.Windows)]'],
  ] as const)
    test(`${before} → ${after}`, async () =>
      assert.deepEqual(await becomes(body('Assert.Equal(3, x);', before), body('Assert.Equal(3, x);', after)), [
        'weakened CalcTests > Adds: skip added',
      ]));

  test('an expected exception, a class that is left out, a condition of the compiler', async () => {
    const base = body('F();', '[TestMethod]');
    assert.deepEqual(await becomes(base, body('F();', '[TestMethod, ExpectedException(typeof(E))]')), [
      'weakened CalcTests > Adds: may fail now',
    ]);
    assert.deepEqual(await becomes(base, base.replace('public class', '[Ignore]\npublic class')), [
      'weakened CalcTests > Adds: skip added',
      MORE_OUTSIDE,
    ]);
    assert.deepEqual(
      await becomes(base, base.replace('public class', '[TestFixture(Ignore = "later")]\npublic class')),
      ['weakened CalcTests > Adds: skip added', MORE_OUTSIDE],
    );
    const fenced = base.replace('    [TestMethod]', '#if NEVER\n    [TestMethod]').replace(/\n}\n$/, '\n#endif\n}\n');
    assert.deepEqual(await becomes(base, fenced), ['weakened CalcTests > Adds: skip added', OUTSIDE]);
  });

  test('rows of a table', async () => {
    for (const [kind, row] of [
      ['Theory', 'InlineData'],
      ['Test', 'TestCase'],
      ['DataTestMethod', 'DataRow'],
    ] as const) {
      const table = (...rows: readonly string[]): string =>
        body('Assert.Equal(a, b);', [`[${kind}]`, ...rows.map((each) => `[${row}(${each})]`)].join('\n    '));
      assert.deepEqual(
        await becomes(table('1, 2', '3, 4', '5, 6'), table('1, 2')),
        ['weakened CalcTests > Adds: 2 cases fewer'],
        row,
      );
      assert.deepEqual(
        await becomes(table('1, 2', '3, 4'), table('1, 2', '3, 4, Ignore = "later"')),
        ['weakened CalcTests > Adds: 1 case fewer'],
        row,
      );
      assert.deepEqual(
        await becomes(table('1, 2'), table('1, 2', '3, 4')),
        ['changed CalcTests > Adds: more than before, and every assertion of before'],
        row,
      );
    }
  });

  test('names, groups, helpers, an attribute that is gone', async () => {
    const base = body(
      'Check(x);',
      '[Fact]',
      '    private static void Check(int x) => Assert.Equal(3, x);\n' +
        '    public class Inner { [Fact] public Task Deep() => Assert.NullAsync(y); }',
    );
    assert.deepEqual(await becomes(base, base.replace('Adds', 'Sums')), [
      'renamed CalcTests > Sums: was CalcTests > Adds, the same body',
    ]);
    assert.deepEqual(await becomes(base, base.replace('Deep', 'Low')), [
      'renamed CalcTests > Inner > Low: was CalcTests > Inner > Deep, the same body',
    ]);
    assert.deepEqual(await becomes(base, base.replace('Assert.Equal(3, x)', 'Console.Write(x)')), [OUTSIDE]);
    assert.deepEqual(await becomes(base, base.replace('[Fact] ', '')), ['removed CalcTests > Inner > Deep', OUTSIDE]);
    assert.deepEqual(
      await becomes(base, base.replace(/\n}\n$/, '\n    [Fact] public void More() { Assert.Equal(1, y); }\n}\n')),
      ['added CalcTests > More'],
    );
  });

  for (const [before, after, told] of [
    ['Assert.Equal(3, x);', '\n        // why\n        Assert.Equal(\n            3,\n            x);', LAYOUT],
    ['x.Should().Be(3).And.BePositive();', 'x.Should()\n    .Be(3)\n    .And.BePositive();', LAYOUT],
    ['Assert.NotNull(x);', 'Assert.Equal(3, x);', 'changed CalcTests > Adds: other assertions'],
    ['Assert.Equal(3, x);', 'Assert.Equal(3, x); Assert.Equal(4, y);', 'changed CalcTests > Adds: other assertions'],
    ['Assert.Equal(3.14, x, 1);', 'Assert.Equal(3.14, x, 5);', 'changed CalcTests > Adds: other assertions'],
    ['Assert.Equal(3, x);', 'x.Should().Be(3);', 'changed CalcTests > Adds: other assertions'],
    ['Assert.Equal(3, x);', 'Assert.That(x, Is.EqualTo(3));', 'changed CalcTests > Adds: other assertions'],
    [
      'Assert.Equal(3, x);',
      'Assert.Multiple(() => { Assert.Equal(3, x); });',
      'changed CalcTests > Adds: other steps, and no assertion that omk recognizes is another',
    ],
    [
      'Assert.Equal(3, x);',
      'using var s = Start(); Assert.Equal(3, x);',
      'changed CalcTests > Adds: other steps, and no assertion that omk recognizes is another',
    ],
    [
      'Skip.If(ci); Assert.Equal(3, x);',
      'Assert.Equal(3, x);',
      'changed CalcTests > Adds: a skip, only or expected failure less',
    ],
  ] as const)
    test(`is not weakened: ${before} → ${after}`, async () =>
      assert.deepEqual(await becomes(body(before), body(after)), [told]));

  test('how much each assertion says', async () => {
    const told = {
      'Assert.That(x == 3);': 'exact',
      'Assert.That(x);': 'loose',
      'Assert.That(x, Is.EqualTo(3));': 'exact',
      'Assert.That(x, Is.EqualTo(3).Within(1));': 'partial',
      'Assert.That(x, Has.Count.GreaterThan(3));': 'partial',
      'Assert.That(x, Is.Not.Null);': 'loose',
      'Assert.That(() => F(), Throws.Exception);': 'loose',
      'Assert.That(() => F(), Throws.TypeOf<E>());': 'partial',
      'Assert.True(x == 3);': 'exact',
      'Assert.IsFalse(x.Has(3));': 'partial',
      'Assert.Contains(3, x);': 'partial',
      'Assert.Fail();': 'exact',
      'if (x > 3) FluentActions.FailWith("no");': 'partial',
      'x.Should().Be(3);': 'exact',
      'x.Should().Contain(3);': 'partial',
      'x.Should().NotBeNull();': 'loose',
      'x.Valid.Should().BeTrue();': 'loose',
      '(x == 3).Should().BeTrue();': 'exact',
      'x.ShouldBe(3);': 'exact',
      'x.ShouldContain(3);': 'partial',
      'x.ShouldNotBeNull();': 'loose',
      '(x == 3).ShouldBeTrue();': 'exact',
      'Should.Throw<E>(() => F(x));': 'partial',
      'Debug.Assert(x == 3);': 'exact',
      'await Verify(x);': 'exact',
      'CheckTotals(x);': 'partial',
      'F(x); x.G(3); Assert.Multiple(() => { });': '',
    };
    assert.deepEqual(await strengthsOf('ATests.cs', (code) => body(code), Object.keys(told)), told);
  });

  test('white space in a string is no layout', async () =>
    assert.deepEqual(await becomes(body('Assert.Equal("a  b", x);'), body('Assert.Equal("a b", x);')), [
      'changed CalcTests > Adds: other assertions',
    ]));

  test('what is new in the language is read', async () => {
    const code =
      'int[] a = [1, .. b]; var s = $"""{x:F2} "q" """; if (x is { A: > 3 } p && p.B is [1, ..]) F(p); ' +
      'Assert.Equal(3, x switch { 1 => 2, _ => 3 });';
    const more = '    public required string Name { get; init; } = "a";\n    public readonly record struct R(int A);';
    assert.deepEqual(
      await becomes(body(code, '[Fact]', more), body(code.replace('Assert.Equal(3,', 'F(3,'), '[Fact]', more)),
      ['weakened CalcTests > Adds: 1 assertion fewer'],
    );
  });
});
