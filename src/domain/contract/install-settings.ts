import type { RepoPath } from '../ids.ts';

/** Files that say where packages come from or what runs while they are installed. A candidate's layer is made with the base's. */
const SETTINGS = [
  /(^|\/)\.(npmrc|yarnrc|yarnrc\.yml|pnpmfile\.c?js|pnpmfile\.mjs)$/,
  /(^|\/)(pnpmfile\.js|bunfig\.toml)$/,
  /(^|\/)\.yarn\/(releases|plugins)\//,
  /(^|\/)(pip\.conf|pip\.ini|uv\.toml|poetry\.toml|\.python-version)$/,
  /(^|\/)\.cargo\//,
  /(^|\/)rust-toolchain(\.toml)?$/,
  /(^|\/)\.mvn\//,
  /(^|\/)(settings\.xml|gradle\.properties|init\.gradle(\.kts)?|mvnw(\.cmd)?|gradlew(\.bat)?)$/,
  /(^|\/)gradle\/wrapper\//,
  /^\.omk\//,
];

export const isInstallSetting = (path: RepoPath): boolean => SETTINGS.some((pattern) => pattern.test(path));
