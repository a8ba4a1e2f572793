import type { RepoPath } from '../ids.ts';
import { isWholeAddition } from './addition.ts';
import { withoutGrownImports } from './imports.ts';
import { languageOf } from './languages.ts';

/**
 * Whether a test file only gained whole tests, fresh imports or comments: nothing of the base is gone, and nothing new
 * stands inside an existing test. Errs on the side of "no": then a person is asked.
 */
export function isExtension(path: RepoPath, base: string, candidate: string): boolean {
  return base === candidate || isWholeExtension(path, base, candidate);
}

/** The same of a part of a file. */
export function isWholeExtension(path: RepoPath, base: string, candidate: string): boolean {
  const language = languageOf(path)?.additions;
  if (!language) return false;
  const { before, after } = withoutGrownImports(path, base, candidate);
  const blocks = insertedBlocks(before, after);
  return (
    blocks !== null &&
    blocks.every((block) =>
      positions(after, block).some(({ from, to }) => isWholeAddition(language, base, after, from, to)),
    )
  );
}

interface Block {
  /** First line and the line after the last, in the candidate. */
  readonly from: number;
  readonly to: number;
}

/** The runs of new lines when every line of the base is still there in order, else null. */
function insertedBlocks(before: readonly string[], after: readonly string[]): readonly Block[] | null {
  const blocks: Block[] = [];
  let at = 0;
  let from = -1;
  for (const [index, line] of after.entries()) {
    const kept = at < before.length && line === before[at];
    if (kept) {
      at += 1;
      if (from >= 0) blocks.push({ from, to: index });
      from = -1;
    } else if (from < 0) from = index;
  }
  if (from >= 0) blocks.push({ from, to: after.length });
  return at === before.length ? blocks : null;
}

/** The same insertion seen at every place it can slide to, as equal lines around it allow. */
function positions(lines: readonly string[], block: Block): readonly Block[] {
  const found = [block];
  for (let { from, to } = block; from > 0 && lines[from - 1] === lines[to - 1];) {
    from -= 1;
    to -= 1;
    found.push({ from, to });
  }
  return found;
}
