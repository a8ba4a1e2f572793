import type { NamesRunner } from './ecosystem-rules.ts';

const HEADER = /^\s*\[/;

/** The lines of a TOML file that are not surely the project's own: outside of its own tables, suspect, or about a runner. */
export function judgingLines(text: string, own: RegExp, suspect: RegExp, namesRunner: NamesRunner): string {
  let inOwn = false;
  const kept: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    // An array in a table may begin a line with a bracket too; then its lines count as judging, which is the safe side.
    if (HEADER.test(line)) inOwn = own.test(line);
    if (line.trim() === '') continue;
    if (!inOwn || suspect.test(line)) kept.push(line.trim());
    // A list of requirements on one line may gain others.
    else kept.push(...runnersIn(line, namesRunner));
  }
  return kept.join('\n');
}

function runnersIn(line: string, namesRunner: NamesRunner): readonly string[] {
  const quoted = [...line.matchAll(/"[^"]*"|'[^']*'/g)].map(([text]) => text).filter(namesRunner);
  const key = /^\s*([\w.-]+)\s*=/.exec(line)?.[1] ?? '';
  return namesRunner(key) ? [line.trim()] : quoted;
}
