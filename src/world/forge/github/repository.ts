import { MERGE_METHODS } from '../../../domain/delivery/delivery.ts';
import { remotePlace, type RemotePlace } from '../../../domain/delivery/remote.ts';
import type { ForgeRepository } from '../port.ts';
import { checks } from './checks.ts';
import type { Client } from './client.ts';
import { discussion } from './discussion.ts';
import { pullRequests } from './pull-requests.ts';

/** A repository on GitHub. */
export function githubRepository(client: Client, { owner, name }: RemotePlace): ForgeRepository {
  const at = { owner, repo: name };
  return {
    forge: 'GitHub',
    about: () =>
      client.ask(`read the repository ${owner}/${name}`, async (octokit) => {
        const { data } = await octokit.request('GET /repos/{owner}/{repo}', at);
        const allowed = {
          merge: data.allow_merge_commit,
          squash: data.allow_squash_merge,
          rebase: data.allow_rebase_merge,
        };
        return {
          name: data.full_name,
          main: data.default_branch,
          mayPush: data.permissions?.push === true,
          archived: data.archived,
          parent: data.parent ? remotePlace(data.parent.html_url) : null,
          // Who may not see these settings is told by the merge itself.
          methods: MERGE_METHODS.filter((method) => allowed[method] !== false),
        };
      }),
    ...pullRequests(client, at),
    ...checks(client, at),
    ...discussion(client, at),
  };
}
