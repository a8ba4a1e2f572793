const STARTS_TEST = [
  /^\s*(test|it|describe|suite)\(/,
  /^\s*(async\s+)?def\s+test_/,
  /^\s*class\s+Test/,
  /^\s*@pytest\.mark\.parametrize\b/,
  /^func\s+(Test|Benchmark|Fuzz|Example)(?!Main\b)/,
];
const IMPORT = /^\s*(import\b.*|from\s+\S+\s+import\b.*|(const|let|var)\s+[\w{},\s:]+\s*=\s*require\(['"][^'"]+['"]\)\s*;?)\s*$/;
const COMMENT = /^\s*(\/\/|#|\/\*|\*)/;

/**
 * Whether a test file only gained whole tests, imports or comments: nothing of the base is gone, and nothing new
 * stands inside an existing test. Errs on the side of "no": then a person is asked.
 */
export function isExtension(base: string, candidate: string): boolean {
  const before = base.split(/\r?\n/);
  const after = candidate.split(/\r?\n/);
  const blocks = insertedBlocks(before, after);
  return blocks !== null && blocks.every((block) => positions(after, block).some((each) => isWholeAddition(after, each)));
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
  for (let { from, to } = block; from > 0 && lines[from - 1] === lines[to - 1]; ) {
    from -= 1;
    to -= 1;
    found.push({ from, to });
  }
  return found;
}

function isWholeAddition(lines: readonly string[], block: Block): boolean {
  const added = lines.slice(block.from, block.to).filter((line) => line.trim() !== '');
  const code = added.filter((line) => !COMMENT.test(line));
  if (code.every((line) => IMPORT.test(line))) return true;
  const first = code[0] ?? '';
  if (!STARTS_TEST.some((pattern) => pattern.test(first))) return false;
  const depth = indent(first);
  const following = lines.slice(block.to).find((line) => line.trim() !== '');
  return code.every((line) => indent(line) >= depth) && (following === undefined || indent(following) <= depth);
}

const indent = (line: string): number => line.length - line.trimStart().length;
