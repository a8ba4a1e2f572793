import { existsSync, readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { networkAccess, userVariables } from '../../../world/gates/layers/network.ts';
import type { Build, ManifestReader, Planner } from '../../../world/gates/layers/plan.ts';
import { hasFile, none, planned, type Recipe } from '../../../world/gates/layers/recipe.ts';
import { runStep } from '../../../world/gates/layers/step.ts';

const table = z.record(z.string(), z.unknown());
const manifest = z.looseObject({
  require: z.optional(table),
  'require-dev': z.optional(table),
  autoload: z.optional(table),
  'autoload-dev': z.optional(table),
  config: z.optional(z.looseObject({ 'vendor-dir': z.optional(z.string()), 'allow-plugins': z.optional(z.unknown()) })),
});
type Manifest = z.infer<typeof manifest>;

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const parse = (text: string | null): Manifest | null =>
  text === null ? null : (manifest.safeParse(json(text)).data ?? null);

/** Packages in `vendor`, with the autoloader of the project. Scripts of `composer.json` never run; plugins of packages do for a base. */
const composer: Recipe = {
  manager: 'composer',
  folder: 'vendor',
  place: 'tree',
  decides: /^(?:composer\.(?:json|lock)|symfony\.lock)$/,
  also: classes,
  tools: ['php', 'composer'],
  startedByGates: true,
  env: {},
  pathPrefix: [],
  async absent(files) {
    const own = parse(await files.text('composer.json'));
    if (own === null) return none(null);
    if (hasFile(files, 'vendor/autoload.php')) return none('vendor is part of the tree');
    const folder = own.config?.['vendor-dir'] ?? 'vendor';
    if (folder === 'vendor') return null;
    return none(`composer.json puts packages into ${folder}, and omk installs into vendor only`, true);
  },
  unlocked: async (files) =>
    hasFile(files, 'composer.lock')
      ? null
      : {
          file: 'composer.lock',
          command: (build) => ({
            said: 'composer update',
            argv: ['composer', 'update', ...onlyNew(build), '--no-install', ...QUIETLY],
            env: settings(build),
          }),
        },
  commands: (build) => [
    {
      said: 'composer install',
      argv: ['composer', 'install', ...QUIETLY],
      env: settings(build),
    },
  ],
  access: (build, trust) => userVariables(build.env, trust, /^$/, /^COMPOSER_AUTH$/),
  async finish(build, dir) {
    const own = parse(readFileSync(join(build.checkout, 'composer.json'), 'utf8'));
    if (build.trust === 'base' && own?.config?.['allow-plugins'] !== undefined) {
      // What plugins write down about the packages that are there.
      const access = networkAccess(build.env, 'candidate');
      const argv = ['composer', 'install', '--no-scripts', '--no-progress'] as const;
      const ran = await runStep(build, 'composer install with plugins', argv, {
        ...access,
        env: { ...access.env, ...settings(build) },
      });
      if (ran.kind === 'failed') return ran;
    }
    const made = join(build.checkout, 'vendor');
    if (existsSync(made)) await rename(made, dir);
    return { kind: 'done', nested: [] };
  },
};

const QUIETLY = ['--no-scripts', '--no-plugins', '--no-progress'] as const;

const locked = z.looseObject({
  packages: z.array(z.looseObject({ name: z.string() })),
  'packages-dev': z.optional(z.array(z.looseObject({ name: z.string() }))),
});

/** Where there is a lock file to begin with: the packages that it does not have, so that the versions of the others stay. */
function onlyNew({ checkout }: Build): readonly string[] {
  const file = join(checkout, 'composer.lock');
  if (!existsSync(file)) return [];
  const lock = locked.safeParse(json(readFileSync(file, 'utf8'))).data;
  const own = parse(readFileSync(join(checkout, 'composer.json'), 'utf8'));
  if (lock === undefined || own === null) return [];
  const there = new Set([...lock.packages, ...(lock['packages-dev'] ?? [])].map(({ name }) => name));
  const asked = Object.keys({ ...own.require, ...own['require-dev'] }).filter((name) => !isPlatform(name));
  const fresh = asked.filter((name) => !there.has(name));
  return fresh.length === 0 ? ['--lock'] : [...fresh, '--with-dependencies'];
}

/** An autoloader that lists classes must be made again where files with classes come or go. */
async function classes(files: ManifestReader): Promise<readonly string[]> {
  return listsClasses(parse(await files.text('composer.json')))
    ? files.entries.flatMap(({ path, id }) => (path.endsWith('.php') ? [path, id] : []))
    : [];
}

const listsClasses = (own: Manifest | null): boolean =>
  [own?.autoload, own?.['autoload-dev']].some((each) => each !== undefined && 'classmap' in each);

const isPlatform = (name: string): boolean => /^(?:php(?:-.*)?|hhvm|composer(?:-.*)?|(?:ext|lib)-.*)$/.test(name);

function settings(build: Build): Readonly<Record<string, string>> {
  const own = parse(readFileSync(join(build.checkout, 'composer.json'), 'utf8'));
  const needs = Object.keys({ ...own?.require, ...own?.['require-dev'] });
  return {
    COMPOSER_HOME: join(build.scratch, 'composer'),
    COMPOSER_CACHE_DIR: build.downloads,
    COMPOSER_ALLOW_SUPERUSER: '1',
    COMPOSER_NO_INTERACTION: '1',
    COMPOSER_NO_AUDIT: '1',
    // A project that needs only PHP gets its autoloader without asking anybody.
    ...(needs.every(isPlatform) ? { COMPOSER_DISABLE_NETWORK: '1' } : {}),
  };
}

const plan = planned(composer);

export const planComposer: Planner = async (files, tree, env) => {
  const made = await plan(files, tree, env);
  const isOfTree = made.kind === 'plan' && listsClasses(parse(await files.text('composer.json')));
  return isOfTree ? { ...made, of: 'tree' } : made;
};
