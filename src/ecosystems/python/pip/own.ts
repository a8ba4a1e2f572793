import { isForTests, isRunner } from './for-tests.ts';
import { normalise } from './requirements.ts';

/** What a project says of its own dependencies. */
export interface Own {
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly extras: ReadonlyMap<string, readonly string[]>;
}

const EXTRA = /\s*(?:\band\s+)?\bextra\s*==\s*['"]([^'"]+)['"]/;

/** The same from the metadata that the build backend wrote: `Requires-Dist` of its distribution. */
export function ownFromMetadata(name: string, requires: readonly string[]): Own {
  const dependencies: string[] = [];
  const extras = new Map<string, string[]>();
  for (const line of requires) {
    const extra = EXTRA.exec(line)?.[1];
    const plain = line
      .replace(EXTRA, '')
      .replace(/;\s*(?:\(\s*\))?\s*$/, '')
      .trim();
    if (extra === undefined) dependencies.push(line);
    else extras.set(normalise(extra), [...(extras.get(normalise(extra)) ?? []), plain]);
  }
  return { name, dependencies, extras };
}

/**
 * Requirements in which the project itself, and its extras, are replaced by what they stand for. Its own dependencies and extras for tests
 * are always among them; where none of all that runs tests, so are extras of other names that bring what does.
 */
export function expanded(own: Own, requirements: readonly string[], asked: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const add = (line: string): void => {
    const [, name = '', extras = ''] = /^\s*([\w.-]+)\s*(?:\[([^\]]*)\])?/.exec(line) ?? [];
    if (own.name === '' || normalise(name) !== own.name) found.add(line);
    else for (const extra of extras.split(',')) addExtra(extra);
  };
  const addExtra = (name: string): void => {
    const extra = normalise(name.trim());
    if (seen.has(extra)) return;
    seen.add(extra);
    for (const line of own.extras.get(extra) ?? []) add(line);
  };
  own.dependencies.forEach(add);
  [...own.extras.keys()].filter(isForTests).forEach(addExtra);
  asked.forEach(addExtra);
  requirements.forEach(add);
  if (![...found].some(isRunner)) for (const [extra, lines] of own.extras) if (lines.some(isRunner)) addExtra(extra);
  return [...found];
}
