import type { RepoPath } from '../../../domain/ids.ts';

/** A module in an import, in a text that is loaded, or behind `-m`. */
export function namedAs(stem: string, from: RepoPath): RegExp | null {
  if (!/\.(?:py|pyi|toml|cfg|ini|txt)$/.test(from)) return null;
  const name = stem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    [
      String.raw`^[ \t]*(?:from|import)\b[^\n]*\b${name}\b|\bimport[ \t]*\([^)]{0,2000}\b${name}\b`,
      String.raw`['"][\w.]*\b${name}(?:[.:][\w.:]*)?['"]|-[pm]\s?[\w.]*\b${name}\b|-p=[\w.]*\b${name}\b`,
    ].join('|'),
    'm',
  );
}

/** A module in a folder where Python looks before it looks at what is installed. */
export function foundFirstBy(path: RepoPath): RegExp | null {
  const [, name] = /^(?:(?:src|lib)\/)?(\w+)(?:\.py|\/__init__\.py)$/.exec(path) ?? [];
  return name === undefined ? null : new RegExp(`^(?:import|from)[ \\t]+${name}\\b`, 'm');
}
