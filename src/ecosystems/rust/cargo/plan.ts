import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Build } from '../../../world/gates/layers/plan.ts';
import { hasFile, none, planned, type Recipe } from '../../../world/gates/layers/recipe.ts';
import { cargoAccess, keepConfig } from './access.ts';
import { declaresCrates } from './manifests.ts';

/** The crates of `Cargo.lock`, unpacked in a CARGO_HOME of its own. Build scripts run only in gates, offline. */
const cargo: Recipe = {
  manager: 'cargo',
  folder: 'cargo',
  place: 'fixed',
  decides: /(?:^|\/)Cargo\.(?:toml|lock)$|^\.cargo\/|^rust-toolchain(?:\.toml)?$/,
  tools: ['cargo'],
  startedByGates: true,
  env: { CARGO_HOME: '$DIR' },
  offline: { CARGO_NET_OFFLINE: 'true' },
  pathPrefix: [],
  async absent(files) {
    if ((await files.text('Cargo.toml')) === null) return none(null);
    const lock = await files.text('Cargo.lock');
    if (lock !== null) return /^source\s*=/m.test(lock) ? null : none('Cargo.lock has no crates from elsewhere');
    return (await declaresCrates(files)) ? null : none('Cargo.toml declares no dependencies');
  },
  // Libraries commit no lock file. A candidate keeps what the base's has.
  unlocked: async (files) => (hasFile(files, 'Cargo.lock') ? null : { file: 'Cargo.lock', command: makeLock }),
  commands: (_, dir) => [{ said: 'cargo fetch', argv: ['cargo', 'fetch', '--locked'], env: { CARGO_HOME: dir } }],
  access: cargoAccess,
  async begin(build, dir) {
    await keepConfig(build, dir);
    return null;
  },
  async finish({ checkout }, dir) {
    // What compiles for the base compiles what this says.
    await cp(join(checkout, 'Cargo.lock'), join(dir, RESOLVED));
    // Locks and a register of what was used when: no part of what was installed.
    for (const name of ['.package-cache', '.package-cache-mutate', '.global-cache'])
      await rm(join(dir, name), { force: true });
    return { kind: 'done', nested: [] };
  },
};

/** The lock file that crates were fetched by, in the layer. */
export const RESOLVED = 'omk-resolved.lock';

async function makeLock(build: Build) {
  const home = join(build.scratch, 'cargo');
  await mkdir(home, { recursive: true });
  await keepConfig(build, home);
  const argv = ['cargo', 'update', '--workspace'] as const;
  return { said: 'cargo update --workspace', argv, env: { CARGO_HOME: home } };
}

export const planCargo = planned(cargo);
