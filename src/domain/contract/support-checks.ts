import { changesNothing } from './support-effects.ts';
import type { RepoPath } from '../ids.ts';

/** Code that compares what others give it, as helpers of tests do, in each language. */
const SCRIPT = /\.[cm]?[jt]sx?$/;
const PYTHON = /\.py$/;
const GO = /\.go$/;

/** How code of a language shows that it compares what others give it, and how others name a file of it by its stem. */
interface Checks {
  readonly of: RegExp;
  readonly uses: (text: string) => boolean;
  /** What stands around the stem, as patterns; in most languages it is the name of a type or a file. */
  readonly named?: (stem: string) => RegExp;
}

const LIBRARY = new RegExp(
  String.raw`(?:from|require\(|import\(|import)[ \t]*['"](?:node:)?(?:test|vitest|chai|expect|should|` +
    String.raw`tape|tap|ava|jest|@jest\/\w+|@playwright\/test|uvu\/assert|qunit)['"]`,
);
const EXPECTS = /\bexpect[ \t]*\([^\n]{0,500}\)\s{0,80}\.(?:not|to|to[A-Z]\w*|resolves|rejects|be)\b/;
const ASSERTS = /(?:from|require\(|import\(|import)[ \t]*['"](?:node:)?assert(?:\/strict)?['"]/;
/** More than that a thing holds, which code asks of itself too. */
const COMPARES = new RegExp(
  String.raw`\bassert\.(?!ok\b)\w+\(|\b(?:equal|notEqual|deepEqual|strictEqual|deepStrictEqual|` +
    String.raw`notStrictEqual|partialDeepStrictEqual|throws|rejects)\(`,
);
const GIVES_BACK = /\breturn[ \t]+[^;\s}]/;
const TAKES_TEST = /^[^/\n]*\btesting\.(?:T|TB|B|F)\b/m;
const JVM = new RegExp(
  String.raw`^[ \t]*import[ \t]+(?:static[ \t]+)?(?:org\.(?:junit|assertj|hamcrest|opentest4j|testng|` +
    String.raw`mockito)|junit\.framework|com\.google\.common\.truth|io\.kotest|kotlin\.test)\b`,
  'm',
);
/** A function of Kotlin, Scala or Groovy gives back what stands last in it. */
const GIVES_BACK_LAST = /\bfun\b[^\n{]*\)[ \t]*[:=]|\bdef\b/;

const uses =
  (pattern: RegExp) =>
  (text: string): boolean =>
    pattern.test(text);

const CHECKS: readonly Checks[] = [
  {
    of: SCRIPT,
    uses: (text) =>
      LIBRARY.test(text) ||
      EXPECTS.test(text) ||
      (ASSERTS.test(text) && (COMPARES.test(text) || !GIVES_BACK.test(text))),
    named: (stem) => new RegExp(`['"\`][^'"\`\\n]*\\b${stem}(?:/|/index)?(?:\\.[cm]?[jt]sx?)?['"\`]`),
  },
  {
    of: PYTHON,
    uses: (text) =>
      new RegExp(
        String.raw`^[ \t]*(?:from|import)[ \t]+(?:pytest|unittest|nose|hypothesis|assertpy)\b|` +
          String.raw`\bself\.assert(?:Not)?(?:Equal|True|False|Is\w*|In|Raises\w*|AlmostEqual|\w+Equal)\(`,
        'm',
      ).test(text) ||
      (/^[ \t]*assert[ \t(]/m.test(text) && changesNothing('a.py', text)),
    // In brackets over several lines too, and as the place of a function that a manifest starts.
    named: (stem) =>
      new RegExp(
        `^[ \\t]*(?:from|import)\\b[^\\n]*\\b${stem}\\b|\\bimport[ \\t]*\\([^)]{0,2000}\\b${stem}\\b|[\\w.]\\b${stem}:[A-Za-z_]`,
        'm',
      ),
  },
  {
    of: GO,
    uses: (text) =>
      (TAKES_TEST.test(text) || /"github\.com\/(?:stretchr\/testify|onsi\/gomega)/.test(text)) && offersTestsOnly(text),
    named: (stem) => new RegExp(`"(?:[^"\\n]*/)?${stem}"`),
  },
  {
    of: /\.java$/,
    uses: (text) => JVM.test(text) || (/\bnew AssertionError\b/.test(text) && changesNothing('a.java', text)),
  },
  {
    of: /\.(kt|groovy|scala)$/,
    uses: (text) =>
      JVM.test(text) ||
      (/\bAssertionError\b/.test(text) && !GIVES_BACK_LAST.test(text) && changesNothing('a.java', text)),
  },
  // An extension is called without a name that would tell who uses it.
  {
    of: /\.cs$/,
    uses: (text) =>
      !/\([ \t]*this[ \t]+\w/.test(text) &&
      /^[ \t]*using[ \t]+(?:static[ \t]+)?(?:Xunit|NUnit|Microsoft\.VisualStudio\.TestTools|FluentAssertions|Shouldly)\b/m.test(
        text,
      ),
  },
  {
    of: /\.php$/,
    uses: uses(
      new RegExp(
        String.raw`\bPHPUnit\\Framework\b|(?:\$this->|self::|static::)assert(?:Not)?(?:Same|Equals|True|` +
          String.raw`False|Null|Count|Empty|InstanceOf|ArrayHasKey|StringContains\w*|Greater\w+|Less\w+)\(`,
      ),
    ),
  },
  {
    of: /\.rb$/,
    uses: uses(
      new RegExp(
        String.raw`^[^#\n]*(?:\bRSpec\b|\bMinitest\b|\bTest::Unit\b|\b(?:assert|refute)_(?:equal|nil|` +
          String.raw`same|match|includes|in_delta|raises|empty|instance_of|kind_of)\b|` +
          String.raw`\bexpect[ \t]*[({][^\n]{0,500}[)}]\.(?:to|not_to|to_not)\b)`,
        'm',
      ),
    ),
    named: (stem) => namedWord(`(?:${stem}|${camelOf(stem)})`),
  },
  {
    of: /\.(h|hh|hpp|hxx|c|cc|cpp|cxx)$/,
    uses: (text) =>
      /#[ \t]*include[ \t]*[<"](?:gtest|gmock|catch2|doctest|boost\/test)/.test(text) ||
      (/\b__LINE__\b/.test(text) && /\b(?:abort|_?exit)[ \t]*\(/.test(text) && !GIVES_BACK.test(text)),
  },
];
const namedWord = (stem: string): RegExp => new RegExp(`(?<![\\w-])${stem}(?![\\w-])`);

/** What a file of Ruby is called in code that loads it by itself. */
export const camelOf = (stem: string): string =>
  stem.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Larger ones are made, or whole libraries. */
const LARGEST = 200_000;
const THROWS: readonly { readonly of: RegExp; readonly throws: RegExp }[] = [
  { of: PYTHON, throws: /^[ \t]*raise\b/m },
  { of: /\.(?:[cm]?[jt]sx?|java|cs|php|h|hh|hpp|hxx|c|cc|cpp|cxx)$/, throws: /\bthrow\b/ },
];
const EXPECTS_THROW =
  /throw|raise|reject|thrown|expected? ?(?:=|exception)|expectException|assertFails|\b(?:catch|except|rescue|intercept)\b|DEATH/i;
/** Ruby that does nothing but raise, with what stands around it. */
const RAISES_ONLY = new RegExp(
  String.raw`^[ \t]*(?:(?:module|class|def|if|unless|elsif|else|end|raise|fail|require|` +
    String.raw`require_relative|extend self|module_function|private)\b.*|[a-z_]\w*[ \t]*=[^=>~].*|` +
    String.raw`return(?:[ \t]+(?:if|unless)\b.*)?|#.*)?$`,
);

/** How others name a file that checks, by the stem of its name, and which of the tests do not say that it is their subject. */
export interface Checking {
  readonly named: RegExp;
  readonly isUsedBy: (test: string) => boolean;
}

/** Null for a file that does not check, or that nobody could name. */
export function checkingOf(path: RepoPath, text: string, stem: string): Checking | null {
  const language = CHECKS.find(({ of }) => of.test(path));
  if (!language || stem === '' || text.length > LARGEST) return null;
  const named = (language.named ?? namedWord)(stem);
  if (language.uses(text)) return { named, isUsedBy: () => true };
  const throwsOnly = path.endsWith('.rb')
    ? raisesOnly(text)
    : THROWS.some(({ of, throws }) => of.test(path) && throws.test(text)) && changesNothing(path, text);
  // What throws for a purpose has tests that expect it to.
  return throwsOnly ? { named, isUsedBy: (test) => !EXPECTS_THROW.test(test) } : null;
}

const raisesOnly = (text: string): boolean =>
  /^[ \t]*def\b/m.test(text) &&
  /^[ \t]*(?:raise|fail)\b/m.test(text) &&
  text.split(/\r?\n/).every((line) => RAISES_ONLY.test(line));

/** Whether code uses a library of tests, in the ways that helpers of tests do. */
export const usesTestLibrary = (path: RepoPath, text: string): boolean =>
  text.length <= LARGEST && CHECKS.some(({ of, uses: found }) => of.test(path) && found(text));

export const mayCheck = (path: RepoPath): boolean => CHECKS.some(({ of }) => of.test(path));

const takesTest = (line: string): boolean => /\btesting\.(?:T|TB|B|F)\b/.test(line);

/** A package of Go that has functions for others than tests, or is a program, is the subject of its own. */
const offersTestsOnly = (text: string): boolean =>
  !/^package main\b/m.test(text) &&
  functionsOf(text)
    .filter((each) => /^func[ \t]+[A-Z]/.test(each))
    .every(takesTest);

/** A file of Go all of whose functions take a test: nothing but tests can call them. */
export function takesTestsOnly(path: RepoPath, text: string): boolean {
  const functions = GO.test(path) ? functionsOf(text) : [];
  return functions.length > 0 && functions.every(takesTest);
}

/** What each function takes, on one line or on several. */
const functionsOf = (text: string): readonly string[] =>
  text.match(/^func\b.*(?:(?<=\()\n(?:[ \t].*\n)+\).*)?$/gm) ?? [];
