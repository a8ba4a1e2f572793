import { posix } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { RepoPath } from '../../../domain/ids.ts';
import type { TreeFiles } from '../../../world/gates/tree-files.ts';
import type { Package } from '../../../world/gates/detect/package.ts';

export interface MavenModules {
  /** Sorted by folder, those of modules too; not the root. */
  readonly modules: readonly Module[];
  /** Names of what the root declares for all of them. */
  readonly shared: readonly string[];
}

/**
 * The modules of the `pom.xml` in the root. Null when they cannot be told: a profile that has some, a name with a property in
 * it (also of what they use), one that has no `pom.xml`, lies elsewhere or is named twice.
 */
export async function mavenModules(files: TreeFiles): Promise<MavenModules | null> {
  const found = new Map<RepoPath, Pom>();
  const folders: RepoPath[] = ['.'];
  // It grows while it is gone through.
  for (const folder of folders) {
    const pom = pomOf((await files.text(posix.join(folder, 'pom.xml'))) ?? '');
    if (pom === null || found.has(folder) || folder.startsWith('..')) return null;
    found.set(folder, pom);
    folders.push(...pom.modules.map((each) => posix.join(folder, each).replace(/\/+$/, '')));
  }
  const shared = found.get('.')?.uses ?? [];
  found.delete('.');
  return {
    shared,
    modules: [...found]
      .map(([folder, { name, uses, skips }]) => ({ folder, name, uses, skips, commands: [] }))
      .sort((a, b) => (a.folder < b.folder ? -1 : 1)),
  };
}

interface Module extends Package {
  /** Something in it may leave its tests out. */
  readonly skips: boolean;
}

interface Pom {
  readonly name: string;
  readonly modules: readonly string[];
  readonly uses: readonly string[];
  readonly skips: boolean;
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  removeNSPrefix: true,
  isArray: (name) => name === 'module',
});

function pomOf(text: string): Pom | null {
  // Entities could write anything between the lines.
  if (/<!DOCTYPE|<!ENTITY|<!\[CDATA\[/i.test(text)) return null;
  const project = at(parsed(text), 'project');
  const name = at(project, 'artifactId');
  if (typeof name !== 'string' || valuesOf(at(project, 'profiles'), 'module').length > 0) return null;
  const modules = valuesOf(at(project, 'modules'), 'module').flat();
  const plain = modules.filter((each) => typeof each === 'string' && /^[^$]+$/.test(each) && !each.endsWith('.xml'));
  if (plain.length < modules.length) return null;
  const declares = Object.entries(typeof project === 'object' && project !== null ? project : {}).filter(
    ([key]) => key !== 'dependencyManagement' && key !== 'artifactId',
  );
  const used = [Object.fromEntries(declares), imported(at(project, 'dependencyManagement'))]
    .flatMap((each) => valuesOf(each, 'artifactId'))
    .filter((each) => typeof each === 'string');
  if ([name, ...used].some((each) => each.includes('$'))) return null;
  return { name, modules: plain.map(String), uses: used, skips: SKIPS.test(text) };
}

const SKIPS = /<skip(?:Tests)?>|maven\.test\.skip|<(?:includes|excludes|groups|excludedGroups|test)>/;

/** Of what a pom only manages, those whose own management it takes over. */
const imported = (management: unknown): readonly unknown[] =>
  valuesOf(management, 'dependency')
    .flat()
    .filter((each) => at(each, 'scope') === 'import');

function parsed(text: string): unknown {
  try {
    return parser.parse(text);
  } catch {
    return null;
  }
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** What stands under a key, however deep. */
function valuesOf(value: unknown, key: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]: [string, unknown]) =>
    name === key ? [inside] : valuesOf(inside, key),
  );
}
