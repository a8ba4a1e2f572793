import { globSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** What a build is told by: poms, settings of Maven, and archives that poms may name by their path. */
export const POM_FILES = /(?:^|\/)[^/]*pom[^/]*\.xml$|\.(?:jar|pom)$|^\.mvn\//;

/** These, and what plugins read and cannot run. */
const KEPT = new RegExp(`${POM_FILES.source}|\\.(?:properties|txt|md)$|(?:^|/)(?:LICENSE|NOTICE)$`);
/** An empty file of these does not compile. */
const SOURCES = /\.(?:java|kts?|groovy|scala|clj|aj|class)$/;

/** Selects the test that `leavePoms` writes, and lets checks pass that would mind how it looks. */
export const EMPTY_TEST = [
  '-Dtest=OmkTest',
  '-DfailIfNoTests=false',
  '-Dsurefire.failIfNoSpecifiedTests=false',
  ...['checkstyle', 'rat', 'pmd', 'spotbugs', 'license', 'spotless.check', 'formatter'].map(
    (check) => `-D${check}.skip=true`,
  ),
] as const;

const PACKAGE = ['omk', 'resolves'] as const;
const source = (name: string): string =>
  `package ${PACKAGE.join('.')};\n\n/** Nothing. */\npublic class ${name} {\n}\n`;

/**
 * Takes everything out of a checkout that poms do not need, leaving empty files, and gives each module an empty
 * class and an empty test. What Maven fetches for a
 * build then does not depend on whether the tree compiles, and nothing of the tree runs while a layer can be written to.
 */
export async function leavePoms(checkout: string): Promise<void> {
  for (const entry of await readdir(checkout, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isDirectory() || (entry.isFile() && KEPT.test(relative(checkout, file)))) continue;
    await rm(file);
    // Profiles may ask whether a file is there.
    if (entry.isFile() && !SOURCES.test(entry.name)) await writeFile(file, '');
  }
  const poms = globSync('**/pom.xml', { cwd: checkout });
  const texts = await Promise.all(poms.map((pom) => readFile(join(checkout, pom), 'utf8')));
  const main = folders(texts, 'sourceDirectory', 'src/main/java');
  const test = folders(texts, 'testSourceDirectory', 'src/test/java');
  for (const module of poms.map((pom) => join(checkout, dirname(pom)))) {
    for (const folder of main) await write(module, folder, 'Omk');
    for (const folder of test) await write(module, folder, 'OmkTest');
  }
}

/** The usual folder, and all that poms name: any module may inherit them. */
const folders = (poms: readonly string[], element: string, usual: string): ReadonlySet<string> =>
  new Set([
    usual,
    ...poms.flatMap((pom) =>
      [
        ...pom.matchAll(new RegExp(`<${element}>\\s*(?:\\$\\{(?:project\\.)?basedir\\}/)?([\\w./-]+)\\s*<`, 'g')),
      ].flatMap(([, folder = '']) => (folder.split('/').includes('..') || folder.startsWith('/') ? [] : [folder])),
    ),
  ]);

async function write(module: string, folder: string, name: string): Promise<void> {
  const dir = join(module, folder, ...PACKAGE);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, `${name}.java`), source(name));
}
