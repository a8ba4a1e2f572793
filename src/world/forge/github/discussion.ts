import type { ForgeRepository, Issue, ReviewThread } from '../port.ts';
import { allPages, type Client } from './client.ts';
import type { At } from './pull-requests.ts';

const THREADS = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { isResolved path line comments(first: 50) { nodes { author { login } body } } }
      }
    }
  }
}`;

interface ThreadsPage {
  readonly repository: {
    readonly pullRequest: {
      readonly reviewThreads: {
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        readonly nodes: readonly {
          readonly isResolved: boolean;
          readonly path: string;
          readonly line: number | null;
          readonly comments: {
            readonly nodes: readonly { readonly author: { readonly login: string } | null; readonly body: string }[];
          };
        }[];
      };
    };
  };
}

const MAX_PAGES = 20;

export function discussion(
  { ask }: Client,
  at: At,
): Pick<ForgeRepository, 'openThreads' | 'issue' | 'openIssues' | 'comment'> {
  return {
    openThreads: (number) =>
      ask(`read the review of pull request #${number}`, async (octokit) => {
        const found: ReviewThread[] = [];
        let after: string | null = null;
        for (let page = 0; page < MAX_PAGES; page++) {
          const answer: ThreadsPage = await octokit.graphql<ThreadsPage>(THREADS, { ...at, number, after });
          const { nodes, pageInfo } = answer.repository.pullRequest.reviewThreads;
          for (const { isResolved, path, line, comments } of nodes)
            if (!isResolved)
              found.push({
                path,
                line,
                comments: comments.nodes.map(({ author, body }) => ({ author: author?.login ?? 'ghost', text: body })),
              });
          if (!pageInfo.hasNextPage) break;
          after = pageInfo.endCursor;
        }
        return found;
      }),
    issue: (number) =>
      ask(`read issue #${number}`, async (octokit) => {
        const { data } = await octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
          ...at,
          issue_number: number,
        });
        return asIssue(data);
      }),
    openIssues: (labels) =>
      ask('list the open issues', async (octokit) => {
        const pages = await allPages((page) =>
          octokit.request('GET /repos/{owner}/{repo}/issues', {
            ...at,
            state: 'open',
            sort: 'created',
            direction: 'asc',
            per_page: 100,
            page,
            ...(labels.length > 0 ? { labels: labels.join(',') } : {}),
          }),
        );
        return pages
          .flat()
          .map(asIssue)
          .filter(({ isPullRequest }) => !isPullRequest);
      }),
    comment: (number, marker, body) =>
      ask(`comment on #${number}`, async (octokit) => {
        const pages = await allPages((page) =>
          octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
            ...at,
            issue_number: number,
            per_page: 100,
            page,
          }),
        );
        const mine = pages.flat().find((comment) => comment.body?.trimEnd().split('\n').at(-1)?.trim() === marker);
        if (mine?.body === body) return;
        if (mine)
          await octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
            ...at,
            comment_id: mine.id,
            body,
          });
        else
          await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
            ...at,
            issue_number: number,
            body,
          });
      }),
  };
}

const asIssue = (data: {
  readonly number: number;
  readonly html_url: string;
  readonly title: string;
  readonly body?: string | null;
  readonly state: string;
  readonly pull_request?: unknown;
}): Issue => ({
  number: data.number,
  url: data.html_url,
  title: data.title,
  body: data.body ?? '',
  state: data.state === 'open' ? 'open' : 'closed',
  isPullRequest: data.pull_request !== undefined,
});
