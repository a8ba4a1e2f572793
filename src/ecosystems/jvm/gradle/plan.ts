import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { javaProxies, networkAccess } from '../../../world/gates/layers/network.ts';
import { fixedPlace, type Build, type Installed, type Planner } from '../../../world/gates/layers/plan.ts';
import { none } from '../../../world/gates/layers/recipe.ts';
import { runStep } from '../../../world/gates/layers/step.ts';
import { asksForOthers, decidingFiles, isGradleBuild } from './files.ts';
import { beginHome, FILLING, tidyHome, writeFill } from './home.ts';
import { leaveScripts } from './skeleton.ts';

const MISSING =
  /(?:Could not (?:find|resolve) [\w.-]+:[\w.-]+|Could not (?:download|GET|HEAD) |Plugin \[id: )[^\n]{0,200}/;

/**
 * A home of Gradle, filled by resolving everything and running an empty test once. Build scripts are programs: they run without
 * credentials, and nothing of a candidate runs at all. In gates the scripts are the base's, so the base's home
 * is what a candidate needs too.
 */
export const planGradle: Planner = async (files) => {
  const { base } = files;
  // A build that a candidate brings along is taken out of gates.
  if (!isGradleBuild(base)) return none(null);
  const other = asksForOthers(files);
  if (other !== null) {
    return {
      kind: 'failed',
      detail:
        `${other} asks for other dependencies than the base, and Gradle would have to run build scripts to ` +
        `fetch them: change it on the base first`,
    };
  }
  return {
    kind: 'plan',
    manager: 'gradle',
    folder: 'gradle',
    // Gradle locks what it reads, and before version 6.1 it knows its files by their absolute paths.
    place: 'home',
    env: { GRADLE_USER_HOME: '$DIR' },
    offline: { OMK_GRADLE_OFFLINE: 'true' },
    pathPrefix: [],
    tools: ['gradle'],
    startedByGates: true,
    // Build scripts run while it is filled, may read any file, and can write to it: no other base gets it.
    inputs: [...decidingFiles(base), { path: '', id: base.tree }],
    install: fill,
  };
};

async function fill(build: Build): Promise<Installed> {
  const dir = join(build.out, 'gradle');
  await beginHome(dir);
  if (build.trust === 'candidate')
    return {
      kind: 'failed',
      detail: 'the dependencies of the base are not there any more: run it again on the base',
      tail: '',
    };
  await leaveScripts(build.checkout);
  const script = join(build.scratch, 'fill.gradle');
  await writeFill(script);
  const access = networkAccess(build.env, 'candidate');
  const seen = (await build.sandboxes.detect()).kind === 'none' ? dir : fixedPlace('gradle');
  const ran = await runStep(
    build,
    'gradle test',
    ['gradle', '--no-daemon', '--continue', '--init-script', script, ...javaProxies(access), ...FILLING],
    { ...access, env: { ...access.env, GRADLE_USER_HOME: seen }, files: [...access.files, script] },
    [{ from: dir, to: seen, writable: true }],
  );
  // A check that stops the build is for the gate to say; what could not be fetched is not.
  if (ran.kind === 'failed') {
    if (!/exit code/.test(ran.detail)) return ran;
    const said = await Promise.all(['stdout', 'stderr'].map((name) => readFile(join(build.scratch, name), 'utf8')));
    const missing = MISSING.exec(said.join('\n'))?.[0];
    if (missing !== undefined) return { ...ran, detail: `gradle test: ${missing}` };
  }
  await tidyHome(dir);
  return { kind: 'done', nested: [] };
}
