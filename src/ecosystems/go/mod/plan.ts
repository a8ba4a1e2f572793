import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { foldersUsed, moduleName, modulesRequired } from '../sources/files.ts';
import { hasFile, none, planned, type Recipe } from '../../../world/gates/layers/recipe.ts';
import { userVariables } from '../../../world/gates/layers/network.ts';

/** Not those that tests and copies of other projects bring. */
const MODULE = /^(?!(?:.*\/)?(?:vendor|testdata|node_modules|third_party|[._][^/]*)\/)(?:.*\/)?go\.mod$/;

/** Modules are checked against `go.sum`; the module cache is the whole layer. */
const go: Recipe = {
  manager: 'go',
  folder: 'gomod',
  place: 'fixed',
  decides: /(?:^|\/)go\.(?:mod|sum|work|work\.sum)$/,
  tools: ['go'],
  startedByGates: true,
  env: { GOMODCACHE: '$DIR' },
  // Neither changes go.mod nor uses a `vendor` folder that a candidate may have added.
  offline: { GOPROXY: 'off', GOFLAGS: '-mod=readonly', GOTOOLCHAIN: 'local' },
  pathPrefix: [],
  async absent(files) {
    const modules = files.entries.filter(({ path }) => MODULE.test(path));
    if (modules.length === 0) return none(null);
    if (hasFile(files, 'vendor/modules.txt')) return none('Go modules are vendored in the tree');
    const work = await files.text('go.work');
    const used = work === null ? null : foldersUsed(work);
    const texts = await Promise.all(
      modules.filter(({ path }) => used?.has(dirname(path)) ?? true).map(({ path }) => files.text(path)),
    );
    return whyNothing(
      texts.map((text) => text ?? ''),
      work !== null,
    );
  },
  // Folders of modules are read-only unless told otherwise, and then nobody can remove them.
  commands(build, dir) {
    const env = { GOMODCACHE: dir, GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local' };
    // A workspace is downloaded as a whole, modules beside each other one by one.
    const folders = existsSync(join(build.checkout, 'go.work')) ? ['.'] : moduleFolders(build.checkout);
    return folders.map((folder) => ({
      said: folder === '.' ? 'go mod download' : `go mod download in ${folder}`,
      argv: ['go', '-C', folder, 'mod', 'download'],
      env,
    }));
  },
  access: (build, trust) => userVariables(build.env, trust, /^GO(?:PROXY|SUMDB|NOSUMDB|NOPROXY|PRIVATE|INSECURE|VCS)$/),
};

export const planGo = planned(go);

/** Modules of one workspace find each other by its `go.work`; asked for in a registry, a version that was never published fails. */
function whyNothing(modules: readonly string[], workspace: boolean): ReturnType<typeof none> | null {
  const required = modules.flatMap(modulesRequired);
  if (required.length === 0) return none('go.mod requires nothing');
  const own = new Set(modules.map(moduleName));
  return workspace && required.every((name) => own.has(name))
    ? none('the modules of go.work require only each other')
    : null;
}

const moduleFolders = (checkout: string): readonly string[] =>
  readdirSync(checkout, { recursive: true, encoding: 'utf8' })
    .filter((path) => MODULE.test(path))
    .map((path) => dirname(path))
    .sort();
