import { OmkError } from '../../domain/error.ts';
import { openClient } from './github/client.ts';
import { LOGIN_FIX } from './github/failures.ts';
import { throughGh, ghIsLoggedIn } from './github/gh.ts';
import { apiBase, isGitHub, tokenFor, type Env } from './github/host.ts';
import { githubRepository } from './github/repository.ts';
import type { Forge } from './port.ts';

/**
 * The forges that omk knows: GitHub, through gh where it is logged in, else with a token of the environment. Nothing is
 * contacted before something is asked.
 */
export function openForge({ env }: { readonly env: Env }): Forge {
  return {
    at: async (place) => {
      const { host } = place;
      const known = isGitHub(host, env);
      const loggedIn = await ghIsLoggedIn(env, host);
      if (!known && !loggedIn) return null;
      const base = apiBase(host, env);
      if (loggedIn)
        return githubRepository(openClient({ host, base, token: null, transport: throughGh(env, host, base) }), place);
      const token = tokenFor(host, env);
      if (token !== null) return githubRepository(openClient({ host, base, token, transport: null }), place);
      throw new OmkError('FORGE_NO_LOGIN', `There is no login for ${host}`, LOGIN_FIX, { exit: 4 });
    },
  };
}
