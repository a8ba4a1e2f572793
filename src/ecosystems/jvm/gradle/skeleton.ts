import { globSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';

const SOURCE = /^((?:.*\/)?src\/[^/]+)\/.*\.(?:java|kts?|groovy|scala)$/;
const BUILDS = /^(?:buildSrc|build-logic)\//;
const SETTINGS = '{settings.gradle,settings.gradle.kts}';
const EMPTY = 'package omk.resolves;\n\n/** Nothing. */\npublic class OmkTest {\n}\n';

/**
 * Takes the sources of a project out of a checkout, but for those that build it, and gives each of its source sets an empty class. Tests
 * that are run then are none of the tree, and what Gradle fetches for them does not depend on whether it compiles.
 */
export async function leaveScripts(checkout: string): Promise<void> {
  const included = await includedBuilds(checkout);
  const isBuild = (path: RepoPath): boolean =>
    BUILDS.test(path) || included.some((folder) => path.startsWith(`${folder}/`));
  const sets = new Set<string>();
  for (const path of globSync('**/src/*/**/*.{java,kt,kts,groovy,scala}', { cwd: checkout })) {
    const [, set] = SOURCE.exec(path) ?? [];
    if (set === undefined || isBuild(path)) continue;
    sets.add(set);
    await rm(join(checkout, path));
  }
  for (const set of sets) {
    const file = join(checkout, set, 'java', 'omk', 'resolves', 'OmkTest.java');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, EMPTY);
  }
}

/** Builds of their own that the settings take in, as far as they are named there in words: plugins come from them. */
async function includedBuilds(checkout: string): Promise<readonly string[]> {
  const texts = await Promise.all(
    globSync(SETTINGS, { cwd: checkout }).map((name) => readFile(join(checkout, name), 'utf8')),
  );
  return texts.flatMap((text) =>
    [...text.matchAll(/\bincludeBuild\s*\(?\s*["'](?:\.\/)?([\w./-]+?)\/?["']/g)].flatMap(([, path]) => path ?? []),
  );
}
