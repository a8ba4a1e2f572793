import { existsSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importsOf, isGoSource, modulePath } from './own.ts';
import { userVariables } from '../../../world/gates/layers/network.ts';
import type { ManifestReader, Planner } from '../../../world/gates/layers/plan.ts';
import { none, planned, type Recipe } from '../../../world/gates/layers/recipe.ts';

const FOLDER = 'gomodule';
const MOST_SOURCES = 500;

/**
 * A go.mod for a project that has none, as `go mod init` and `go mod tidy` would make it, beside the tree: Go is shown it by an
 * overlay. It has no `go` line where nothing is required, so that the language is the one of such projects.
 */
export const planGoModule: Planner = async (files, tree, env) => {
  const paths = files.entries.map(({ path }) => path);
  const sources = paths.filter(isGoSource);
  if (sources.length === 0 || paths.some((path) => /(?:^|\/)go\.(?:mod|work)$/.test(path))) return none(null);
  return planned(recipeFor(await toldOf(files, sources)))(files, tree, env);
};

interface Told {
  readonly module: string;
  /** Packages of others that are imported. */
  readonly others: readonly string[];
}

async function toldOf(files: ManifestReader, paths: readonly string[]): Promise<Told> {
  const sources = await Promise.all(
    paths.slice(0, MOST_SOURCES).map(async (path) => ({ path, text: (await files.text(path)) ?? '' })),
  );
  const module = modulePath(sources, await files.text('.travis.yml'));
  const isOwn = (path: string): boolean => path === module || path.startsWith(`${module}/`);
  const others = new Set(sources.flatMap(({ text }) => importsOf(text)).filter((path) => !isOwn(path)));
  return { module, others: [...others].sort() };
}

const recipeFor = ({ module, others }: Told): Recipe => ({
  manager: 'go mod init',
  folder: FOLDER,
  // The overlay names it.
  place: 'own',
  decides: /$^/,
  also: async () => [module, ...others],
  tools: ['go'],
  startedByGates: true,
  env: { GOMODCACHE: '$DIR/mod', GOFLAGS: '-overlay=$DIR/overlay.json' },
  offline: { GOPROXY: 'off', GOFLAGS: '-mod=readonly -overlay=$DIR/overlay.json', GOTOOLCHAIN: 'local' },
  pathPrefix: [],
  absent: async () => null,
  async begin(build) {
    await writeFile(join(build.checkout, 'go.mod'), `module ${module}\n`);
    return null;
  },
  commands(_, dir) {
    const env = { GOMODCACHE: join(dir, 'mod'), GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local' };
    return others.length === 0 ? [] : [{ said: 'go mod tidy', argv: ['go', 'mod', 'tidy'], env }];
  },
  access: (build, trust) => userVariables(build.env, trust, /^GO(?:PROXY|SUMDB|NOSUMDB|NOPROXY|PRIVATE|INSECURE|VCS)$/),
  async finish({ checkout, final }, dir) {
    const names = ['go.mod', 'go.sum'].filter((name) => existsSync(join(checkout, name)));
    for (const name of names) await copyFile(join(checkout, name), join(dir, name));
    const Replace = Object.fromEntries(names.map((name) => [name, join(final, FOLDER, name)]));
    await writeFile(join(dir, 'overlay.json'), JSON.stringify({ Replace }));
    return { kind: 'done', nested: [] };
  },
});
