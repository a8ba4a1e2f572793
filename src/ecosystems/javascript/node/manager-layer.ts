import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Build, Installed, Planner } from '../../../world/gates/layers/plan.ts';
import { none } from '../../../world/gates/layers/recipe.ts';
import { runStep } from '../../../world/gates/layers/step.ts';
import { configure } from './configure.ts';
import { does, wantedManager, type WantedManager } from './wanted-manager.ts';

const FOLDER = 'package-manager';
const PROGRAMS = join('node_modules', '.bin');
const READ = ['pnpm-workspace.yaml', 'pnpm-lock.yaml', 'yarn.lock', '.yarnrc.yml'];

/**
 * The pnpm or yarn that the base is set up for, from npm's registry, where the machine has none that will do. Where it
 * cannot be had, installing goes on with what is there, and it is said.
 */
export const planNodeManager: Planner = async ({ base }) => {
  const manifest = await base.text('package.json');
  if (manifest === null) return none(null);
  const texts = Object.fromEntries(
    await Promise.all(READ.map(async (path) => [path, (await base.text(path)) ?? undefined] as const)),
  );
  const wanted = wantedManager({ manifest, paths: base.entries.map(({ path }) => path), texts });
  if (wanted === null) return none(null);
  const { tool, version } = wanted;
  return {
    kind: 'plan',
    manager: `${tool} ${version}`,
    folder: FOLDER,
    place: 'fixed',
    programs: true,
    env: {},
    pathPrefix: [`$DIR/${PROGRAMS}`],
    tools: ['node', 'npm'],
    startedByGates: true,
    of: 'base',
    inputs: [wanted.package, version],
    unless: { tool, does: (installed) => does(wanted, installed) },
    install: (build) => fetchManager(build, wanted),
  };
};

/** Starts it once: a version may want another Node than is there. */
async function fetchManager(build: Build, { tool, package: name, version }: WantedManager): Promise<Installed> {
  const dir = join(build.out, FOLDER);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'package.json'), '{}');
  const access = await configure(build, build.trust, '');
  const fetch = ['npm', 'install', '--prefix', dir, '--ignore-scripts', '--no-audit', '--no-fund'] as const;
  const got = await runStep(build, `npm install ${name}@${version}`, [...fetch, `${name}@${version}`], access);
  if (got.kind === 'failed') return got;
  const alone = { env: {}, files: [], secrets: [], network: false as const };
  const runs = await runStep(build, `${tool} ${version}`, [join(dir, PROGRAMS, tool), '--version'], alone);
  return runs.kind === 'failed' ? runs : { kind: 'done', nested: [] };
}
