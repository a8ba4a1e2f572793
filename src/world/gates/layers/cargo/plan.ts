import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { none, planned, type Recipe } from '../recipe.ts';
import { cargoAccess, keepConfig } from './access.ts';

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
    const manifest = await files.text('Cargo.toml');
    if (manifest === null) return none(null);
    const lock = await files.text('Cargo.lock');
    if (lock !== null) return /^source\s*=/m.test(lock) ? null : none('Cargo.lock has no crates from elsewhere');
    const declares =
      files.entries.some(({ path }) => path.endsWith('Cargo.toml')) &&
      /^\[(?:[\w.'"()=-]+\.)?(?:dev-|build-)?dependencies/m.test(manifest);
    return none(
      declares
        ? 'Cargo.toml declares dependencies, but there is no Cargo.lock: run cargo generate-lockfile and commit it'
        : 'Cargo.toml declares no dependencies',
      declares,
    );
  },
  commands: (_, dir) => [{ said: 'cargo fetch', argv: ['cargo', 'fetch', '--locked'], env: { CARGO_HOME: dir } }],
  access: cargoAccess,
  async begin(build, dir) {
    await keepConfig(build, dir);
    return null;
  },
  async finish(_, dir) {
    // Locks and a register of what was used when: no part of what was installed.
    for (const name of ['.package-cache', '.package-cache-mutate', '.global-cache'])
      await rm(join(dir, name), { force: true });
    return { kind: 'done', nested: [] };
  },
};

export const planCargo = planned(cargo);
