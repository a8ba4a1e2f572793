import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PARTS, type Part } from './parts.ts';

/** Where two ecosystems know the same, the first counts, and gates run in this order; others follow by their names. */
const FIRST = ['javascript', 'rust', 'go', 'python', 'jvm', 'dotnet', 'cpp', 'php', 'ruby'];
/** A script that a plain interpreter runs may be of several by its content: then its own runner counts. */
const FIRST_READERS = ['node-test'];
const HEAD = '// Made from the folders by npm run tables: do not edit.\n';

/** A name as one in code: `my-lang` is `myLang`. */
const idOf = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const keyOf = (name: string): string => (idOf(name) === name ? name : `'${name}'`);

const foldersIn = (place: string): readonly string[] =>
  readdirSync(place, { withFileTypes: true })
    .flatMap((each) => (each.isDirectory() ? [each.name] : []))
    .sort();

const firstOf = (first: readonly string[], all: readonly string[]): readonly string[] => [
  ...first.filter((name) => all.includes(name)),
  ...all.filter((name) => !first.includes(name)),
];

/** What the tables beside the folders of ecosystems hold, by their paths below the root: unformatted. */
export function tables(root: string): ReadonlyMap<string, string> {
  const home = join(root, 'src/ecosystems');
  const all = foldersIn(home);
  const names = firstOf(FIRST, all);
  const has = (name: string, file: string): boolean => existsSync(join(home, name, file));
  const readers = names.flatMap((name) =>
    firstOf(FIRST_READERS, foldersIn(join(home, name))).flatMap((folder) =>
      has(name, `${folder}/reader.ts`) ? [{ name, folder }] : [],
    ),
  );
  return new Map([
    ...PARTS.map(
      (part) =>
        [
          `src/ecosystems/${part.name}.ts`,
          table(
            part,
            names.filter((name) => has(name, part.file)),
          ),
        ] as const,
    ),
    ['src/ecosystems/runners.ts', runners(readers)],
    ['src/domain/gates/reader-names.ts', readerNames(readers)],
  ]);
}

function table({ table: id, file, type, from, about, more = '' }: Part, names: readonly string[]): string {
  const imports = names.toSorted().map((name) => `import { ${idOf(name)} } from './${name}/${file}';\n`);
  const rows = names.map((name) => (idOf(name) === name ? `  ${name},\n` : `  '${name}': ${idOf(name)},\n`));
  return (
    `${HEAD}import type { ${type.replace(/^readonly |\[\]$/g, '')} } from '../${from}';\n${imports.join('')}\n` +
    `/** ${about} */\nexport const ${id}: Readonly<Record<string, ${type}>> = {\n${rows.join('')}};\n${more}`
  );
}

interface Reader {
  /** Of its ecosystem. */
  readonly name: string;
  readonly folder: string;
}

function runners(readers: readonly Reader[]): string {
  const id = ({ name, folder }: Reader): string => idOf(`${name}-${folder}`);
  const imports = readers.map(
    (each) => `import { runner as ${id(each)} } from './${each.name}/${each.folder}/reader.ts';\n`,
  );
  const rows = readers.map((each) => `  ${keyOf(each.folder)}: ${id(each)},\n`);
  return (
    `${HEAD}import type { ReaderName } from '../domain/gates/reader-names.ts';\n` +
    `import type { Runner } from '../world/gates/runner.ts';\n${imports.join('')}\n` +
    `/** A runner for each name that a gate may have, but the one that reads nothing. */\n` +
    `export const RUNNERS: Readonly<Record<Exclude<ReaderName, 'exit_only'>, Runner>> = {\n${rows.join('')}};\n`
  );
}

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

const readerNames = (readers: readonly Reader[]): string =>
  `${HEAD}/** How the tests of a gate are counted; \`exit_only\` has no report and is judged by exit code only. */\n` +
  `export const READER_NAMES = [${quoted([...readers.map(({ folder }) => folder), 'exit_only'])}] as const;\n` +
  `export type ReaderName = (typeof READER_NAMES)[number];\n`;

/** A sentence for each table that is not what the folders say. Spaces, and commas before a bracket, are the formatter's. */
export function staleTables(root: string, read: (path: string) => string | null): readonly string[] {
  const bare = (text: string): string => text.replace(/\s+/g, '').replace(/,(?=[\])}])/g, '');
  return [...tables(root)].flatMap(([path, text]) =>
    bare(read(path) ?? '') === bare(text) ? [] : [`${path}: is not what the folders of ecosystems say: npm run tables`],
  );
}
