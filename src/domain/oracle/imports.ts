import type { RepoPath } from '../ids.ts';

/** What a test file takes from a file of the repository: where that may be, and the names. */
export interface Import {
  readonly from: string;
  readonly places: readonly RepoPath[];
  readonly names: readonly string[];
}

const SCRIPT = /\.[cm]?[jt]sx?$/;
const NAME = /^[A-Za-z_$][\w$]*$/;

/** Whether its imports say which names it takes from where. */
export const readsImports = (path: RepoPath): boolean => SCRIPT.test(path) || path.endsWith('.py');

/** What a test file imports from the repository itself. Empty for languages that are not read: JavaScript, TypeScript and Python are. */
export function importsOf(path: RepoPath, text: string): readonly Import[] {
  if (SCRIPT.test(path)) return scriptImports(path, text);
  return path.endsWith('.py') ? pythonImports(path, text) : [];
}

function scriptImports(path: RepoPath, text: string): readonly Import[] {
  const found = [
    ...text.matchAll(/\bimport\s+(?:type\s+)?([^'";()]{0,2000}?)\s*\bfrom\s*['"](\.[^'"\n]{0,300})['"]/g),
    ...text.matchAll(
      /\b(?:const|let|var)\s+([^=;]{0,2000}?)=\s*(?:await\s+import|require)\(\s*['"](\.[^'"\n]{0,300})['"]/g,
    ),
  ];
  return found.flatMap(([, names = '', from = '']) => {
    const place = resolved(path, from);
    if (place === null) return [];
    const stem = place.replace(SCRIPT, '');
    const ends = [
      '',
      '.js',
      '.ts',
      '.mjs',
      '.cjs',
      '.mts',
      '.cts',
      '.jsx',
      '.tsx',
      '/index.js',
      '/index.ts',
      '/index.mjs',
      '/index.cjs',
    ];
    return [{ from, places: [...new Set([place, ...ends.map((end) => stem + end)])], names: inBraces(names) }];
  });
}

/** `{ a, b as c, type d }` and `{ a: b }`: the names that the file has. */
const inBraces = (text: string): readonly string[] =>
  (/\{([^}]*)\}/.exec(text)?.[1] ?? '')
    .split(',')
    .map(
      (each) =>
        each
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s+as\s+|\s*:/)[0] ?? '',
    )
    .filter((name) => NAME.test(name) && name !== 'default');

function pythonImports(path: RepoPath, text: string): readonly Import[] {
  const from = [
    ...text.matchAll(/^[ \t]*from[ \t]+([.\w]{1,200})[ \t]+import[ \t]+(\([^)]{0,2000}\)|[^\n#]{1,2000})/gm),
  ].map(([, module = '', names = '']) => ({ module, names: pythonNames(names) }));
  const whole = [...text.matchAll(/^[ \t]*import[ \t]+([\w., \t]{1,500})/gm)].flatMap(([, modules = '']) =>
    pythonNames(modules, /^[\w.]+$/).map((module) => ({ module, names: [] })),
  );
  return [...from, ...whole].flatMap(({ module, names }) => {
    const places = pythonPlaces(path, module);
    return places.length === 0 ? [] : [{ from: module, places, names }];
  });
}

const pythonNames = (text: string, name = NAME): readonly string[] =>
  text
    .replace(/[()]/g, '')
    .split(',')
    .map((each) => each.trim().split(/\s+as\s+/)[0] ?? '')
    .filter((each) => name.test(each));

function pythonPlaces(path: RepoPath, module: string): readonly RepoPath[] {
  const dots = /^\.+/.exec(module)?.[0].length ?? 0;
  const rest = module.slice(dots).split('.').filter(Boolean);
  const folders = path.split('/').slice(0, -1);
  const roots = dots > 0 ? [folders.slice(0, folders.length - dots + 1)] : [[], ['src'], ['lib'], folders];
  return roots.flatMap((root) => {
    const stem = [...root, ...rest].join('/');
    return stem === '' ? [] : [`${stem}.py`, `${stem}/__init__.py`];
  });
}

/** A path of the repository; null where it leads out of it. */
function resolved(path: RepoPath, from: string): RepoPath | null {
  const parts = path.split('/').slice(0, -1);
  for (const part of from.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** Files that stand for others: their text does not hold every name that they have. */
const PASSES_ON =
  /\bexport\s*\*|\bimport\s*\*|\b__getattr__\b|\bmodule\.exports\s*=\s*require\b|\bObject\.assign\(\s*(?:module\.)?exports\b/;

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
  return imports.flatMap(({ places, names }) => {
    const there = places.map(base).find((text) => text !== null);
    if (there === undefined || there === null) {
      const place = places.find(isNew);
      if (place === undefined) return [];
      const stem = stemOf(place);
      return [...(words.has(stem) || known.includes(stem) ? [] : [stem]), ...names.filter((name) => !words.has(name))];
    }
    if (PASSES_ON.test(there)) return [];
    const own = new Set(there.match(/[A-Za-z_$][\w$]*/g) ?? []);
    return names.filter(
      (name) => !own.has(name) && !words.has(name) && !places.some((each) => isModule(each, name, base)),
    );
  });
}

/** `src/a/index.js` is known as `a`. */
function stemOf(path: RepoPath): string {
  const parts = path.replace(/\.[^./]+$/, '').split('/');
  const last = parts.at(-1) ?? '';
  return ['index', '__init__'].includes(last) ? (parts.at(-2) ?? last) : last;
}

/** `from package import module` */
const isModule = (init: RepoPath, name: string, base: (path: RepoPath) => string | null): boolean =>
  init.endsWith('/__init__.py') &&
  [`${name}.py`, `${name}/__init__.py`].some((each) => base(init.replace('__init__.py', each)) !== null);
