import type { Build } from '../../../world/gates/layers/plan.ts';
import { planned } from '../../../world/gates/layers/recipe.ts';
import { nodeRecipe } from '../node/recipe.ts';

/**
 * pnpm reads settings from variables under either name, by its version. From scripts it takes those that begin
 * with `npm_`, in small letters.
 */
const settings = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => [
      [`NPM_CONFIG_${name.toUpperCase()}`, value],
      [`pnpm_config_${name}`, value],
    ]),
  );

const envFor = (build: Build): Record<string, string> =>
  settings({
    store_dir: build.downloads,
    package_import_method: 'copy',
    pm_on_fail: 'ignore',
    manage_package_manager_versions: 'false',
    // A project may have turned it off, and none is made then.
    lockfile: 'true',
  });

/** pnpm: files are copied out of its store, never linked to it, so that nothing that is written to one reaches the other. */
export const planPnpm = planned(
  nodeRecipe({
    manager: 'pnpm',
    decides:
      /(?:^|\/)(?:package\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|\.npmrc|\.?pnpmfile\.[cm]?js)$|^patches\/|\.tgz$/,
    install: (build) => ({ argv: ['pnpm', 'install', '--frozen-lockfile', '--ignore-scripts'], env: envFor(build) }),
    lock: 'pnpm-lock.yaml',
    resolve: (build) => ({
      argv: ['pnpm', 'install', '--lockfile-only', '--no-frozen-lockfile', '--ignore-scripts'],
      env: envFor(build),
    }),
    scripts: ['pnpm', 'rebuild'],
    offline: settings({
      verify_deps_before_run: 'false',
      pm_on_fail: 'ignore',
      manage_package_manager_versions: 'false',
    }),
  }),
);
