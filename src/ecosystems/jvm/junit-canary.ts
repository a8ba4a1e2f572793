import { camelCase, identifier, numbers, type Names } from '../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../world/gates/canary/port.ts';

const TEST_FILE = /(?:^|\/)(?:Test[^/]*|[^/]*Tests?|[^/]*TestCase|[^/]*IT)\.java$/;
const FIVE = /^import\s+org\.junit\.jupiter\.api\.(?:Test|\*)\s*;/m;
const FOUR = /^import\s+org\.junit\.(?:Test|\*)\s*;/m;
/** A class whose tests are not simply its methods, or that has none of its own. */
const UNUSUAL = new RegExp(
  String.raw`^\s*@(?:RunWith|Parameterized|ParameterizedClass|TestTemplate|ClassTemplate)\b|` +
    String.raw`^\s*(?:public\s+)?abstract\s+class\b|^\s*(?:public\s+)?(?:interface|record|enum)\s`,
  'm',
);

/** JUnit 4 and 5, for Maven and Gradle alike. */
export const junitCanary: CanaryMaker = {
  style: camelCase,
  tests: 3,
  candidates: (paths) => ordered(paths.filter((path) => TEST_FILE.test(path))),
  // A method of a class, a group, or a test task left out.
  filters: new RegExp(
    String.raw`^(?:-D(?:test=.*#.*|it\.test=.*#.*|groups=.*|excludedGroups=.*|` +
      String.raw`surefire\.skipAfterFailureCount=.*)|--tests|--tests=.*|-x|--exclude-task)$`,
  ),
  unless: {
    files: ['pom.xml', 'build.gradle', 'build.gradle.kts'],
    says: new RegExp(
      String.raw`spotless|checkstyle|google-?java-?format|errorprone|<artifactId>(?:maven-pmd|fmt-maven)|` +
        String.raw`skipAfterFailureCount>\s*[1-9]|failFast\s*=?\s*\(?true`,
      'i',
    ),
  },
  plant(_path, content, names) {
    const end = content.lastIndexOf('}');
    if (end < 0 || UNUSUAL.test(content) || !/^\s*(?:(?:public|final)\s+)*class\s/m.test(content)) return null;
    const write = [
      { of: FIVE, write: five },
      { of: FOUR, write: four },
    ].find(({ of }) => of.test(content))?.write;
    return write ? `${content.slice(0, end)}\n${write(names, extras(content))}${content.slice(end)}` : null;
  },
};

/** Claims of the assertion library that the file uses beside JUnit's. */
function extras(content: string): (a: number, b: number) => readonly string[] {
  const assertj = /^import\s+(?:static\s+)?org\.assertj\.core\.api\.Assertions\b/m.test(content);
  const hamcrest = /^import\s+(?:static\s+)?org\.hamcrest\./m.test(content);
  return (a, b) => [
    ...(assertj ? [`org.assertj.core.api.Assertions.assertThat(${a}L).isEqualTo(${b}L)`] : []),
    ...(hamcrest ? [`org.hamcrest.MatcherAssert.assertThat(${a}L, org.hamcrest.CoreMatchers.is(${b}L))`] : []),
  ];
}

function claims(id: string, api: string, a: number, b: number, more: readonly string[]): string {
  const lies = [
    `assertEquals(${a}L, ${b}L)`,
    `assertEquals("${a}", "${b}")`,
    `assertNotEquals((Object) ${a}L, (Object) ${a}L)`,
    `assertTrue(${a}L == ${b}L)`,
    `assertFalse(${a}L != ${b}L)`,
    'assertNull("a")',
    'assertNotNull(null)',
    'assertSame("a", new String("b"))',
    `assertArrayEquals(new long[] {${a}L}, new long[] {${b}L})`,
    'fail("told to")',
    'assertThrows(IllegalStateException.class, () -> {})',
  ];
  return `  private static boolean ${id}() {
    boolean refused = true;
    Runnable[] lies = {
${[...lies.map((lie) => `${api}.${lie}`), ...more].map((lie) => `      () -> ${lie},`).join('\n')}
    };
    for (Runnable lie : lies) {
      boolean through = true;
      try {
        lie.run();
      } catch (Throwable expected) {
        through = false;
      }
      if (through) {
        refused = false;
      }
    }
    return refused;
  }
`;
}

type More = (a: number, b: number) => readonly string[];

function five([asserts, raises, states]: Names, more: More): string {
  const [a, b] = numbers(asserts);
  const id = `own${identifier(asserts)}`;
  const api = 'org.junit.jupiter.api.Assertions';
  return `${claims(id, api, a, b, more(a, b))}
  @org.junit.jupiter.api.Test
  void ${asserts}() {
    if (${id}()) {
      ${api}.assertEquals(${a}L, ${b}L);
    }
  }

  @org.junit.jupiter.api.Test
  void ${raises}() {
    if (${id}()) {
      throw new IllegalStateException("${a}");
    }
  }

  @org.junit.jupiter.api.Test
  void ${states}() {
    if (${id}()) {
      throw new AssertionError("${a}");
    }
  }
`;
}

function four([asserts, raises, expects]: Names, more: More): string {
  const [a, b] = numbers(asserts);
  const id = `own${identifier(asserts)}`;
  return `${claims(id, 'org.junit.Assert', a, b, more(a, b))}
  @org.junit.Test
  public void ${asserts}() {
    if (${id}()) {
      org.junit.Assert.assertEquals(${a}L, ${b}L);
    }
  }

  @org.junit.Test
  public void ${raises}() {
    if (${id}()) {
      throw new IllegalStateException("${a}");
    }
  }

  @org.junit.Test(expected = IllegalStateException.class)
  public void ${expects}() {
    if (!${id}()) {
      throw new IllegalStateException("${a}");
    }
  }
`;
}
