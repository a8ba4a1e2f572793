/** The frame of a one-line import and the names in it: `import { a, b } from 'x'`, `from x import a`, `const { a } = require('x')`. */
const LISTED = [
  /^(?<head>import\s+(?:\w+\s*,\s*)?\{)(?<names>[^{}]*)(?<tail>\}\s*from\s*(?<quote>['"])[^'"]+\k<quote>\s*;?)\s*$/,
  /^(?<head>(?:const|let|var)\s*\{)(?<names>[\w\s,:]*)(?<tail>\}\s*=\s*require\((?<quote>['"])[^'"]+\k<quote>\)\s*;?)\s*$/,
  /^(?<head>from\s+[\w.]+\s+import\s+)(?<names>[\w\s,]+)(?<tail>)$/,
];
const SINGLE = [
  /^import\s+(?:type\s+)?(?:\*\s+as\s+)?(?<names>\w+)\s+from\s*['"][^'"]+['"]\s*;?\s*$/,
  /^(?:const|let|var)\s+(?<names>\w+)\s*=\s*require\(['"][^'"]+['"]\)\s*;?\s*$/,
  /^import\s+[\w.]+\s+as\s+(?<names>\w+)\s*$/,
  /^import\s+(?<names>\w+)(?:\.\w+)*\s*$/,
];

interface Import {
  /** Everything but the listed names; null for an import without a list. */
  readonly frame: string | null;
  readonly items: readonly string[];
}

function parse(line: string): Import | null {
  for (const pattern of LISTED) {
    const { head, names, tail } = pattern.exec(line)?.groups ?? {};
    if (head !== undefined && names !== undefined)
      return { frame: `${head.trim()} ${tail?.trim() ?? ''}`, items: itemsOf(names) };
  }
  for (const pattern of SINGLE) {
    const names = pattern.exec(line)?.groups?.['names'];
    if (names !== undefined) return { frame: null, items: [names] };
  }
  return null;
}

const itemsOf = (names: string): readonly string[] =>
  names
    .split(',')
    .map((name) => name.trim().replace(/\s+/g, ' '))
    .filter((name) => name !== '');

/** The name an item binds: the last word of `a as b` and `a: b`. */
const boundBy = (item: string): string => /(\w+)$/.exec(item)?.[1] ?? '';

const isFresh = (item: string, base: string): boolean => {
  const name = boundBy(item);
  return name !== '' && !new RegExp(`\\b${name}\\b`).test(base);
};

/** A new import that binds only names the base never says: it can shadow nothing. */
export function isNewImport(line: string, base: string): boolean {
  const found = parse(line);
  return found !== null && found.items.length > 0 && found.items.every((item) => isFresh(item, base));
}

/** The candidate's lines, with each import that only gained fresh names as the base has it. */
export function withoutGrownImports(before: readonly string[], after: readonly string[]): readonly string[] {
  const base = before.join('\n');
  const kept = new Set(after);
  const gone = before.flatMap((line) => {
    const found = kept.has(line) ? null : parse(line);
    return found?.frame == null ? [] : [{ line, ...found }];
  });
  return after.map((line) => {
    const grown = parse(line);
    if (grown?.frame == null) return line;
    const old = gone.find(
      ({ frame, items }) => frame === grown.frame && items.every((item) => grown.items.includes(item)),
    );
    return old && grown.items.every((item) => old.items.includes(item) || isFresh(item, base)) ? old.line : line;
  });
}
