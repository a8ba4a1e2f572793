import type { RepoPath } from '../../../domain/ids.ts';
import { resolved, type Import, type ImportReader } from '../../../domain/project/project-rules.ts';

const SCRIPT = /\.[cm]?[jt]sx?$/;
const NAME = /^[A-Za-z_$][\w$]*$/;

export const imports: ImportReader = {
  files: SCRIPT,
  read,
  passesOn: /\bexport\s*\*|\bmodule\.exports\s*=\s*require\b|\bObject\.assign\(\s*(?:module\.)?exports\b/,
};

function read(path: RepoPath, text: string): readonly Import[] {
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
