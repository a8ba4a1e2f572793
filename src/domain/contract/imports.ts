/** Everything but the names that an import of one line lists, and those names. */
const LISTED = [
  new RegExp(
    String.raw`^(?<head>import\s+(?:type\s+)?)(?:(?<first>\w+)(?:\s*,\s*|\s+(?=from\b)))?(?:\{(?<names>[^{}]*)\}\s*)?` +
      String.raw`(?<tail>from\s*(?<quote>['"])[^'"]+\k<quote>\s*;?)$`,
  ),
  /^(?<head>(?:const|let|var)\s*)\{(?<names>[\w\s,:]*)\}(?<tail>\s*=\s*require\((?<quote>['"])[^'"]+\k<quote>\)\s*;?)$/,
  /^(?<head>from\s+[\w.]+\s+import\s+)(?:\(\s*)?(?<names>\w[\w\s,]*)\)?(?<tail>)$/,
  /^(?<head>\s*use\s+(?:\w+::)+)(?:\{(?<names>[\w\s,]*)\}|(?<first>\w+))(?<tail>;)$/,
];
const SINGLE = [
  /^import\s+(?:type\s+)?\*\s+as\s+(?<names>\w+)\s+from\s*['"][^'"]+['"]\s*;?$/,
  /^(?:const|let|var)\s+(?<names>\w+)\s*=\s*require\(['"][^'"]+['"]\)\s*;?$/,
  /^import\s+[\w.]+\s+as\s+(?<names>\w+)$/,
  /^import\s+(?<names>\w+)(?:\.\w+)*$/,
];
/** An import whose list goes on in the next lines, and the line in which it ends. */
const OPEN = [
  { begins: /^import\s+(?:type\s+)?(?:\w+\s*,\s*)?\{[^{}]*$/, ends: /^[\w\s,]*\}/ },
  { begins: /^(?:const|let|var)\s*\{[\w\s,:]*$/, ends: /^[\w\s,:]*\}\s*=\s*require\(/ },
  { begins: /^from\s+[\w.]+\s+import\s+\([\w\s,]*$/, ends: /^[\w\s,]*\)\s*$/ },
  { begins: /^\s*use\s+(?:\w+::)+\{[\w\s,]*$/, ends: /^[\w\s,]*\};/ },
];
const LISTS_ON = /^[\w\s,:]*$/;

/** The lines of a text, with each import in one. */
function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const joined: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const open = OPEN.find(({ begins }) => begins.test(line));
    const inside = open ? lines.slice(at + 1).findIndex((each) => !LISTS_ON.test(each)) : -1;
    const last = lines[at + 1 + inside];
    if (open && inside >= 0 && last !== undefined && open.ends.test(last)) {
      joined.push(lines.slice(at, at + inside + 2).join(' '));
      at += inside + 1;
    } else joined.push(line);
  }
  return joined;
}

interface Import {
  /** Everything but the listed names; null for an import without a list. */
  readonly frame: string | null;
  readonly items: readonly string[];
}

function parse(line: string): Import | null {
  // Spaces at the end would be tried in every way.
  const text = line.trimEnd();
  for (const pattern of LISTED) {
    const { head, first, names, tail } = pattern.exec(text)?.groups ?? {};
    if (head !== undefined && (first !== undefined || names !== undefined))
      return {
        frame: `${head.trim()} ${tail?.trim() ?? ''}`,
        items: [
          ...(first === undefined ? [] : [head.startsWith('import') ? `default as ${first}` : first]),
          ...itemsOf(names ?? ''),
        ],
      };
  }
  for (const pattern of SINGLE) {
    const names = pattern.exec(text)?.groups?.['names'];
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

/** The lines of both sides, with each import of the candidate that only gained fresh names as the base has it. */
export function withoutGrownImports(
  base: string,
  candidate: string,
): { readonly before: readonly string[]; readonly after: readonly string[] } {
  const before = linesOf(base);
  const lines = linesOf(candidate);
  const kept = new Set(lines);
  const gone = before.flatMap((line) => {
    const found = kept.has(line) ? null : parse(line);
    return found?.frame == null ? [] : [{ line, ...found }];
  });
  const after = lines.map((line) => {
    const grown = parse(line);
    if (grown?.frame == null) return line;
    const old = gone.find(
      ({ frame, items }) => frame === grown.frame && items.every((item) => grown.items.includes(item)),
    );
    return old && grown.items.every((item) => old.items.includes(item) || isFresh(item, base)) ? old.line : line;
  });
  return { before, after };
}
