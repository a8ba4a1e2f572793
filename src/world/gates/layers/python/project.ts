import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Build, Installed, Planner } from '../plan.ts';
import { none } from '../recipe.ts';
import { CHECKOUT, runStep } from '../step.ts';
import { renameCheckout } from './checkout.ts';
import { distributionsIn } from './distributions.ts';
import { generatedIn } from './generated.ts';
import { BUILDER, PROJECT } from './names.ts';
import { projectsOf, type Project } from './projects.ts';
import { versionOfTree, versionVariables } from './version.ts';

/**
 * The base's own packages as their build backend installs them for work on them: metadata, programs, and a path that leads to the
 * checkout. Code of the base runs for it, without network, so it belongs to this one tree.
 */
export const planPythonProject: Planner = async ({ base }) => {
  const projects = await projectsOf(base);
  if (projects.length === 0) return none(null);
  const version = await versionOfTree(base);
  const tracked = new Set(base.entries.map(({ path }) => path));
  return {
    kind: 'plan',
    manager: PROJECT,
    folder: 'project',
    place: 'fixed',
    use: 'last',
    of: 'base',
    namesCheckout: true,
    // An empty path takes away the one for projects that could not be installed.
    env: { OMK_PYTHON_PROJECT: '$DIR', PYTHONPATH: '' },
    pathPrefix: ['$DIR/bin'],
    tools: ['python3'],
    inputs: { tree: base.tree, projects: projects.map(({ dir }) => dir), version },
    install: (build) => installProjects(build, projects, version, tracked),
  };
};

async function installProjects(
  build: Build,
  projects: readonly Project[],
  version: string,
  tracked: ReadonlySet<string>,
): Promise<Installed> {
  const builder = build.before.get(BUILDER);
  const out = join(build.out, 'project');
  if (builder === undefined) return { kind: 'failed', detail: 'what builds it is not there', tail: '' };
  const env = {
    ...versionVariables(version),
    PATH: `${join(builder, 'bin')}:${build.path}`,
    PIP_CONFIG_FILE: '/dev/null',
  };
  for (const [index, { dir }] of projects.entries()) {
    const target = join(out, String(index));
    await mkdir(target, { recursive: true });
    const done = await runStep(
      build,
      `pip install -e ${dir}`,
      [
        join(builder, 'bin', 'python'), '-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--no-warn-script-location',
        '--no-deps', '--no-index', '--no-build-isolation', '--use-pep517', '--no-compile', '--target', target, '-e', dir === '.' ? '.' : `./${dir}`,
      ], // prettier-ignore
      { env, files: [], secrets: [], network: false },
      [{ from: builder, writable: false }],
    );
    if (done.kind === 'failed') return done;
  }
  await gatherPrograms(out);
  if ((await build.sandboxes.detect()).kind === 'none') await renameCheckout(out, build.checkout, CHECKOUT);
  const nested = await generatedIn(build.checkout, tracked);
  for (const path of nested) {
    const to = join(build.out, 'nested', path);
    await mkdir(dirname(to), { recursive: true });
    await rename(join(build.checkout, path), to);
  }
  return { kind: 'done', nested };
}

/** Programs that are files of the project itself; the virtual environment makes those of entry points. */
async function gatherPrograms(out: string): Promise<void> {
  const bin = join(out, 'bin');
  await mkdir(bin, { recursive: true });
  const made = new Set((await distributionsIn(out)).flatMap(({ scripts }) => scripts.map(({ name }) => name)));
  for (const name of (await readdir(out)).filter((each) => /^\d+$/.test(each))) {
    const from = join(out, name, 'bin');
    if (!existsSync(from)) continue;
    for (const program of await readdir(from)) {
      const to = join(bin, basename(program));
      if (made.has(program) || existsSync(to)) continue;
      const text = await readFile(join(from, program), 'latin1');
      await writeFile(to, text.replace(/^#!.*python.*/, '#!/usr/bin/env python3'), { encoding: 'latin1', mode: 0o755 });
    }
    await rm(from, { recursive: true });
  }
}
