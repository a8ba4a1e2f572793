import type { InspectedRepository, Vault } from '../world/git/port.ts';
import { openEarly, openWorld, type Live } from './compose.ts';

export interface RepositoryWorld {
  readonly world: Live;
  readonly repository: InspectedRepository;
  readonly vault: Vault;
}

/** The world of one repository: its base commit is in the vault, and its committed `.omk/config.toml` is part of the configuration. */
export async function openRepositoryWorld(env: NodeJS.ProcessEnv, cwd: string): Promise<RepositoryWorld> {
  const early = await openEarly(env);
  // Asked while git is busy; whoever needs the answer gets it, or the error.
  early.sandboxes.detect().catch(() => undefined);
  const { git } = early;
  const repository = await git.inspect(cwd);
  const vault = await git.openVault(repository.pin);
  await vault.fetchBase(repository.pin.root, repository.pin.commit);
  const path = '.omk/config.toml';
  const config = await vault.readFile(repository.pin.tree, path);
  const world = await openWorld(env, config ? { path, text: config.content.toString('utf8') } : null, early);
  return { world, repository, vault };
}
