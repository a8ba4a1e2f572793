import { isNewImport } from './imports.ts';
import type { AdditionRules } from './language-rules.ts';

/** Comments that tell a tool something. */
const DIRECTIVE = /@|#!|\bgo:|\+build|eslint|istanbul|noqa|pragma|pylint|mypy|type:/;
/** Speaks of what comes after it. */
const ATTRIBUTE = /^\s*(?:@|#!?\[|\[\w)/;
/** Ends of what began in the same block. */
const CLOSES = /^\s*[)\]}][)\]},;\s\w]*$/;

/**
 * Whether the lines `from` to `to` of a test file are whole tests, fresh imports or comments, beside the tests that stand around them.
 * `base` is the text they were added to.
 */
export function isWholeAddition(
  language: AdditionRules,
  base: string,
  lines: readonly string[],
  from: number,
  to: number,
): boolean {
  const added = codeOf(language, lines.slice(from, to));
  if (added === null) return false;
  const code = added.filter((line) => !isNewImport(language.imports, line, base));
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
function isClosed({ brackets, words }: AdditionRules, code: readonly string[]): boolean {
  const text = code.join('\n');
  if (
    words &&
    code.filter((line) => words.open.test(line)).length !== code.filter((line) => words.close.test(line)).length
  )
    return false;
  return !brackets || (text.match(/[([{]/g)?.length ?? 0) === (text.match(/[)\]}]/g)?.length ?? 0);
}

/** The lines that are neither blank nor comments; null where a comment does not end among them. */
function codeOf({ lineComment, brackets }: AdditionRules, lines: readonly string[]): readonly string[] | null {
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
  { holdsTests }: AdditionRules,
  lines: readonly string[],
  from: number,
  to: number,
  depth: number,
): boolean {
  const following = lines.slice(to).find(isText);
  if (following !== undefined && indent(following) > depth) return false;
  if (depth === 0) return true;
  const around = lines.slice(0, from).findLast((line) => isText(line) && indent(line) < depth);
  return around !== undefined && holdsTests?.test(around) === true;
}

function redefines({ defines }: AdditionRules, line: string, base: string): boolean {
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
