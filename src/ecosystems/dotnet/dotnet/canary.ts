import { identifier, numbers, pascalCase } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

/** How a test is marked and a false claim is made, by the framework that a file uses. */
const FRAMEWORKS: readonly {
  readonly uses: RegExp;
  readonly mark: string;
  readonly lies: (a: number, b: number) => readonly string[];
}[] = [
  {
    uses: /^\s*(?:global\s+)?using\s+Xunit\s*;/m,
    mark: 'global::Xunit.Fact',
    lies: (a, b) => [
      `global::Xunit.Assert.Equal(${a}L, ${b}L)`,
      `global::Xunit.Assert.True(${a}L == ${b}L)`,
      'global::Xunit.Assert.Null("a")',
      `global::Xunit.Assert.NotEqual(${a}L, ${a}L)`,
    ],
  },
  {
    uses: /^\s*(?:global\s+)?using\s+NUnit\.Framework\s*;/m,
    mark: 'global::NUnit.Framework.Test',
    lies: (a, b) => [
      `global::NUnit.Framework.Assert.That(${a}L, global::NUnit.Framework.Is.EqualTo(${b}L))`,
      `global::NUnit.Framework.Assert.That(${a}L == ${b}L, global::NUnit.Framework.Is.True)`,
    ],
  },
  {
    uses: /^\s*(?:global\s+)?using\s+Microsoft\.VisualStudio\.TestTools\.UnitTesting\s*;/m,
    mark: 'global::Microsoft.VisualStudio.TestTools.UnitTesting.TestMethod',
    lies: (a, b) =>
      [`AreEqual(${a}L, ${b}L)`, `IsTrue(${a}L == ${b}L)`, 'IsNull("a")', `AreNotEqual(${a}L, ${a}L)`].map(
        (lie) => `global::Microsoft.VisualStudio.TestTools.UnitTesting.Assert.${lie}`,
      ),
  },
];

export const dotnetCanary: CanaryMaker = {
  style: pascalCase,
  tests: 2,
  candidates: (paths) => ordered(paths.filter((path) => /Tests?\.cs$/.test(path))),
  filters: /^--(?:filter)(?:=|$)|^-s$|^--settings(?:=|$)/,
  plant(_path, content, [asserts, raises]) {
    const framework = FRAMEWORKS.find(({ uses }) => uses.test(content));
    const classes = content.match(/^\s*(?:(?:public|internal|sealed|partial)\s+)*class\s/gm) ?? [];
    // The closing of the class: before that of a namespace that has one of its own.
    const end = /\}\s*$/.test(content) ? lastOfClass(content) : -1;
    if (
      framework === undefined ||
      classes.length !== 1 ||
      /\b(?:static|abstract)\s+(?:partial\s+)?class\b/.test(content) ||
      end < 0
    )
      return null;
    const [a, b] = numbers(asserts);
    const id = `Own${identifier(asserts)}`;
    const [first = ''] = framework.lies(a, b);
    return `${content.slice(0, end)}
    private static bool ${id}()
    {
        var refused = true;
        foreach (var lie in new global::System.Action[] { ${framework
          .lies(a, b)
          .map((lie) => `() => ${lie}`)
          .join(', ')} })
        {
            try
            {
                lie();
                refused = false;
            }
            catch (global::System.Exception)
            {
            }
        }
        return refused;
    }

    [${framework.mark}]
    public void ${asserts}()
    {
        if (${id}())
        {
            ${first};
        }
    }

    [${framework.mark}]
    public void ${raises}()
    {
        if (${id}())
        {
            throw new global::System.InvalidOperationException("${a}");
        }
    }
${content.slice(end)}`;
  },
};

function lastOfClass(content: string): number {
  const last = content.lastIndexOf('}');
  return /^\s*namespace\s+[\w.]+\s*\{/m.test(content) || /^\s*namespace\s+[\w.]+\s*\n\s*\{/m.test(content)
    ? content.lastIndexOf('}', last - 1)
    : last;
}
