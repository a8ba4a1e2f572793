import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Build, ManifestReader, Planner } from '../../../world/gates/layers/plan.ts';
import { planned } from '../../../world/gates/layers/recipe.ts';
import { nodeRecipe } from '../node/recipe.ts';

const isBerry = (lock: string): boolean => /^__metadata:/m.test(lock);

const DECIDES =
  /(?:^|\/)(?:package\.json|yarn\.lock|\.npmrc|\.yarnrc|\.yarnrc\.yml)$|^\.yarn\/(?:releases|plugins|patches)\/|^patches\/|\.tgz$/;

/** yarn 1 ends when it may not read npm's configuration beside the program, which a sandbox hides. */
const ELSEWHERE = { PREFIX: '/omk', YARN_DISABLE_SELF_UPDATE_CHECK: 'true' } as const;

/** It gives up after half a minute without an answer, which a slow network or a busy machine needs at times. */
const PATIENT = ['--network-timeout', '300000'];

const classic = nodeRecipe({
  manager: 'yarn',
  decides: DECIDES,
  install: (build) => ({
    argv: [
      'yarn',
      'install',
      '--frozen-lockfile',
      '--ignore-scripts',
      '--non-interactive',
      '--no-progress',
      ...PATIENT,
    ],
    env: { YARN_CACHE_FOLDER: build.downloads, ...ELSEWHERE },
  }),
  lock: 'yarn.lock',
  // yarn 1 has no way to make it alone.
  resolve: (build) => ({
    argv: ['yarn', 'install', '--ignore-scripts', '--non-interactive', '--no-progress', ...PATIENT],
    env: { YARN_CACHE_FOLDER: build.downloads, ...ELSEWHERE },
  }),
  scripts: ['npm', 'rebuild', '--foreground-scripts'],
  offline: ELSEWHERE,
});

/** yarn 2 and later, always with `node_modules`: what Plug'n'Play makes is files of the tree, or nothing that could be mounted. */
const berry = nodeRecipe({
  manager: 'yarn',
  decides: DECIDES,
  install: (build) => ({ argv: ['yarn', 'install', '--immutable', '--mode=skip-build'], env: berryEnv(build) }),
  lock: 'yarn.lock',
  resolve: (build) => ({
    argv: ['yarn', 'install', '--mode=update-lockfile'],
    env: { ...berryEnv(build), YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' },
  }),
  scripts: ['yarn', 'rebuild'],
  offline: { YARN_ENABLE_NETWORK: 'false', YARN_ENABLE_TELEMETRY: 'false' },
  variables: async (files) => ((await linkerOf(files)) === 'node-modules' ? {} : LINKED),
  async refuse(files) {
    if (!files.entries.some(({ path }) => path === '.pnp.cjs')) return null;
    return (
      'yarn is told by .pnp.cjs, which is part of the tree, where packages are, and omk adds none: what is ' +
      'not in .yarn/cache is missing; set nodeLinker: node-modules in .yarnrc.yml and run yarn install'
    );
  },
});

const linkerOf = async (files: ManifestReader): Promise<string> =>
  /^nodeLinker:\s*["']?([\w-]+)/m.exec((await files.text('.yarnrc.yml')) ?? '')?.[1] ?? 'pnp';

const LINKED = { YARN_NODE_LINKER: 'node-modules' } as const;

const berryEnv = (build: Build): Record<string, string> => ({
  ...LINKED,
  YARN_CACHE_FOLDER: build.downloads,
  YARN_ENABLE_GLOBAL_CACHE: 'false',
  YARN_ENABLE_TELEMETRY: 'false',
  // Hard links between packages would be a second way to the same file.
  YARN_NM_MODE: 'classic',
  YARN_ENABLE_SCRIPTS: String(build.trust === 'base' && existsSync(join(build.checkout, 'node_modules'))),
  ...(yarnPathIsSet(build.checkout) ? {} : { YARN_IGNORE_PATH: '1' }),
});

/** The tree's own yarn; its settings and releases are the base's, whoever the tree is from. */
const yarnPathIsSet = (checkout: string): boolean => {
  const file = join(checkout, '.yarnrc.yml');
  return existsSync(file) && /^yarnPath:/m.test(readFileSync(file, 'utf8'));
};

const planClassic = planned(classic);
const planBerry = planned(berry);

export const planYarn: Planner = async (files: ManifestReader, tree, env) => {
  const { remade } = files;
  const lock = remade?.path === 'yarn.lock' ? remade.text : await files.text('yarn.lock');
  // Without a lock file: only yarn 2 and later have these settings.
  const berry = lock === null ? (await files.text('.yarnrc.yml')) !== null : isBerry(lock);
  return berry ? planBerry(files, tree, env) : planClassic(files, tree, env);
};
