const TEST = /^\s*#\[(?:\w+::)*test\b/;
const BESIDE = /^\s*(?:#\[|\/\/)/;
const UNSURE = /#\[(?:ignore|cfg)/;

/**
 * Whether a file of a package, by its path in it, has a test that `cargo test` runs for sure: of its sources or a target in `tests/`,
 * and neither left out by a condition nor text for others, as in templates and macros. Too seldom does no harm: the package is
 * tested beside another then.
 */
export function runsTests(path: string, text: string): boolean {
  const isSource = path.startsWith('src/') && /^\s*#\[cfg\(test\)\]/m.test(text);
  const isTarget = /^tests\/[^/]+(?:\/main)?\.rs$/.test(path) && !/#!?\[cfg\((?!test\))/.test(text);
  if (/^\s*#!\[cfg/m.test(text) || !(isSource || isTarget)) return false;
  const lines = text.split('\n');
  return lines.some((line, at) => TEST.test(line) && !UNSURE.test(attributesAround(lines, at)));
}

/** The attributes of one function, with the line that it begins in. */
function attributesAround(lines: readonly string[], at: number): string {
  let [from, to] = [at, at];
  while (from > 0 && BESIDE.test(lines[from - 1] ?? '')) from--;
  while (to < lines.length - 1 && !/\bfn\b/.test(lines[to] ?? '')) to++;
  return lines.slice(from, to + 1).join('\n');
}
