import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fixedPlace, type Build, type Installed, type Planner } from '../../../world/gates/layers/plan.ts';
import { none } from '../../../world/gates/layers/recipe.ts';
import { runStep } from '../../../world/gates/layers/step.ts';
import { ownCrates } from './lock.ts';
import { compilesWithOwn, declaresCrates } from './manifests.ts';
import { RESOLVED } from './plan.ts';

const DECIDES = /(?:^|\/)Cargo\.(?:toml|lock)$|^\.cargo\/|^rust-toolchain(?:\.toml)?$/;

const FROM_ELSEWHERE = /^source\s*=/m;

/**
 * The crates from elsewhere as the base compiles them for its tests. Nothing of the repository itself stays in it, so that a judged tree
 * cannot meet another tree's code; a candidate uses the base's.
 */
export const planCargoTarget: Planner = async ({ base }) => {
  const lock = await base.text('Cargo.lock');
  if ((await base.text('Cargo.toml')) === null) return none(null);
  if (lock === null ? !(await declaresCrates(base)) : !FROM_ELSEWHERE.test(lock)) return none(null);
  if (base.entries.some(({ path }) => path.startsWith('target/'))) return none(null);
  const inputs = base.entries.filter(({ path }) => DECIDES.test(path)).map(({ path, id }) => ({ path, id }));
  // What programs of the tree may write to is shared with no other tree.
  const own = (await compilesWithOwn(base)) ? [{ path: '', id: base.tree }] : [];
  return {
    kind: 'plan',
    manager: 'cargo build',
    folder: 'target',
    place: 'tree',
    writable: true,
    env: {},
    pathPrefix: [],
    tools: ['cargo'],
    startedByGates: true,
    inputs: [...inputs, ...own],
    install: compile,
  };
};

async function compile(build: Build): Promise<Installed> {
  const target = join(build.out, 'target');
  await mkdir(target, { recursive: true });
  const home = build.before.get('cargo');
  if (build.trust === 'candidate' || home === undefined) return { kind: 'done', nested: [] };
  const lock = await lockFor(build, home);
  if (lock === null || !FROM_ELSEWHERE.test(lock)) return { kind: 'done', nested: [] };
  const members = ownCrates(lock);
  // What is compiled is known by the path of its source, so that has to be the one that gates see.
  const seen = (await build.sandboxes.detect()).kind === 'none' ? home : fixedPlace('cargo');
  const env = { CARGO_HOME: seen, CARGO_NET_OFFLINE: 'true', CARGO_TARGET_DIR: target, CARGO_INCREMENTAL: '0' };
  const run = (said: string, ...args: readonly string[]) =>
    runStep(build, said, ['cargo', ...args], { env, files: [], secrets: [] }, [
      { from: home, to: seen, writable: false },
    ]);
  // What does not compile at the base is for the gates to say.
  await run('cargo test --no-run', 'test', '--workspace', '--no-run', '--locked');
  // A package that is tested by itself may need its crates with fewer features than all packages together.
  if (members.length > 1)
    for (const member of members)
      await run(`cargo test --no-run of ${member}`, 'test', '-p', member, '--no-run', '--locked');
  for (const member of members) {
    const cleaned = await run('cargo clean', 'clean', '--locked', '-p', member);
    // Better cold than with code of the base left in it.
    if (cleaned.kind === 'failed') await rm(target, { recursive: true, force: true });
  }
  await mkdir(target, { recursive: true });
  return { kind: 'done', nested: [] };
}

/** The lock file of the tree, else the one that its crates were fetched by. */
async function lockFor({ checkout }: Build, home: string): Promise<string | null> {
  const file = join(checkout, 'Cargo.lock');
  await cp(join(home, RESOLVED), file, { force: false }).catch(() => undefined);
  return readFile(file, 'utf8').catch(() => null);
}
