import { isNewImport } from './imports.ts';
import type { RepoPath } from '../ids.ts';

/** How tests begin in a language, what may hold them, and what must not be said twice. */
interface Language {
  readonly startsTest: readonly RegExp[];
  /** A line that opens a group of tests: new tests may stand inside. */
  readonly holdsTests: RegExp;
  /** A definition that would take the place of an older one of its name. */
  readonly defines: RegExp | null;
  readonly lineComment: RegExp;
  /** Written with brackets and block comments, not by indentation. */
  readonly brackets: boolean;
  /** Words that open and close where brackets do not. */
  readonly words?: { readonly open: RegExp; readonly close: RegExp };
}

const SCRIPT: Language = {
  startsTest: [/^\s*(test|it|describe|suite)\(/],
  holdsTests: /^\s*(describe|suite|context)\(.*(\{|=>)\s*$/,
  defines: null,
  lineComment: /^\s*\/\//,
  brackets: true,
};
const PYTHON: Language = {
  startsTest: [/^\s*(async\s+)?def\s+test_/, /^\s*class\s+Test/, /^\s*@/],
  holdsTests: /^\s*class\s+Test.*:\s*$/,
  defines: /^\s*(?:async\s+)?(?:def|class)\s+(\w+)/,
  lineComment: /^\s*#/,
  brackets: false,
};
const GO: Language = {
  startsTest: [/^func\s+(Test(?!Main\b)|Benchmark|Fuzz|Example)/],
  holdsTests: /^(?!)/,
  defines: /^func\s+(\w+)/,
  lineComment: /^\s*\/\//,
  brackets: true,
};
const RUST: Language = {
  startsTest: [/^\s*#\[(\w+::)*(test|should_panic|ignore)\b/, /^\s*(async\s+)?fn\s+\w+\s*\(\s*\)/],
  holdsTests: /^\s*(pub\s+)?mod\s+\w+\s*\{\s*$/,
  defines: /^\s*(?:async\s+)?fn\s+(\w+)/,
  lineComment: /^\s*\/\//,
  brackets: true,
};
const JAVA: Language = {
  startsTest: [
    /^\s*@(Test|ParameterizedTest|RepeatedTest|ValueSource|CsvSource|DisplayName|Tag)\b/,
    /^\s*(public\s+)?void\s+\w+\s*\(/,
  ],
  holdsTests: /^\s*(?:(?:public|final|static)\s+)*class\s+\w+[^{]*\{\s*$/,
  defines: /\bvoid\s+(\w+)/,
  lineComment: /^\s*\/\//,
  brackets: true,
};
const PHP: Language = {
  startsTest: [/^\s*public\s+function\s+test\w*\s*\(/, /^\s*#\[(Test|DataProvider)\b/, /^\s*\{\s*$/],
  holdsTests: /^\s*\{\s*$|^\s*(?:final\s+)?class\s+\w+[^{]*\{\s*$/,
  defines: /\bfunction\s+(\w+)/,
  lineComment: /^\s*(\/\/|#(?!\[))/,
  brackets: true,
};
const CSHARP: Language = {
  startsTest: [
    /^\s*\[(Fact|Theory|InlineData|Test|TestCase|TestMethod|DataRow)\b/,
    /^\s*public\s+(async\s+Task|void)\s+\w+\s*\(/,
    /^\s*\{\s*$/,
  ],
  holdsTests: /^\s*\{\s*$|^\s*(?:(?:public|sealed|partial)\s+)*class\s+\w+[^{]*\{\s*$/,
  defines: /\b(?:void|Task)\s+(\w+)/,
  lineComment: /^\s*\/\//,
  brackets: true,
};
const RUBY: Language = {
  startsTest: [/^\s*(it|specify|example|describe|context|RSpec\.describe)\b/, /^\s*end\s*$/],
  holdsTests: /^\s*(describe|context|RSpec\.describe)\b.*\bdo\s*$/,
  defines: null,
  lineComment: /^\s*#/,
  brackets: true,
  words: { open: /\bdo\b|^\s*(?:if|unless|case|while|until|begin|def|class|module)\b/, close: /^\s*end\b/ },
};
const LANGUAGES: readonly (readonly [RegExp, Language])[] = [
  [/\.[cm]?[jt]sx?$/, SCRIPT],
  [/\.py$/, PYTHON],
  [/\.go$/, GO],
  [/\.rs$/, RUST],
  [/\.java$/, JAVA],
  [/\.php$/, PHP],
  [/\.cs$/, CSHARP],
  [/\.rb$/, RUBY],
];
/** Comments that tell a tool something. */
const DIRECTIVE = /@|#!|\bgo:|\+build|eslint|istanbul|noqa|pragma|pylint|mypy|type:/;
/** Speaks of what comes after it. */
const ATTRIBUTE = /^\s*(?:@|#!?\[|\[\w)/;
/** Ends of what began in the same block. */
const CLOSES = /^\s*[)\]}][)\]},;\s\w]*$/;

export const languageOf = (path: RepoPath): Language | null =>
  LANGUAGES.find(([pattern]) => pattern.test(path))?.[1] ?? null;

/**
 * Whether the lines `from` to `to` of a test file are whole tests, fresh imports or comments, beside the tests that stand around them.
 * `base` is the text they were added to.
 */
export function isWholeAddition(
  language: Language,
  base: string,
  lines: readonly string[],
  from: number,
  to: number,
): boolean {
  const added = codeOf(language, lines.slice(from, to));
  if (added === null) return false;
  const code = added.filter((line) => !isNewImport(line, base));
  const [first] = code;
  // Blank lines and comments change nothing; new imports bind nothing that was said before.
  if (first === undefined) return true;
  const depth = indent(first);
  const outer = code.filter((line) => indent(line) === depth);
  return (
    code.every((line) => indent(line) >= depth && !/\.only\b/.test(line)) &&
    outer.every((line) => language.startsTest.some((pattern) => pattern.test(line)) || CLOSES.test(line)) &&
    !CLOSES.test(first) &&
    !language.words?.close.test(first) &&
    !ATTRIBUTE.test(outer.at(-1) ?? '') &&
    // What an older attribute stands over is what it speaks of.
    !ATTRIBUTE.test(lines.slice(0, from).findLast(isText) ?? '') &&
    !outer.some((line) => redefines(language, line, base)) &&
    isClosed(language, code) &&
    isBesideTests(language, lines, from, to, depth)
  );
}

/** What is opened is closed; counted in strings too, which errs on the side of "no". */
function isClosed({ brackets, words }: Language, code: readonly string[]): boolean {
  const text = code.join('\n');
  if (
    words &&
    code.filter((line) => words.open.test(line)).length !== code.filter((line) => words.close.test(line)).length
  )
    return false;
  return !brackets || (text.match(/[([{]/g)?.length ?? 0) === (text.match(/[)\]}]/g)?.length ?? 0);
}

/** The lines that are neither blank nor comments; null where a comment does not end among them. */
function codeOf({ lineComment, brackets }: Language, lines: readonly string[]): readonly string[] | null {
  const code: string[] = [];
  let inComment = false;
  for (const line of lines) {
    const opens = brackets && !inComment && /^\s*\/\*/.test(line);
    if (inComment || opens) {
      const end = line.indexOf('*/', opens ? line.indexOf('/*') + 2 : 0);
      inComment = end < 0;
      if (DIRECTIVE.test(line) || (end >= 0 && line.slice(end + 2).trim() !== '')) code.push(line);
    } else if (line.trim() !== '' && (!lineComment.test(line) || DIRECTIVE.test(line))) code.push(line);
  }
  return inComment ? null : code;
}

/** Nothing of an older test comes after it at a deeper level, and what is around it is a group of tests or the file. */
function isBesideTests(
  { holdsTests }: Language,
  lines: readonly string[],
  from: number,
  to: number,
  depth: number,
): boolean {
  const following = lines.slice(to).find(isText);
  if (following !== undefined && indent(following) > depth) return false;
  if (depth === 0) return true;
  const around = lines.slice(0, from).findLast((line) => isText(line) && indent(line) < depth);
  return around !== undefined && holdsTests.test(around);
}

function redefines({ defines }: Language, line: string, base: string): boolean {
  const name = defines?.exec(line)?.[1];
  return (
    name !== undefined &&
    new RegExp(`^\\s*(?:async\\s+)?(?:public\\s+)?(?:def|class|func|fn|void|function|Task)\\s+${name}\\b`, 'm').test(
      base,
    )
  );
}

const isText = (line: string): boolean => line.trim() !== '';
const indent = (line: string): number => line.length - line.trimStart().length;
