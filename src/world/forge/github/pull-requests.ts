import type { Endpoints } from '@octokit/types';
import type { ForgeRepository, PullRequest } from '../port.ts';
import { allPages, type Client } from './client.ts';
import { statusOf } from './failures.ts';

type Full = Endpoints['GET /repos/{owner}/{repo}/pulls/{pull_number}']['response']['data'];
type Listed = Endpoints['GET /repos/{owner}/{repo}/pulls']['response']['data'][number];

export interface At {
  readonly owner: string;
  readonly repo: string;
}

function toPullRequest(data: Full | Listed): PullRequest {
  const merged = data.merged_at !== null;
  return {
    number: data.number,
    url: data.html_url,
    state: merged ? 'merged' : openOrClosed(data.state),
    draft: data.draft === true,
    title: data.title,
    body: data.body ?? '',
    branch: data.head.ref,
    commit: data.head.sha,
    base: data.base.ref,
    mergeable: 'mergeable' in data ? data.mergeable : null,
    mergedAs: merged ? data.merge_commit_sha : null,
  };
}

const openOrClosed = (state: string): 'open' | 'closed' => (state === 'open' ? 'open' : 'closed');

export function pullRequests(
  { ask }: Client,
  at: At,
): Pick<
  ForgeRepository,
  'pullRequestsOf' | 'pullRequest' | 'openPullRequest' | 'updatePullRequest' | 'annotate' | 'merge'
> {
  return {
    pullRequestsOf: (branch, fork = at.owner) =>
      ask(`list the pull requests of branch '${branch}'`, async (octokit) => {
        const pages = await allPages((page) =>
          octokit.request('GET /repos/{owner}/{repo}/pulls', {
            ...at,
            head: `${fork}:${branch}`,
            state: 'all',
            sort: 'created',
            direction: 'desc',
            per_page: 100,
            page,
          }),
        );
        // A server that does not know the filter would give all of them.
        return pages
          .flat()
          .filter(({ head }) => head.label.toLowerCase() === `${fork}:${branch}`.toLowerCase())
          .map(toPullRequest);
      }),
    pullRequest: (number) =>
      ask(`read pull request #${number}`, async (octokit) =>
        toPullRequest(
          (await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...at, pull_number: number })).data,
        ),
      ),
    openPullRequest: ({ branch, fork, ...request }) =>
      ask(`open a pull request from '${branch}' into '${request.base}'`, async (octokit) =>
        toPullRequest(
          (
            await octokit.request('POST /repos/{owner}/{repo}/pulls', {
              ...at,
              ...request,
              head: fork === undefined ? branch : `${fork}:${branch}`,
            })
          ).data,
        ),
      ),
    updatePullRequest: (number, change) =>
      ask(`update pull request #${number}`, async (octokit) =>
        toPullRequest(
          (
            await octokit.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
              ...at,
              pull_number: number,
              ...change,
            })
          ).data,
        ),
      ),
    annotate: async (number, { labels, reviewers, assignees }) => {
      const issue = { ...at, issue_number: number };
      if (labels.length > 0)
        await ask(`label pull request #${number}`, (octokit) =>
          octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', { ...issue, labels: [...labels] }),
        );
      if (assignees.length > 0)
        await ask(`assign pull request #${number}`, (octokit) =>
          octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/assignees', {
            ...issue,
            assignees: [...assignees],
          }),
        );
      if (reviewers.length > 0)
        await ask(`ask for a review of pull request #${number}`, (octokit) =>
          octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', {
            ...at,
            pull_number: number,
            ...reviewersAndTeams(reviewers),
          }),
        );
    },
    merge: (number, { commit, method }) =>
      ask(`merge pull request #${number}`, async (octokit) => {
        try {
          const { data } = await octokit.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
            ...at,
            pull_number: number,
            sha: commit,
            merge_method: method,
          });
          return { kind: 'merged', commit: data.sha } as const;
        } catch (error) {
          const status = statusOf(error);
          if (status === 409) return { kind: 'moved' } as const;
          if ((status === 405 || status === 422) && error instanceof Error)
            return { kind: 'refused', why: error.message.replace(/ - https:\/\/\S*/gu, '') } as const;
          throw error;
        }
      }),
  };
}

/** `org/team` is a team. */
const reviewersAndTeams = (names: readonly string[]) => ({
  reviewers: names.filter((name) => !name.includes('/')),
  team_reviewers: names.flatMap((name) => (name.includes('/') ? [name.slice(name.indexOf('/') + 1)] : [])),
});
