import type { RepoPath } from '../ids.ts';
import type { ImportRules } from './language-rules.ts';
import { languageOf } from './languages.ts';

const NONE: ImportRules = { listed: [], single: [], open: [] };
const LISTS_ON = /^[\w\s,:]*$/;

/** The lines of a text, with each import in one. */
function linesOf({ open: kinds }: ImportRules, text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const joined: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const open = kinds.find(({ begins }) => begins.test(line));
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

function parse({ listed, single }: ImportRules, line: string): Import | null {
  // Spaces at the end would be tried in every way.
  const text = line.trimEnd();
  for (const pattern of listed) {
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
  for (const pattern of single) {
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
export function isNewImport(rules: ImportRules | undefined, line: string, base: string): boolean {
  const found = parse(rules ?? NONE, line);
  return found !== null && found.items.length > 0 && found.items.every((item) => isFresh(item, base));
}

/** The lines of both sides, with each import of the candidate that only gained fresh names as the base has it. */
export function withoutGrownImports(
  path: RepoPath,
  base: string,
  candidate: string,
): { readonly before: readonly string[]; readonly after: readonly string[] } {
  const known = languageOf(path)?.additions?.imports ?? NONE;
  const before = linesOf(known, base);
  const lines = linesOf(known, candidate);
  const kept = new Set(lines);
  const gone = before.flatMap((line) => {
    const found = kept.has(line) ? null : parse(known, line);
    return found?.frame == null ? [] : [{ line, ...found }];
  });
  const after = lines.map((line) => {
    const grown = parse(known, line);
    if (grown?.frame == null) return line;
    const old = gone.find(
      ({ frame, items }) => frame === grown.frame && items.every((item) => grown.items.includes(item)),
    );
    return old && grown.items.every((item) => old.items.includes(item) || isFresh(item, base)) ? old.line : line;
  });
  return { before, after };
}
