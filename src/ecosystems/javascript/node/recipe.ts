import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { networkAccess, type Access } from '../../../world/gates/layers/network.ts';
import { harmlessNpmrc, variablesIn } from '../npm/config.ts';
import { readManifest } from '../npm/manifest.ts';
import type { Build, ManifestReader, Trust } from '../../../world/gates/layers/plan.ts';
import { none, type Recipe } from '../../../world/gates/layers/recipe.ts';
import { versionsOf } from '../../../world/gates/layers/versions.ts';
import { corepackOf, FETCHED } from './corepack.ts';
import { configure } from './configure.ts';
import { runsOwnScripts } from './own-scripts.ts';
import { meant, type NodeManager } from './manager.ts';
import { laterPnpm, otherVersion } from './other-version.ts';
import { takeModules } from './modules.ts';
import { runScripts } from './scripts.ts';

interface NodeRecipe {
  readonly manager: NodeManager;
  /** Installs what is locked, with scripts off. */
  install(build: Build): {
    readonly argv: readonly [string, ...string[]];
    readonly env: Readonly<Record<string, string>>;
  };
  /** The lock file it makes, and how, where a project has none. */
  readonly lock: string;
  resolve(build: Build): {
    readonly argv: readonly [string, ...string[]];
    readonly env: Readonly<Record<string, string>>;
  };
  /** Runs the scripts of packages, for the base and without credentials; null when this manager cannot apart from installing. */
  readonly scripts: readonly [string, ...string[]] | null;
  /** For gates: a manager that would look for itself, or for newer packages, is told not to. */
  readonly offline?: Readonly<Record<string, string>>;
  readonly decides: RegExp;
  /** What everything that uses the layer is told, seen in the tree. */
  variables?: NonNullable<Recipe['variables']>;
  /** Why this project's own way of linking cannot be used. */
  refuse?(files: ManifestReader): Promise<string | null>;
}

/** The recipe of a manager that fills `node_modules` from a lock file. */
export const nodeRecipe = ({
  manager,
  install,
  lock,
  resolve,
  scripts,
  offline,
  decides,
  variables,
  refuse,
}: NodeRecipe): Recipe => ({
  ...(variables === undefined ? {} : { variables }),
  manager,
  folder: 'node_modules',
  place: 'tree',
  decides,
  tools: ['node', manager],
  env: {},
  offlineOn: (path) => ({ ...offline, ...(corepackOf(manager, path) === null ? {} : FETCHED) }),
  pathPrefix: [],
  async absent(files) {
    const here = await meant(files, manager);
    if (here === null) return none(null);
    if (here.lock === null && !declaresSome(here.manifest)) return none('package.json declares no dependencies');
    if (files.entries.some(({ path }) => path.startsWith('node_modules/')))
      return none('node_modules is part of the tree');
    const refused = (await refuse?.(files)) ?? null;
    return refused === null ? null : none(refused, true);
  },
  async unlocked(files) {
    if ((await meant(files, manager))?.lock !== null) return null;
    return { file: lock, command: (build) => ({ said: `${manager} install`, ...resolve(build) }) };
  },
  runsOwn: runsOwnScripts,
  commands: (build) => [{ said: `${manager} install`, ...install(build) }],
  access: accessOf,
  async hint({ sandboxes, path, programs, checkout }) {
    if (corepackOf(manager, path) !== null) return null;
    const installed = await versionsOf(sandboxes, path, programs)([manager]);
    const there = installed[manager] ?? '';
    const other = otherVersion(readFileSync(join(checkout, 'package.json'), 'utf8'), manager, there);
    const settings = join(checkout, 'pnpm-workspace.yaml');
    if (other !== null || manager !== 'pnpm' || !existsSync(settings)) return other;
    return laterPnpm(readFileSync(settings, 'utf8'), there);
  },
  async finish(build) {
    if (build.trust === 'candidate' || scripts === null) return takeModules(build);
    const access = await accessOf(build, 'candidate');
    const note = await runScripts(build, { ...access, env: { ...access.env, ...install(build).env } }, scripts);
    return { ...(await takeModules(build)), ...(note === null ? {} : { note }) };
  },
});

async function accessOf(build: Build, trust: Trust): Promise<Access> {
  const file = join(build.checkout, '.npmrc');
  const project = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // The project's own configuration may refer to credentials in variables that scripts do not get.
  if (trust === 'candidate' && project !== '') writeFileSync(file, harmlessNpmrc(project));
  return withProjectVariables(build, trust, await configure(build, trust, project));
}

function declaresSome(manifest: string): boolean {
  const { declares, workspaces } = readManifest(manifest);
  return declares || workspaces;
}

/** Variables that the project's `.yarnrc.yml` and `bunfig.toml` name for their tokens. */
function withProjectVariables(
  build: Build,
  trust: Trust,
  access: Access & { readonly registry: string | null },
): Access {
  const registry =
    access.registry === null ? {} : { YARN_NPM_REGISTRY_SERVER: access.registry, BUN_CONFIG_REGISTRY: access.registry };
  const certificates = networkAccess(build.env, trust).env['NODE_EXTRA_CA_CERTS'];
  const env = {
    ...access.env,
    ...registry,
    ...(certificates === undefined ? {} : { YARN_HTTPS_CA_FILE_PATH: certificates }),
  };
  if (trust === 'candidate') return { ...access, env };
  const texts = ['.yarnrc.yml', 'bunfig.toml']
    .map((name) => join(build.checkout, name))
    .filter((file) => existsSync(file));
  const named = texts
    .flatMap((file) => variablesIn(readFileSync(file, 'utf8').replaceAll(/\$(\w+)/g, '${$1}')))
    .filter((name) => build.env[name] !== undefined);
  const given = Object.fromEntries(named.map((name) => [name, build.env[name] ?? '']));
  return { ...access, env: { ...env, ...given }, secrets: [...access.secrets, ...Object.values(given)] };
}
