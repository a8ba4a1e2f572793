import type { IsWholeExtension, LanguageRules } from '../../../domain/contract/language-rules.ts';
import type { ManifestContract } from '../../../domain/contract/manifest-contract.ts';
import { withExamplesOf } from './docs.ts';

interface Block {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const OPENS = /^([ \t]*)#\[cfg\(test\)\]\s*(?:#\[[^\n]*\]\s*)*(?:pub(?:\([^)]*\))?\s+)?mod\s+(\w+)\s*\{/gm;

/**
 * Tests that stand inside of source files: the base's modules of them take the place of the candidate's, and one that is gone comes
 * back at the end. Where the brackets of a file do not match, the whole file is the base's.
 */
export const testsInside: NonNullable<LanguageRules['testsInside']> = (path, { base, candidate }, isWholeExtension) => {
  const modules = modulesContract(path, base, candidate, isWholeExtension);
  if (base === null || candidate === null || modules.kind === 'restore') return modules;
  const text = modules.kind === 'merged' ? modules.text : candidate;
  const merged = withExamplesOf(base, text);
  if (merged === text) return modules;
  // Examples that only changed are settled by runs.
  return modules.kind === 'merged' ? { ...modules, text: merged } : { kind: 'merged', text: merged, settled: true };
};

function modulesContract(
  path: string,
  base: string | null,
  candidate: string | null,
  isWholeExtension: IsWholeExtension,
): ManifestContract {
  const before = base === null ? [] : blocksIn(base);
  if (base === null || (before !== null && before.length === 0)) return { kind: 'same' };
  const after = candidate === null ? null : blocksIn(candidate);
  if (before === null || after === null || candidate === null)
    return base === candidate ? { kind: 'same' } : { kind: 'restore' };

  const theirs = new Map(after.map((block) => [block.name, block]));
  const text = (of: string, { from, to }: Block): string => of.slice(from, to);
  const changed = before.filter((block) => {
    const now = theirs.get(block.name);
    return now === undefined || text(candidate, now) !== text(base, block);
  });
  if (changed.length === 0) return { kind: 'same' };

  const grew = changed.every((block) => {
    const now = theirs.get(block.name);
    return now !== undefined && isWholeExtension(path, text(base, block), text(candidate, now));
  });
  let merged = candidate;
  // From the end, so that places before it stay true.
  for (const now of [...after].sort((a, b) => b.from - a.from)) {
    const block = changed.find(({ name }) => name === now.name);
    if (block !== undefined) merged = merged.slice(0, now.from) + text(base, block) + merged.slice(now.to);
  }
  for (const block of changed) if (!theirs.has(block.name)) merged = `${merged.trimEnd()}\n\n${text(base, block)}\n`;
  return { kind: 'merged', text: merged, ...(grew && { grew }) };
}

/** The modules of tests of a file, from their attribute to their last bracket; null where one does not end. */
function blocksIn(text: string): readonly Block[] | null {
  const code = withoutText(text);
  const blocks: Block[] = [];
  for (const found of code.matchAll(OPENS)) {
    const from = found.index;
    if (blocks.some((block) => from < block.to)) continue;
    const to = endOf(code, from + found[0].length);
    if (to === null) return null;
    blocks.push({ name: found[2] ?? '', from, to });
  }
  return blocks;
}

function endOf(code: string, start: number): number | null {
  let depth = 1;
  for (let at = start; at < code.length; at++) {
    const char = code.charAt(at);
    if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return null;
}

const TEXT =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|b?r(#*)"[\s\S]*?"\1|b?"(?:[^"\\]|\\[\s\S])*"|b?'(?:[^'\\\n]|\\(?:[^\n]|u\{[0-9a-fA-F]*\}))'/g;

/** The same text with comments, strings and characters blanked out, so that a bracket in them is none. */
const withoutText = (text: string): string => text.replace(TEXT, (found) => found.replace(/[^\n]/g, ' '));
