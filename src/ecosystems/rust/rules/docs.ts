const DOC = /^\s*\/\/[/!]/;
const FENCE = /^\s*\/\/[/!]\s?\s*(?:```|~~~)/;
/** What stands between documentation and what it is about. */
const BETWEEN = /^\s*(?:#!?\[.*|\/\/.*|)$/;
/** The word and the name that an item is declared by. */
const ITEM = new RegExp(
  String.raw`^\s*(?:pub(?:\([^)]*\))?\s+)?(?:(?:default|const|async|unsafe|extern(?:\s+"[^"]*")?)\s+)*` +
    String.raw`((?:fn|struct|enum|union|trait|mod|type|static|const|macro_rules!|use)\s+[\w:]+|impl\b.*)`,
);

interface Documented {
  /** What it is about. */
  readonly key: string;
  /** Lines of the text: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly examples: string;
}

/**
 * A text in which the documentation that has examples says what the base says, where the examples are others now: they are tests that
 * stand in what they document. What is about something that is gone stays gone.
 */
export function withExamplesOf(base: string, candidate: string): string {
  const theirs = base.split('\n');
  const lines = candidate.split('\n');
  const own = new Map(documentedIn(lines).map((each) => [each.key, each]));
  const items = new Map([...itemsIn(lines)].map(([at, key]) => [key, at]));
  const edits = documentedIn(theirs).flatMap(({ key, from, to, examples }) => {
    const now = own.get(key);
    const item = items.get(key);
    const at = now ?? (item === undefined ? null : { from: item, to: item, examples: '' });
    return examples === '' || at === null || at.examples === examples ? [] : [{ at, text: theirs.slice(from, to) }];
  });
  // From the end, so that lines before it keep their numbers.
  for (const { at, text } of edits.toSorted((a, b) => b.at.from - a.at.from))
    lines.splice(at.from, at.to - at.from, ...text);
  return lines.join('\n');
}

function documentedIn(lines: readonly string[]): readonly Documented[] {
  const items = itemsIn(lines);
  const found: Documented[] = [];
  for (let at = 0; at < lines.length; at++) {
    const from = at;
    while (DOC.test(lines[at] ?? '')) at += 1;
    if (from < at)
      found.push({ key: keyOf(lines, from, at, items), from, to: at, examples: examplesOf(lines.slice(from, at)) });
  }
  return found;
}

/** What documentation from one line to another is about. */
function keyOf(lines: readonly string[], from: number, to: number, items: ReadonlyMap<number, string>): string {
  if (/^\s*\/\/!/.test(lines[from] ?? '')) return `inside ${lines[from]?.indexOf('//!')}`;
  const next = lines.findIndex((line, at) => at >= to && !BETWEEN.test(line));
  return items.get(next) ?? lines[next]?.trim() ?? '';
}

/** The key of the item that begins on a line: two can have one name. */
function itemsIn(lines: readonly string[]): ReadonlyMap<number, string> {
  const seen = new Map<string, number>();
  return new Map(
    lines.flatMap((line, at) => {
      const name = ITEM.exec(line)?.[1]?.replace(/\s+/g, ' ');
      if (name === undefined) return [];
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      return [[at, `${name} ${nth}`] as const];
    }),
  );
}

/** The lines between fences, with the fences: what they say after them decides whether it is run. */
function examplesOf(lines: readonly string[]): string {
  let inside = false;
  return lines
    .filter((line) => {
      const isFence = FENCE.test(line);
      const isOf = inside || isFence;
      if (isFence) inside = !inside;
      return isOf;
    })
    .map((line) => line.replace(/^\s*\/\/[/!]/, '').trim())
    .join('\n');
}
