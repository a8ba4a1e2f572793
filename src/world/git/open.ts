import { apply } from './apply/apply.ts';
import type { Git } from './port.ts';
import { inspect } from './repository/inspect.ts';
import { openVault } from './vault/open.ts';
import { gitVersion, requireGit } from './version.ts';

/**
 * The git door. Vaults live in `stateDir/vaults`. Every call first makes sure, once, that git is there and new
 * enough: `OmkError` `GIT_NOT_FOUND`, `GIT_TOO_OLD`.
 */
export function openGit({ stateDir }: { readonly stateDir: string }): Git {
  return {
    version: gitVersion,
    inspect: async (path) => {
      await requireGit();
      return inspect(path);
    },
    openVault: async (repository) => {
      await requireGit();
      return openVault(stateDir, repository);
    },
    apply: async (request) => {
      await requireGit();
      return apply(request);
    },
  };
}
