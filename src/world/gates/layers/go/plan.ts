import { hasFile, none, planned, type Recipe } from '../recipe.ts';
import { userVariables } from '../network.ts';

/** Modules are checked against `go.sum`; the module cache is the whole layer. */
const go: Recipe = {
  manager: 'go',
  folder: 'gomod',
  place: 'fixed',
  decides: /(?:^|\/)go\.(?:mod|sum|work|work\.sum)$/,
  tools: ['go'],
  env: { GOMODCACHE: '$DIR' },
  // Neither changes go.mod nor uses a `vendor` folder that a candidate may have added.
  offline: { GOPROXY: 'off', GOFLAGS: '-mod=readonly', GOTOOLCHAIN: 'local' },
  pathPrefix: [],
  async absent(files) {
    if (!hasFile(files, 'go.mod') && !hasFile(files, 'go.work')) return none(null);
    if (hasFile(files, 'vendor/modules.txt')) return none('Go modules are vendored in the tree');
    const texts = await Promise.all(files.entries.filter(({ path }) => /(?:^|\/)go\.mod$/.test(path)).map(({ path }) => files.text(path)));
    return texts.some((text) => /^\s*require\b/m.test(text ?? '')) ? null : none('go.mod requires nothing');
  },
  // Folders of modules are read-only unless told otherwise, and then nobody can remove them.
  commands: (_, dir) => [
    { said: 'go mod download', argv: ['go', 'mod', 'download'], env: { GOMODCACHE: dir, GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local' } },
  ],
  access: (build, trust) => userVariables(build.env, trust, /^GO(?:PROXY|SUMDB|NOSUMDB|NOPROXY|PRIVATE|INSECURE|VCS)$/),
};

export const planGo = planned(go);
