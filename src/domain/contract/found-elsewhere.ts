import type { Loaded } from '../gates/evidence.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { HEADER, TYPES } from './stand-ins.ts';

interface Text {
  readonly path: RepoPath;
  readonly text: string;
}

interface Doors {
  mentions(needles: readonly string[]): Promise<readonly Text[]>;
  candidate(path: RepoPath): string | null;
  /** All files of the base. */
  readonly base: ReadonlySet<RepoPath>;
}

/** What a text of the base would name a new file by, and what shows that the base has such a thing of its own. */
interface Place {
  readonly path: RepoPath;
  readonly needle: string;
  readonly uses: RegExp;
  readonly isOwn: (text: Text) => boolean;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function placesOf(path: RepoPath, text: string): readonly Place[] {
  if (HEADER.test(path))
    return path
      .split('/')
      .map((_, depth, all) => all.slice(depth).join('/'))
      .map((name) => ({
        path,
        needle: `<${name}>`,
        uses: new RegExp(`^[ \\t]*#[ \\t]*include[ \\t]*<${escape(name)}>`, 'm'),
        isOwn: () => false,
      }));
  if (path.endsWith('.rb')) {
    const [, name = ''] = /^(?:lib\/)?(.+)\.rb$/.exec(path) ?? [];
    const first = name.split('/', 1)[0] ?? '';
    const isOwn = (other: Text): boolean => new RegExp(`^(?:lib/)?${escape(first)}(?:/|\\.rb$)`).test(other.path);
    return [{ path, needle: first, uses: new RegExp(`\\brequire[ (]+['"]${escape(name)}(?:\\.rb)?['"]`), isOwn }];
  }
  const declared = /^\s*(?:package|namespace)\s+([\w.\\]+)/m.exec(TYPES.test(path) ? text : '')?.[1];
  if (declared === undefined) return [];
  const prefix = declared.split(/[.\\]/, 2).join(declared.includes('\\') ? '\\' : '.');
  const declares = new RegExp(`^\\s*(?:package|namespace)\\s+${escape(prefix)}\\b`, 'm');
  const uses = new RegExp(
    `^\\s*(?:import\\s+(?:static\\s+)?|use\\s+(?:function\\s+)?\\\\?)${escape(declared)}\\b`,
    'm',
  );
  return [{ path, needle: prefix, uses, isOwn: (other) => declares.test(other.text) }];
}

/**
 * New files under a name by which code of the base finds a library that it does not have itself: it would find them first. By texts,
 * where no run of the base told what it finds elsewhere.
 */
export async function foundElsewhere(
  changes: readonly PathChange[],
  loaded: readonly Loaded[],
  { mentions, candidate, base }: Doors,
): Promise<readonly RepoPath[]> {
  const told = loaded.flatMap(({ outside }) => outside);
  const places = changes
    .filter(({ path, change }) => change === 'added' && !told.some((name) => isNameFor(path, name)))
    .flatMap(({ path }) => placesOf(path, candidate(path) ?? ''));
  if (places.length === 0) return [];
  const files = [...base].map((path) => ({ path, text: '' }));
  const texts = await mentions([...new Set(places.map(({ needle }) => needle))]);
  const found = places.filter(
    ({ uses, isOwn }) => texts.some(({ text }) => uses.test(text)) && ![...texts, ...files].some(isOwn),
  );
  return [...new Set(found.map(({ path }) => path))];
}

/** Whether runs of the base tell names of this kind. */
function isNameFor(path: RepoPath, name: string): boolean {
  if (HEADER.test(path)) return name.startsWith('<');
  return TYPES.test(path) ? name.endsWith('/') : /^\w/.test(name) && !name.endsWith('/');
}
