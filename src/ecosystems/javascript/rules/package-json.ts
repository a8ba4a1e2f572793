import { isRecord, type Members } from '../../../domain/record.ts';
import { packageContract, parse, same, sorted, type Sections } from '../../../domain/contract/json-manifest.ts';
import type { ManifestContract } from '../../../domain/contract/manifest-contract.ts';
import { isRunnerPackage } from './runner-packages.ts';

/** Sections of package.json that are the candidate's own. Any other may decide how tests and checks run: each tool has its own. */
const OWN = new Set(
  `name version description keywords homepage bugs license author contributors maintainers funding files main module \
types typings exports type
  browser bin man repository dependencies devDependencies peerDependencies peerDependenciesMeta optionalDependencies \
bundleDependencies bundledDependencies
  engines os cpu private publishConfig sideEffects`.split(/\s+/),
);
const ON_THE_PATH = new RegExp(
  String.raw`^(?:node|npm|npx|corepack|pnpm|pnpx|yarn|yarnpkg|bun|bunx|deno|tsx|ts-node|tsc|env|(?:ba|` +
    String.raw`z|da)?sh|make|git|cross-env|run-s|run-p|npm-run-all|concurrently|nyc|c8|eslint|prettier)$`,
);
const NPM: Sections = {
  own: OWN,
  dependencies: ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'],
  isRunner: isRunnerPackage,
  events: /^(pre|post)/,
  onThePath: ON_THE_PATH,
};

export const npmContract = (base: string, candidate: string): ManifestContract => packageContract(base, candidate, NPM);

/** The lock file may not send a runner elsewhere. Where it does, the base's is used, and does not fit if the candidate needs more. */
export function lockContract(base: string, candidate: string): ManifestContract {
  const before = parse(base);
  const after = parse(candidate);
  return before && after && same(lockedRunners(before), lockedRunners(after)) && !locksLocal(before, after)
    ? { kind: 'same' }
    : { kind: 'restore' };
}

/** Packages that the base has locked from a registry, and the candidate from elsewhere or as another package. */
function locksLocal(before: Members, after: Members): boolean {
  const now = new Map(sorted(after['packages']));
  const registries = new Set(sorted(before['packages']).map(([, entry]) => originOf(entry)));
  return sorted(before['packages']).some(([path, entry]) => {
    const other = now.get(path);
    if (!path.includes('node_modules/') || !isRecord(entry) || !isRecord(other) || isLocal(entry)) return false;
    const isElsewhere = originOf(entry) !== null && !registries.has(originOf(other));
    return isLocal(other) || isElsewhere || nameOf(path, other) !== nameOf(path, entry);
  });
}

/** Of a folder, an archive or a repository. A lock file may leave out where packages of the registry come from. */
const isLocal = ({ link, resolved }: Members): boolean =>
  link === true || (typeof resolved === 'string' && !/^https?:/.test(resolved));

const originOf = (entry: unknown): string | null =>
  isRecord(entry) && typeof entry['resolved'] === 'string'
    ? (/^https?:\/\/[^/]+/.exec(entry['resolved'])?.[0] ?? null)
    : null;

/** An alias has the name of what it stands for. */
const nameOf = (path: string, { name }: Members): string =>
  typeof name === 'string' ? name : (path.split('node_modules/').at(-1) ?? path);

const lockedRunners = (lock: Members): readonly unknown[] =>
  ['packages', 'dependencies'].map((section) =>
    sorted(lock[section]).filter(([key]) => isRunnerPackage(key.split('node_modules/').at(-1) ?? '')),
  );

const ENTRIES = ['main', 'module', 'exports', 'bin', 'browser', 'types', 'files', 'imports'];

/** What others get of a package. */
export function entriesIn(manifest: string): string {
  const members = parse(manifest) ?? {};
  return JSON.stringify(ENTRIES.map((key) => members[key] ?? null));
}
