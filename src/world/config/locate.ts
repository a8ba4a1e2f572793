/** Line (from 1) of the key a path names in TOML text; the nearest line known when it is not written plainly. */
export function lineOfKey(text: string, path: readonly string[]): number {
  const lines = text.split('\n');
  for (let depth = path.length; depth > 0; depth -= 1) {
    const found = search(lines, path.slice(0, depth));
    if (found !== null) return found;
  }
  return 1;
}

function search(lines: readonly string[], path: readonly string[]): number | null {
  const wanted = path.join('.');
  let table = '';
  for (const [index, line] of lines.entries()) {
    const header = /^\s*\[\[?([^\]]+)\]\]?/u.exec(line)?.[1];
    if (header !== undefined) table = plain(header);
    const key = /^\s*([^=#[\]]+?)\s*=/u.exec(line)?.[1];
    const keyed = key === undefined ? null : [table, plain(key)].filter((part) => part !== '').join('.');
    const named = header !== undefined ? table : keyed;
    if (named === wanted || named?.startsWith(`${wanted}.`)) return index + 1;
  }
  return null;
}

const plain = (key: string): string =>
  key
    .split('.')
    .map((part) => part.trim().replace(/^(["'])(.*)\1$/u, '$2'))
    .join('.');
