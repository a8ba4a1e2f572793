import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The first pom of a checkout, or its `.mvn`, that would run code while Maven only resolves; null when none does. */
export async function runsWhileResolving(checkout: string): Promise<string | null> {
  if (existsSync(join(checkout, '.mvn', 'extensions.xml'))) return '.mvn/extensions.xml';
  const poms = readdirSync(checkout, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name === 'pom.xml',
  );
  const found = poms
    .map((entry) => join(entry.parentPath, entry.name))
    .find((file) => loadsExtension(readFileSync(file, 'utf8')));
  return found === undefined ? null : relative(checkout, found);
}

/** An extension of the build, or a plugin that is one. Entities could hide either. */
export const loadsExtension = (pom: string): boolean =>
  /<!ENTITY|<!DOCTYPE/i.test(pom) ||
  /<(?:\w+:)?extensions\b/i.test(pom.replace(/<(\w+:)?extensions>\s*false\s*<\/(\w+:)?extensions>/gi, ''));
