import { globSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Build } from '../../../world/gates/layers/plan.ts';
import { none, planned, hasFile, type Recipe } from '../../../world/gates/layers/recipe.ts';
import { runsWhileResolving } from './extensions.ts';
import { runStep } from '../../../world/gates/layers/step.ts';
import { mavenAccess } from './access.ts';
import { missingIn } from './missing.ts';
import { EMPTY_TEST, leavePoms, POM_FILES } from './skeleton.ts';

const QUIET = ['-B', '-ntp'] as const;

/**
 * A local repository with the dependencies and plugins of the poms. Surefire finds out which of its providers it needs only when it
 * runs tests, so an empty one is run once for the base, with nothing of the tree but its poms; a candidate's layer begins with the base's.
 */
const maven: Recipe = {
  manager: 'maven',
  folder: 'maven',
  place: 'fixed',
  decides: POM_FILES,
  tools: ['mvn'],
  startedByGates: true,
  env: { MAVEN_OPTS: '-Dmaven.repo.local=$DIR/repository' },
  // The settings of the offline home say that there is no network; Java knows the user's home by itself.
  offline: { MAVEN_OPTS: '-Dmaven.repo.local=$DIR/repository -Duser.home=$DIR/offline' },
  pathPrefix: [],
  async absent(files) {
    return hasFile(files, 'pom.xml') ? null : none(null);
  },
  async begin(build, dir) {
    const runs = build.trust === 'candidate' ? await runsWhileResolving(build.checkout) : null;
    if (runs !== null)
      return {
        kind: 'failed',
        detail: `${runs} loads an extension, which runs its code while dependencies are resolved`,
        tail: '',
      };
    if (build.seed !== null) await cp(build.seed, dir, { recursive: true });
    if (build.trust === 'base') await leavePoms(build.checkout);
    return null;
  },
  async commands(build, dir) {
    const {
      args,
      access: { secrets },
    } = await mavenAccess(build, build.trust);
    const repository = `-Dmaven.repo.local=${join(dir, 'repository')}`;
    // Modules of the same build cannot be resolved before they are built, so what is missing shows in the next step, or in the gate.
    const resolve = {
      said: 'mvn dependency:resolve',
      argv: ['mvn', ...QUIET, ...args, repository, '--fail-never', 'dependency:resolve'] as const,
    };
    if (build.trust === 'candidate') return [resolve];
    const { args: bare } = await mavenAccess(build, 'candidate');
    const run = {
      said: 'mvn test',
      argv: ['mvn', ...QUIET, ...bare, repository, '--fail-never', ...EMPTY_TEST, 'test'] as const,
      bare: true,
    };
    return secrets.length > 0 ? [resolve, run] : [run];
  },
  access: async (build, trust) => (await mavenAccess(build, trust)).access,
  async finish(build, dir) {
    const said = build.trust === 'base' ? await readFile(join(build.scratch, 'stdout'), 'utf8') : '';
    const missing = missingIn(said, await pomsOf(build.checkout));
    if (missing !== null) return { kind: 'failed', detail: `mvn test: ${missing}`, tail: '' };
    // A check that stops the build, as one of the version of Maven, is for the gate to say: it has to get that far.
    if (said.includes('Failed to execute goal')) await resolveAll(build, dir);
    await forgetOrigins(join(dir, 'repository'));
    await mkdir(join(dir, 'offline', '.m2'), { recursive: true });
    await writeFile(join(dir, 'offline', '.m2', 'settings.xml'), '<settings><offline>true</offline></settings>\n');
    return { kind: 'done', nested: [] };
  },
};

export const planMaven = planned(maven);

/** Every plugin and dependency that a pom names, whether a build would get to it or not. */
async function resolveAll(build: Build, dir: string): Promise<void> {
  const { access, args } = await mavenAccess(build, 'candidate');
  const goals = ['dependency:resolve-plugins', 'dependency:resolve'];
  const repository = `-Dmaven.repo.local=${join(dir, 'repository')}`;
  await runStep(build, goals.join(' '), ['mvn', ...QUIET, ...args, repository, '--fail-never', ...goals], access);
}

const pomsOf = async (checkout: string): Promise<readonly string[]> =>
  Promise.all(globSync('**/pom.xml', { cwd: checkout }).map((pom) => readFile(join(checkout, pom), 'utf8')));

/** Which mirror a file came from: a gate knows no mirrors, and would not believe that the file is there. */
async function forgetOrigins(dir: string): Promise<void> {
  for (const entry of await readdir(dir, { withFileTypes: true, recursive: true })) {
    if (entry.name === '_remote.repositories' || entry.name.endsWith('.lastUpdated'))
      await rm(join(entry.parentPath, entry.name));
  }
}
