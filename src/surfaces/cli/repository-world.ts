import type { InspectedRepository, Vault } from '../../world/git/port.ts';
import { openGit } from '../../world/git/open.ts';
import { openLiveStore, openWorld, type Live } from './compose.ts';
import { stateDir } from './paths.ts';

export interface RepositoryWorld {
  readonly world: Live;
  readonly repository: InspectedRepository;
  readonly vault: Vault;
}

/** The world of one repository: its base commit is in the vault, and its committed `.omk/config.toml` is part of the configuration. */
export async function openRepositoryWorld(env: NodeJS.ProcessEnv, cwd: string): Promise<RepositoryWorld> {
  const store = await openLiveStore(env);
  const git = openGit({ stateDir: stateDir(env) });
  const repository = await git.inspect(cwd);
  const vault = await git.openVault(repository.pin);
  await vault.fetchBase(repository.pin.root, repository.pin.commit);
  const path = '.omk/config.toml';
  const config = await vault.readFile(repository.pin.tree, path);
  const world = await openWorld(env, config ? { path, text: config.content.toString('utf8') } : null, store);
  return { world, repository, vault };
}
