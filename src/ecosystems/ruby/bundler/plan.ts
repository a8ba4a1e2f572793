import { copyFile, cp } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { networkAccess } from '../../../world/gates/layers/network.ts';
import type { Build, Failed, ManifestReader, Planner, Step } from '../../../world/gates/layers/plan.ts';
import { none, planned, type Recipe } from '../../../world/gates/layers/recipe.ts';
import { runStep } from '../../../world/gates/layers/step.ts';
import { isDependencyManifest, manifestContract } from '../../../domain/contract/manifest.ts';
import type { RepoPath } from '../../../domain/ids.ts';

const GEMFILE = /^(?:Gemfile|gems\.rb)$/;
/** A Gemfile is a program, which may read other files. */
const DECIDES = /^(?:Gemfile|Gemfile\.lock|gems\.rb|gems\.locked|\.ruby-version)$|\.gemspec$|^gemfiles?\//;
const READS_MORE = /\b(?:require|require_relative|load|eval_gemfile|instance_eval|File|Dir|IO)\b/;

/**
 * The gems of a Gemfile, behind those of this machine. To learn which they are its code runs, so that it never has credentials, and
 * that of a candidate does not run at all.
 */
const bundler: Recipe = {
  manager: 'bundler',
  folder: 'gems',
  place: 'fixed',
  of: 'base',
  needed: true,
  decides: DECIDES,
  tools: ['ruby', 'bundle'],
  startedByGates: true,
  env: { GEM_HOME: '$DIR', BUNDLE_APP_CONFIG: '$DIR/.bundle', BUNDLE_PATH__SYSTEM: 'true' },
  pathPrefix: ['$DIR/bin'],
  absent: async ({ base }) => (base.entries.some(({ path }) => GEMFILE.test(path)) ? null : none(null)),
  commands: () => [],
  access: (build) => networkAccess(build.env, 'candidate'),
  async runsOwn(base) {
    const paths = base.entries.map(({ path }) => path).filter((path) => GEMFILE.test(path) || /\.gemspec$/.test(path));
    const texts = await Promise.all(paths.map((path) => base.text(path)));
    return texts.some((text) => READS_MORE.test(text ?? ''));
  },
  async finish(build, dir) {
    if (build.seed !== null) await cp(build.seed, dir, { recursive: true, verbatimSymlinks: true });
    const here = await bundle(build, dir, ['--local']);
    const isDone = here.kind === 'done' || build.trust === 'candidate';
    const done = isDone ? here : await bundle(build, dir, []);
    if (done.kind === 'failed')
      return build.trust === 'base' ? done : { ...done, detail: `${done.detail}; ${NOT_FETCHED}` };
    const lock = join(build.checkout, 'Gemfile.lock');
    if (existsSync(lock)) await copyFile(lock, join(dir, 'omk-resolved.lock'));
    return { kind: 'done', nested: [] };
  },
};

const NOT_FETCHED = 'gems are not fetched for a candidate, as that may run code: change it on the base first';

function bundle(build: Build, dir: string, more: readonly string[]): Promise<Step> {
  const access = networkAccess(build.env, 'candidate');
  const env = {
    ...access.env,
    GEM_HOME: dir,
    BUNDLE_APP_CONFIG: join(dir, '.bundle'),
    BUNDLE_PATH__SYSTEM: 'true',
    BUNDLE_USER_HOME: join(build.scratch, 'bundle'),
    BUNDLE_USER_CACHE: build.downloads,
    BUNDLE_GLOBAL_GEM_CACHE: 'true',
    BUNDLE_SILENCE_ROOT_WARNING: 'true',
    BUNDLE_RETRY: '1',
  };
  return runStep(build, 'bundle install', ['bundle', 'install', ...more], { ...access, env });
}

const plan = planned(bundler);
const { of: _of, needed: _needed, ...ofCandidate } = bundler;
const planOwn = planned(ofCandidate);

/**
 * The layer of the base, whatever tree it is for. A candidate has one of its own, of gems that are here, where it asks for others in plain
 * lines: then what runs is the program of the base.
 */
export const planBundler: Planner = async (files, tree, env) => {
  const others = await filesAskingForOthers(files);
  if (others.length > 0 && (await isEvery(others, (path) => isPlain(files, path)))) return planOwn(files, tree, env);
  const [other] = others;
  if (other !== undefined) return refused(other);
  const { entries, text } = files.base;
  return plan({ ...files, entries, text: (path) => text(path) }, tree, env);
};

const isEvery = async (paths: readonly RepoPath[], is: (path: RepoPath) => Promise<boolean>): Promise<boolean> =>
  (await Promise.all(paths.map(is))).every(Boolean);

async function isPlain({ text, base }: ManifestReader, path: RepoPath): Promise<boolean> {
  const [own, theirs] = await Promise.all([text(path), base.text(path)]);
  const isKnown = isDependencyManifest(path) && own !== null && theirs !== null;
  return isKnown && manifestContract(path, theirs, own).kind === 'same';
}

/** The files by which a candidate asks for other gems than its base. */
async function filesAskingForOthers(files: ManifestReader): Promise<readonly RepoPath[]> {
  const { entries, base } = files;
  if (!base.entries.some(({ path }) => GEMFILE.test(path))) return [];
  const paths = new Set([...entries, ...base.entries].map(({ path }) => path).filter((path) => DECIDES.test(path)));
  const found: RepoPath[] = [];
  for (const path of [...paths].sort()) {
    const [own, theirs] = await Promise.all([files.text(path), base.text(path)]);
    if (gemsIn(path, own) !== gemsIn(path, theirs)) found.push(path);
  }
  return found;
}

const GEM = /^\s*(?:gem\b|\w+\.add_\w*dependency\b|source\b|git\w*\b|path\b)/;

/** What a Gemfile or a gemspec says of gems; all of another file. */
const gemsIn = (path: RepoPath, text: string | null): string =>
  GEMFILE.test(path) || path.endsWith('.gemspec')
    ? (text ?? '')
        .split('\n')
        .filter((line) => GEM.test(line))
        .join('\n')
    : (text ?? '');

const refused = (path: RepoPath): Omit<Failed, 'tail'> => ({
  kind: 'failed',
  detail:
    `${path} asks for other gems than the base, and Bundler would have to run it to fetch them: ` +
    `change it on the base first`,
});
