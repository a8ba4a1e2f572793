import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasFile, none, planned, type Recipe } from '../recipe.ts';
import { userVariables } from '../network.ts';

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
    const texts = await Promise.all(modules.map(({ path }) => files.text(path)));
    return texts.some((text) => /^\s*require\b/m.test(text ?? '')) ? null : none('go.mod requires nothing');
  },
  // Folders of modules are read-only unless told otherwise, and then nobody can remove them.
  commands(build, dir) {
    const env = { GOMODCACHE: dir, GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local' };
    // A workspace is downloaded as a whole, modules beside each other one by one.
    const folders = existsSync(join(build.checkout, 'go.work')) ? ['.'] : moduleFolders(build.checkout);
    return folders.map((folder) => ({ said: folder === '.' ? 'go mod download' : `go mod download in ${folder}`, argv: ['go', '-C', folder, 'mod', 'download'], env }));
  },
  access: (build, trust) => userVariables(build.env, trust, /^GO(?:PROXY|SUMDB|NOSUMDB|NOPROXY|PRIVATE|INSECURE|VCS)$/),
};

export const planGo = planned(go);

const moduleFolders = (checkout: string): readonly string[] =>
  readdirSync(checkout, { recursive: true, encoding: 'utf8' })
    .filter((path) => MODULE.test(path))
    .map((path) => dirname(path))
    .sort();
