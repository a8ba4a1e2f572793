import { commitOf } from './git.ts';
import type { FakeAnswer, FakeRepository, FakeRequest } from './state.ts';

export interface Route {
  /** The method and the path below the repository. */
  readonly at: RegExp;
  readonly writes?: true;
  /** A list is given in pages; `wrap` puts a page into its envelope. */
  readonly answer: (
    repo: FakeRepository,
    request: FakeRequest,
    parts: readonly string[],
  ) =>
    | FakeAnswer
    | { readonly list: readonly unknown[]; readonly wrap?: (page: readonly unknown[], total: number) => unknown };
}

export const notFound = (): FakeAnswer => ({
  status: 404,
  body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
});

export const invalid = (resource: string, field: string, code: string, message?: string): FakeAnswer => ({
  status: 422,
  body: {
    message: 'Validation Failed',
    errors: [{ resource, field, code, ...(message === undefined ? {} : { message }) }],
  },
});

const issueJson = (repo: FakeRepository, { number, title, body, state }: FakeRepository['issues'][number]) => ({
  number,
  html_url: `https://github.com/${repo.owner}/${repo.name}/issues/${number}`,
  title,
  body,
  state,
});

export const ROUTES: readonly Route[] = [
  {
    at: /^GET $/u,
    answer: (repo) => ({
      status: 200,
      body: {
        full_name: `${repo.owner}/${repo.name}`,
        html_url: `https://github.com/${repo.owner}/${repo.name}`,
        default_branch: 'main',
        archived: repo.archived,
        ...(repo.parent === undefined ? {} : { fork: true, parent: { html_url: repo.parent } }),
        allow_merge_commit: repo.methods.merge,
        allow_squash_merge: repo.methods.squash,
        allow_rebase_merge: repo.methods.rebase,
      },
    }),
  },
  {
    at: /^GET \/branches\/(.+)$/u,
    answer: (repo, _, [branch = '']) => {
      const sha = commitOf(repo.git, decodeURIComponent(branch));
      if (sha === null) return { status: 404, body: { message: 'Branch not found' } };
      const required = repo.protection.get(decodeURIComponent(branch));
      return {
        status: 200,
        body: {
          name: branch,
          commit: { sha },
          protected: required !== undefined,
          protection: {
            enabled: required !== undefined,
            required_status_checks: {
              enforcement_level: required ? 'non_admins' : 'off',
              contexts: (required ?? []).map(({ context }) => context),
              checks: required ?? [],
            },
          },
        },
      };
    },
  },
  {
    at: /^GET \/rules\/branches\/(.+)$/u,
    answer: (repo, _, [branch = '']) => ({ list: repo.rules.get(decodeURIComponent(branch)) ?? [] }),
  },
  {
    at: /^GET \/commits\/([^/]+)\/check-runs$/u,
    answer: (repo, _, [ref = '']) => ({
      list: (repo.checks.get(ref) ?? []).map(({ log: _log, summary, ...run }) => ({
        ...run,
        html_url: `https://github.com/${repo.owner}/${repo.name}/runs/${run.id}`,
        output: { title: null, summary },
      })),
      wrap: (page, total) => ({ total_count: total, check_runs: page }),
    }),
  },
  {
    at: /^GET \/commits\/([^/]+)\/status$/u,
    answer: (repo, _, [ref = '']) => ({
      list: (repo.statuses.get(ref) ?? []).map((each) => ({ ...each, target_url: null })),
      wrap: (page, total) => ({ state: 'pending', total_count: total, statuses: page }),
    }),
  },
  {
    at: /^GET \/actions\/jobs\/(\d+)\/logs$/u,
    answer: (repo, _, [id = '']) => {
      const run = [...repo.checks.values()].flat().find((each) => each.id === Number(id));
      return run ? { status: 200, body: run.log, headers: { 'content-type': 'text/plain' } } : notFound();
    },
  },
  {
    at: /^GET \/issues$/u,
    answer: (repo, { query }) => {
      const labels = (query.get('labels') ?? '').split(',').filter(Boolean);
      const listed = [
        ...repo.issues.map((each) => ({ each, labels: each.labels ?? [], more: {} })),
        ...repo.pulls.map((each) => ({ each, labels: each.labels, more: { pull_request: {} } })),
      ].filter(({ each, labels: its }) => each.state === 'open' && labels.every((label) => its.includes(label)));
      return { list: listed.map(({ each, more }) => ({ ...issueJson(repo, each), ...more })) };
    },
  },
  {
    at: /^GET \/issues\/(\d+)$/u,
    answer: (repo, _, [number = '']) => {
      const issue = repo.issues.find((each) => each.number === Number(number));
      if (issue) return { status: 200, body: issueJson(repo, issue) };
      const pull = repo.pulls.find((each) => each.number === Number(number));
      return pull ? { status: 200, body: { ...issueJson(repo, pull), pull_request: {} } } : notFound();
    },
  },
  {
    at: /^GET \/issues\/(\d+)\/comments$/u,
    answer: (repo, _, [number = '']) => ({ list: repo.comments.filter(({ issue }) => issue === Number(number)) }),
  },
  {
    at: /^POST \/issues\/(\d+)\/comments$/u,
    writes: true,
    answer: (repo, { body }, [number = '']) => {
      const comment = { id: repo.comments.length + 1, issue: Number(number), body: String(body['body']) };
      repo.comments.push(comment);
      return { status: 201, body: comment };
    },
  },
  {
    at: /^PATCH \/issues\/comments\/(\d+)$/u,
    writes: true,
    answer: (repo, { body }, [id = '']) => {
      const comment = repo.comments.find((each) => each.id === Number(id));
      if (!comment) return notFound();
      comment.body = String(body['body']);
      return { status: 200, body: comment };
    },
  },
];
