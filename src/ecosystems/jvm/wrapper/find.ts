import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A script in the tree that fetches one version of a build tool, and starts that. */
export interface Wrapper {
  readonly program: 'gradle' | 'mvn';
  /** Names what it fetches. */
  readonly properties: string;
  /** How a person has it fetch that. */
  readonly fetch: string;
  /** Where it keeps what it fetched, relative to HOME, or to what the variable names. */
  readonly home: string;
  readonly variable: string;
  /** It says so beside a folder that is complete. */
  readonly marks: boolean;
}

export const WRAPPERS: readonly Wrapper[] = [
  {
    program: 'gradle',
    properties: 'gradle/wrapper/gradle-wrapper.properties',
    fetch: './gradlew --version',
    home: '.gradle',
    variable: 'GRADLE_USER_HOME',
    marks: true,
  },
  {
    program: 'mvn',
    properties: '.mvn/wrapper/maven-wrapper.properties',
    fetch: './mvnw --version',
    home: '.m2',
    variable: 'MAVEN_USER_HOME',
    marks: false,
  },
];

/** The name of the archive that a wrapper fetches, without its end: `gradle-8.5-bin`. Null when nothing is named. */
export function archiveIn(properties: string): string | null {
  const url = /^\s*distributionUrl\s*[=:]\s*(\S+)/m.exec(properties)?.[1]?.replaceAll('\\', '') ?? '';
  return /\/([\w.+-]+)\.(?:zip|tar\.gz)$/.exec(url)?.[1] ?? null;
}

/** The folder in which the user's machine has what the wrapper fetched; null when it is not there, whole. */
export function fetchedBy(
  { program, home, variable, marks }: Wrapper,
  archive: string,
  env: NodeJS.ProcessEnv,
): string | null {
  const own = env[variable] ?? (env['HOME'] === undefined ? null : join(env['HOME'], home));
  if (own === null) return null;
  for (const name of new Set([archive, archive.replace(/-(?:bin|all)$/, '')])) {
    const kept = join(own, 'wrapper', 'dists', name);
    for (const hash of foldersIn(kept)) {
      const folder = join(kept, hash);
      if (marks && !existsSync(join(folder, `${archive}.zip.ok`))) continue;
      const found = [folder, ...foldersIn(folder).map((inner) => join(folder, inner))].find((each) =>
        existsSync(join(each, 'bin', program)),
      );
      if (found !== undefined) return found;
    }
  }
  return null;
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
      .sort();
  } catch {
    return [];
  }
}
