import { createHash } from 'node:crypto';

/**
 * An id `[a-z0-9._-]+` for each name, in order. Names that would get the same one, and those of which nothing would be left, are told
 * apart by their digest; so an id does not depend on the order of the file. Equal names get equal ids.
 */
export function idsOf(names: readonly string[]): readonly string[] {
  const alike = (plain: string): number => new Set(names.filter((name) => plainOf(name) === plain)).size;
  return names.map((name) => {
    const plain = plainOf(name);
    return name === plain || (plain !== '' && alike(plain) === 1) ? plain : `${plain || 'gate'}-${digest(name)}`;
  });
}

const plainOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^-+|-+$/g, '');

const digest = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 8);
