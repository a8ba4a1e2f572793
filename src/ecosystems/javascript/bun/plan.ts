import { planned } from '../../../world/gates/layers/recipe.ts';
import { nodeRecipe } from '../node/recipe.ts';

/** bun: install scripts do not run at all, because bun cannot run them apart from installing. */
export const planBun = planned(
  nodeRecipe({
    manager: 'bun',
    decides: /(?:^|\/)(?:package\.json|bun\.lockb?|bunfig\.toml|\.npmrc)$|^patches\/|\.tgz$/,
    install: (build) => ({
      argv: ['bun', 'install', '--frozen-lockfile', '--ignore-scripts', '--backend=copyfile'],
      env: { BUN_INSTALL_CACHE_DIR: build.downloads },
    }),
    lock: 'bun.lock',
    resolve: (build) => ({
      argv: ['bun', 'install', '--lockfile-only', '--ignore-scripts'],
      env: { BUN_INSTALL_CACHE_DIR: build.downloads },
    }),
    scripts: null,
  }),
);
