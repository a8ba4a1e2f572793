/** Code that compares what others give it, as helpers of tests do, in each language. */
const SCRIPT = /\.[cm]?[jt]sx?$/;
const PYTHON = /\.py$/;
const GO = /\.go$/;

/** How code of a language shows that it compares what others give it, and how others name a file of it by its stem. */
interface Checks {
  readonly of: RegExp;
  readonly uses: RegExp;
  /** What stands around the stem, as patterns; in most languages it is the name of a type or a file. */
  readonly named?: (stem: string) => RegExp;
}

const ofJvm = String.raw`^\s*import\s+(?:static\s+)?(?:org\.(?:junit|assertj|hamcrest|opentest4j|testng|mockito)|junit\.framework|com\.google\.common\.truth|io\.kotest|kotlin\.test)\b`;
const CHECKS: readonly Checks[] = [
  {
    of: SCRIPT,
    uses: /(?:from|require\(|import\(|import)\s*['"](?:node:)?(?:assert(?:\/strict)?|test|vitest|chai|expect|should|tape|tap|ava|jest|@jest\/\w+|@playwright\/test|uvu\/assert)['"]|\bexpect\s*\(.*\)\s*\.(?:not|to|to[A-Z]\w*|resolves|rejects|be)\b/,
    named: (stem) => new RegExp(`['"\`][^'"\`\\n]*\\b${stem}(?:/|/index)?(?:\\.[cm]?[jt]sx?)?['"\`]`),
  },
  {
    of: PYTHON,
    uses: /^\s*(?:from|import)\s+(?:pytest|unittest|nose|hypothesis|assertpy)\b|^(?![\s\S]*^\s+return\b)[\s\S]*^\s*assert\s/m,
    named: (stem) => new RegExp(`^\\s*(?:from|import)\\b[^\\n]*\\b${stem}\\b`, 'm'),
  },
  { of: GO, uses: /\btesting\.(?:T|TB|B|F)\b|"github\.com\/(?:stretchr\/testify|onsi\/gomega)/, named: (stem) => new RegExp(`"(?:[^"\\n]*/)?${stem}"`) },
  { of: /\.(java|kt|groovy|scala)$/, uses: new RegExp(`${ofJvm}|^(?![\\s\\S]*\\breturn\\b)[\\s\\S]*\\bnew AssertionError\\b`, 'm') },
  { of: /\.cs$/, uses: /^\s*using\s+(?:static\s+)?(?:Xunit|NUnit|Microsoft\.VisualStudio\.TestTools|FluentAssertions|Shouldly)\b/m },
  { of: /\.php$/, uses: /\bPHPUnit\\Framework\b/ },
  { of: /\.rb$/, uses: /\bRSpec\b|\bMinitest\b|\bTest::Unit\b|\bexpect\s*[({].*[)}]\.(?:to|not_to|to_not)\b/ },
  { of: /\.(h|hh|hpp|hxx|c|cc|cpp|cxx)$/, uses: /#\s*include\s*[<"](?:gtest|gmock|catch2|doctest|boost\/test)|\b__LINE__\b[\s\S]*\b(?:abort|_?exit)\s*\(|\b(?:abort|_?exit)\s*\([\s\S]*\b__LINE__\b/ },
];
const NAMED = (stem: string): RegExp => new RegExp(`(?<![\\w-])${stem}(?![\\w-])`);

/** Code that gives nothing back and changes nothing: all it can do is throw. */
const THROWS: readonly { readonly of: RegExp; readonly throws: RegExp; readonly does: RegExp }[] = [
  { of: PYTHON, throws: /^\s*raise\b/m, does: /^\s+(?:return\s+\S|yield\b)|\bself\.|\bprint\(|\bopen\(|\bglobal\b|\.(?:append|add|update|write)\(/m },
  { of: /\.(?:[cm]?[jt]sx?|java|kt|groovy|scala|cs|php|h|hh|hpp|hxx|c|cc|cpp|cxx)$/, throws: /\bthrow\b/, does: /\breturn\s+[^;\s}]|=>\s*[^{\s]|\byield\b|\bawait\b|\bthis\b|\b(?:console|process|document|window|System\.out)\b|\.(?:push|set|add|put|append|write\w*|emit)\(/ },
];
const EXPECTS_THROW = /\b(?:throws|rejects)\s*\(|toThrow|\braises\b|assertRaises|raise_error|assertThrows|assertThatThrownBy|isThrownBy|expectException|Assert\.Throws|(?:REQUIRE|CHECK|EXPECT|ASSERT)_THROW|\bcatch\b|\bexcept\b|\brescue\b/;
/** A method of Ruby that does nothing but raise. */
const RAISES_ONLY = /^[ \t]*def\b.*\n(?:[ \t]*(?:raise|fail)\b.*\n)+[ \t]*end\b/gm;

/** How others name a file that checks, by the stem of its name, and which of the tests do not say that it is their subject. */
export interface Checking {
  readonly named: RegExp;
  readonly isUsedBy: (test: string) => boolean;
}

/** Null for a file that does not check. */
export function checkingOf(path: string, text: string, stem: string): Checking | null {
  const language = CHECKS.find(({ of }) => of.test(path));
  if (!language) return null;
  const named = (language.named ?? NAMED)(stem);
  if (language.uses.test(text)) return { named, isUsedBy: () => true };
  const throwsOnly = path.endsWith('.rb') ? raisesOnly(text) : THROWS.some(({ of, throws, does }) => of.test(path) && throws.test(text) && !does.test(text));
  // What throws for a purpose has tests that expect it to.
  return throwsOnly ? { named, isUsedBy: (test) => !EXPECTS_THROW.test(test) } : null;
}

const raisesOnly = (text: string): boolean => (text.match(RAISES_ONLY) ?? []).length === (text.match(/^[ \t]*def\b/gm) ?? [null]).length;

export const mayCheck = (path: string): boolean => CHECKS.some(({ of }) => of.test(path));

/** A file of Go all of whose functions take a test: nothing but tests can call them. */
export function takesTestsOnly(path: string, text: string): boolean {
  const functions = text.match(/^func\b.*$/gm) ?? [];
  return GO.test(path) && functions.length > 0 && functions.every((each) => /\btesting\.(?:T|TB|B|F)\b/.test(each));
}
