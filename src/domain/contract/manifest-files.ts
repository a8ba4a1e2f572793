import type { RepoPath } from '../ids.ts';

/** How a manifest is compared with the base's. */
export type ManifestKind =
  | 'package.json'
  | 'npm lock'
  | 'pyproject.toml'
  | 'Cargo.toml'
  | 'go.mod'
  | 'pom.xml'
  | 'Gemfile'
  | 'Gemfile.lock'
  | 'gemspec'
  | 'composer.json'
  | 'composer.lock'
  | 'project'
  | 'lines';

const FILES: readonly (readonly [RegExp, ManifestKind])[] = [
  [/(^|\/)package\.json$/, 'package.json'],
  [/(^|\/)(package-lock|npm-shrinkwrap)\.json$/, 'npm lock'],
  [/(^|\/)pyproject\.toml$/, 'pyproject.toml'],
  [/(^|\/)Cargo\.toml$/, 'Cargo.toml'],
  [/(^|\/)go\.mod$/, 'go.mod'],
  [/(^|\/)pom\.xml$/, 'pom.xml'],
  [/(^|\/)(Gemfile|gems\.rb)$/, 'Gemfile'],
  [/(^|\/)composer\.json$/, 'composer.json'],
  [/(^|\/)composer\.lock$/, 'composer.lock'],
  [/\.(cs|fs|vb)proj$/, 'project'],
  [/(^|\/)(Gemfile\.lock|gems\.locked)$/, 'Gemfile.lock'],
  [/\.gemspec$/, 'gemspec'],
  [/(^|\/)packages\.lock\.json$/, 'lines'],
  [
    new RegExp(
      String.raw`(^|\/)(pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lockb?|uv\.lock|` +
        String.raw`poetry\.lock|Cargo\.lock|go\.sum|go\.work\.sum|(buildscript-)?gradle\.lockfile)$`,
    ),
    'lines',
  ],
  [/(^|\/)gradle\/([^/]+\.versions\.toml|dependency-locks\/[^/]+\.lockfile)$/, 'lines'],
  [/(^|\/)(requirements[^/]*\.txt|[^/]+-requirements\.txt|requirements\/[^/]+\.txt)$/, 'lines'],
];

/** Null for what is no manifest: a file that says what a project needs, in part its own to change. */
export const manifestKind = (path: RepoPath): ManifestKind | null =>
  FILES.find(([pattern]) => pattern.test(path))?.[1] ?? null;

export const isDependencyManifest = (path: RepoPath): boolean => manifestKind(path) !== null;
