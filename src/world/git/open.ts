import type { RepositoryPin } from '../../domain/goal/event.ts';
import { findChange } from './change/find.ts';
import { apply } from './apply/apply.ts';
import type { Git, Supplies, Vault } from './port.ts';
import { withRemote } from './remote/open.ts';
import { inspect } from './repository/inspect.ts';
import { hasCommit } from './repository/locate.ts';
import { personalIgnores } from './repository/user-settings.ts';
import { openSupplies } from './supplies/open.ts';
import { vaultPlace } from './vault/place.ts';
import { openVault } from './vault/open.ts';
import { gitVersion, requireGit } from './version.ts';

/**
 * The git door. Vaults live in `stateDir/vaults`. Every call first makes sure, once, that git is there and new
 * enough: `OmkError` `GIT_NOT_FOUND`, `GIT_TOO_OLD`.
 */
export function openGit({ stateDir }: { readonly stateDir: string }): Git {
  const vaults = openOnce(stateDir);
  const supplies = new Map<string, Promise<Supplies>>();
  return {
    version: gitVersion,
    inspect: async (path, needs) => {
      const inspected = inspect(path, needs);
      // A git that is too old may fail in any way, and is named first.
      inspected.catch(() => undefined);
      await requireGit();
      return inspected;
    },
    personalIgnores: async (root) => {
      await requireGit();
      return personalIgnores(root);
    },
    hasCommit: async (path, commit) => {
      await requireGit();
      return hasCommit(path, commit);
    },
    openVault: async (repository) => {
      await requireGit();
      return vaults.get(repository);
    },
    change: async (repository, change) => {
      await requireGit();
      const { dir } = await vaults.get(repository.pin);
      return findChange(vaultPlace(dir, repository.pin.objectFormat), repository, change);
    },
    supplies: (repository) => {
      const key = `${repository.id} ${repository.commit}`;
      const found = supplies.get(key) ?? openSupplies(stateDir, repository);
      supplies.set(key, found);
      found.catch(() => supplies.delete(key));
      return found;
    },
    withRemote: async (request, work) => {
      await requireGit();
      return withRemote(request, work);
    },
    apply: async (request) => {
      await requireGit();
      return apply(request);
    },
  };
}

/** Each vault once, with what it remembers of its trees. */
function openOnce(stateDir: string): { get(repository: RepositoryPin): Promise<Vault> } {
  const opened = new Map<string, Promise<Vault>>();
  return {
    get: (repository) => {
      const vault = opened.get(repository.id) ?? openVault(stateDir, repository);
      opened.set(repository.id, vault);
      vault.catch(() => opened.delete(repository.id));
      return vault;
    },
  };
}
