import type { RepositoryPin } from '../../domain/goal/event.ts';
import { findChange } from './change/find.ts';
import { apply } from './apply/apply.ts';
import type { Git, Supplies, Vault } from './port.ts';
import { join } from 'node:path';
import { withRemote } from './remote/open.ts';
import { inspect } from './repository/inspect.ts';
import { hasCommit } from './repository/locate.ts';
import { personalIgnores } from './repository/user-settings.ts';
import { openSupplies } from './supplies/open.ts';
import { vaultPlace, type VaultPlace } from './vault/place.ts';
import { openVault } from './vault/open.ts';
import { gitVersion, requireGit } from './version.ts';

/**
 * The git door. Vaults live in `stateDir/vaults`. Every call first makes sure, once, that git is there and new
 * enough: `OmkError` `GIT_NOT_FOUND`, `GIT_TOO_OLD`.
 */
export function openGit({ stateDir }: { readonly stateDir: string }): Git {
  const placeOf = placesIn(stateDir);
  const vaults = openOnce(stateDir, placeOf);
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
      await vaults.get(repository.pin);
      return findChange(placeOf(repository.pin), repository, change);
    },
    supplies: (repository) => {
      const key = `${repository.id} ${repository.commit}`;
      const found = supplies.get(key) ?? openSupplies(placeOf(repository), stateDir, repository);
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

/** Each vault on disk once, with what is remembered of its trees. */
function placesIn(stateDir: string): (repository: RepositoryPin) => VaultPlace {
  const places = new Map<string, VaultPlace>();
  return ({ id, objectFormat }) => {
    const place = places.get(id) ?? vaultPlace(join(stateDir, 'vaults', `${id}.git`), objectFormat);
    places.set(id, place);
    return place;
  };
}

function openOnce(
  stateDir: string,
  placeOf: (repository: RepositoryPin) => VaultPlace,
): { get(repository: RepositoryPin): Promise<Vault> } {
  const opened = new Map<string, Promise<Vault>>();
  return {
    get: (repository) => {
      const vault = opened.get(repository.id) ?? openVault(stateDir, repository, undefined, placeOf(repository));
      opened.set(repository.id, vault);
      vault.catch(() => opened.delete(repository.id));
      return vault;
    },
  };
}
