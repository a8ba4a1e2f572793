import { PROJECTS } from '../../ecosystems/projects.ts';
import type { RepoPath } from '../ids.ts';
import type { Import, ImportReader } from '../project/project-rules.ts';

const READERS: readonly ImportReader[] = Object.values(PROJECTS).flatMap(({ imports }) => imports ?? []);
const readerOf = (path: RepoPath): ImportReader | undefined => READERS.find(({ files }) => files.test(path));

/** Whether its imports say which names it takes from where. */
export const readsImports = (path: RepoPath): boolean => readerOf(path) !== undefined;

/** What a test file imports from the repository itself. Empty for languages that are not read. */
export const importsOf = (path: RepoPath, text: string): readonly Import[] => readerOf(path)?.read(path, text) ?? [];

/**
 * Names that a check takes and that nobody who does not see it can know: they are not in `known` (the goal, the interface, files that
 * the worker sees), and not in the file of the base. `base` is the text of a file of the base, null where it has none.
 */
export function unknownNames(
  imports: readonly Import[],
  {
    known,
    base,
    isNew,
  }: {
    readonly known: string;
    readonly base: (path: RepoPath) => string | null;
    /** A file that only the wrong solution has. */
    readonly isNew: (path: RepoPath) => boolean;
  },
): readonly string[] {
  const words = new Set(known.match(/[A-Za-z_$][\w$]*/g) ?? []);
  return imports.flatMap(({ places, names, asFile }) => {
    const there = places.map(base).find((text) => text !== null);
    if (there === undefined || there === null) {
      const place = places.find(isNew);
      if (place === undefined) return [];
      const stem = stemOf(place);
      return [...(words.has(stem) || known.includes(stem) ? [] : [stem]), ...names.filter((name) => !words.has(name))];
    }
    if (READERS.some(({ passesOn }) => passesOn.test(there))) return [];
    const own = new Set(there.match(/[A-Za-z_$][\w$]*/g) ?? []);
    return names.filter(
      (name) =>
        !own.has(name) &&
        !words.has(name) &&
        !places.some((each) => asFile?.(name, each).some((file) => base(file) !== null) === true),
    );
  });
}

/** `src/a/index.js` is known as `a`. */
function stemOf(path: RepoPath): string {
  const parts = path.replace(/\.[^./]+$/, '').split('/');
  const last = parts.at(-1) ?? '';
  return ['index', '__init__'].includes(last) ? (parts.at(-2) ?? last) : last;
}
