import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { touchesBuild } from '../../../domain/contract/classify.ts';
import type { Build, Installed, Planner, Step } from '../../../world/gates/layers/plan.ts';
import { none } from '../../../world/gates/layers/recipe.ts';
import { CHECKOUT, runStep } from '../../../world/gates/layers/step.ts';
import { renameCheckout } from '../../../world/gates/layers/rename-checkout.ts';
import { distributionsIn } from './distributions.ts';
import { generatedIn } from './generated.ts';
import { BUILDER, PROJECT } from './names.ts';
import { projectsOf, type Project } from './projects.ts';
import { versionOfTree, versionVariables } from './version.ts';

/**
 * The base's own packages as their build backend installs them for work on them: metadata, programs, and a path that leads to the
 * checkout. Code of the base runs for it, without network, so it belongs to this one tree. Of a candidate only the extension modules
 * that the base has too are built anew, and only where it changes what they are compiled from.
 */
export const planPythonProject: Planner = async ({ base, entries, trust }, tree) => {
  const projects = await projectsOf(base);
  if (projects.length === 0) return none(null);
  const version = await versionOfTree(base);
  const tracked = new Set(entries.map(({ path }) => path));
  const theirs = new Map(base.entries.map(({ path, id }) => [path, id]));
  const compiles =
    trust === 'candidate' && entries.some(({ path, id }) => touchesBuild(path) && theirs.get(path) !== id);
  const named = { tree: base.tree, projects: projects.map(({ dir }) => dir), version };
  return {
    kind: 'plan',
    manager: PROJECT,
    folder: 'project',
    place: 'fixed',
    use: 'last',
    of: compiles ? 'tree' : 'base',
    namesCheckout: true,
    // An empty path takes away the one for projects that could not be installed.
    env: { OMK_PYTHON_PROJECT: '$DIR', PYTHONPATH: '' },
    pathPrefix: ['$DIR/bin'],
    tools: ['python3'],
    inputs: compiles ? { ...named, candidate: tree } : named,
    install: async (build) => {
      const out = join(build.out, 'project');
      if (!compiles) return installProjects(build, out, projects, version, tracked);
      await mkdir(out);
      // What could not be built of the base is not built of its candidates.
      if (build.seed === null) return { kind: 'done', nested: [] };
      const made = await installProjects(build, join(build.out, 'aside'), projects, version, tracked);
      await rm(join(build.out, 'aside'), { recursive: true, force: true });
      if (made.kind === 'failed') return made;
      await cp(build.seed, out, { recursive: true });
      const known = join(build.seed, '..', 'nested');
      const nested = made.nested.filter((path) => existsSync(join(known, path)));
      for (const path of made.nested) if (!nested.includes(path)) await rm(join(build.out, 'nested', path));
      return { kind: 'done', nested };
    },
  };
};

async function installProjects(
  build: Build,
  out: string,
  projects: readonly Project[],
  version: string,
  tracked: ReadonlySet<string>,
): Promise<Installed> {
  const builder = build.before.get(BUILDER);
  if (builder === undefined) return { kind: 'failed', detail: 'what builds it is not there', tail: '' };
  const git = join(build.root ?? build.checkout, '.git');
  if (build.git !== undefined) await cp(build.git, git, { recursive: true });
  for (const [index, { dir }] of projects.entries()) {
    const target = join(out, String(index));
    await mkdir(target, { recursive: true });
    const done = await installProject(build, builder, { dir, target, version });
    if (done.kind === 'failed') return done;
  }
  await gatherPrograms(out);
  if ((await build.sandboxes.detect()).kind === 'none')
    await renameCheckout(out, build.root ?? build.checkout, CHECKOUT);
  const nested = await generatedIn(build.checkout, tracked);
  for (const path of nested) {
    const to = join(build.out, 'nested', path);
    await mkdir(dirname(to), { recursive: true });
    await rename(join(build.checkout, path), to);
  }
  return { kind: 'done', nested };
}

const PIP = [
  '-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--no-warn-script-location', '--no-deps', '--no-index',
  '--no-build-isolation', '--use-pep517', '--no-compile',
] as const; // prettier-ignore

function installProject(
  build: Build,
  builder: string,
  { dir, target, version }: { readonly dir: string; readonly target: string; readonly version: string },
): Promise<Step> {
  const env = {
    ...versionVariables(version),
    PATH: `${join(builder, 'bin')}:${build.path}`,
    PIP_CONFIG_FILE: '/dev/null',
  };
  const argv = [
    join(builder, 'bin', 'python'),
    ...PIP,
    '--target',
    target,
    '-e',
    dir === '.' ? '.' : `./${dir}`,
  ] as const;
  const access = { env, files: [], secrets: [], network: false } as const;
  return runStep(build, `pip install -e ${dir}`, [argv[0], ...argv.slice(1)], access, [
    { from: builder, writable: false },
  ]);
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
