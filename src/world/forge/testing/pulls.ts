import { commitOf, inGit, mergeOn } from './git.ts';
import { invalid, notFound, type Route } from './routes.ts';
import type { FakeAnswer, FakePull, FakeRepository, FakeRequest } from './state.ts';

function pullJson(repo: FakeRepository, pull: FakePull) {
  const full = `${repo.owner}/${repo.name}`;
  const side = (ref: string, sha: string | null, owner = repo.owner) => ({
    ref,
    sha: sha ?? '0'.repeat(40),
    label: `${owner}:${ref}`,
    repo: { full_name: `${owner}/${repo.name}` },
  });
  return {
    number: pull.number,
    html_url: `https://github.com/${full}/pull/${pull.number}`,
    state: pull.state,
    draft: pull.draft,
    title: pull.title,
    body: pull.body,
    head: side(pull.head, pull.lastHead ?? headOf(repo, pull), pull.fork),
    base: side(pull.base, commitOf(repo.git, pull.base)),
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.sha ?? null,
    mergeable: pull.state === 'open' ? true : null,
    mergeable_state: 'clean',
    labels: pull.labels.map((name) => ({ name })),
  };
}

/** What the head of a pull request has now; the objects of a fork come with it, as `refs/pull`. */
function headOf(
  repo: FakeRepository,
  { number, head, fork }: Pick<FakePull, 'number' | 'head' | 'fork'>,
): string | null {
  if (fork === undefined) return commitOf(repo.git, head);
  if (repo.fork?.owner !== fork || commitOf(repo.fork.git, head) === null) return null;
  inGit(repo.git, 'fetch', '--quiet', repo.fork.git, `+refs/heads/${head}:refs/pull/${number}/head`);
  return commitOf(repo.fork.git, head);
}

function open(repo: FakeRepository, { body }: FakeRequest): FakeAnswer {
  const [owner, named] = String(body['head']).includes(':')
    ? String(body['head']).split(':')
    : [repo.owner, body['head']];
  const [head, base] = [String(named), String(body['base'])];
  const fork = owner === undefined || owner === repo.owner ? {} : { fork: owner };
  const number = repo.pulls.length + repo.issues.length + 1;
  const [from, into] = [headOf(repo, { number, head, ...fork }), commitOf(repo.git, base)];
  if (from === null) return invalid('PullRequest', 'head', 'invalid');
  if (into === null) return invalid('PullRequest', 'base', 'invalid');
  if (inGit(repo.git, 'rev-list', '--count', `${into}..${from}`) === '0')
    return invalid('PullRequest', '', 'custom', `No commits between ${base} and ${head}`);
  if (
    repo.pulls.some(
      (pull) => pull.state === 'open' && pull.head === head && pull.fork === fork.fork && pull.base === base,
    )
  )
    return invalid('PullRequest', '', 'custom', `A pull request already exists for ${owner}:${head}.`);
  const text = String(body['body'] ?? '');
  if (text.length > 65_536)
    return invalid('PullRequest', 'body', 'custom', 'body is too long (maximum is 65536 characters)');
  const pull: FakePull = {
    number,
    ...fork,
    title: String(body['title']),
    body: text,
    state: 'open',
    draft: body['draft'] === true,
    head,
    base,
    merged: null,
    lastHead: null,
    labels: [],
    assignees: [],
    reviewers: [],
  };
  repo.pulls.push(pull);
  return { status: 201, body: pullJson(repo, pull) };
}

function merge(repo: FakeRepository, pull: FakePull, { body }: FakeRequest): FakeAnswer {
  const method = String(body['merge_method'] ?? 'merge');
  const refused = (status: number, message: string): FakeAnswer => ({ status, body: { message } });
  if (pull.state !== 'open') return refused(405, 'Pull Request is not mergeable');
  if (pull.draft) return refused(405, 'Pull Request is still a draft');
  const [head, base] = [headOf(repo, pull), commitOf(repo.git, pull.base)];
  if (head === null || base === null) return refused(405, 'Pull Request is not mergeable');
  if (body['sha'] !== undefined && body['sha'] !== head)
    return refused(409, 'Head branch was modified. Review and try the merge again.');
  if (method !== 'merge' && method !== 'squash' && method !== 'rebase') return refused(422, 'Validation Failed');
  if (!repo.methods[method]) return refused(405, `${method} merges are not allowed on this repository.`);
  const required = repo.protection.get(pull.base) ?? [];
  const passed = new Set(
    (repo.checks.get(head) ?? []).filter(({ conclusion }) => conclusion === 'success').map(({ name }) => name),
  );
  if (required.some(({ context }) => !passed.has(context)))
    return refused(405, `${required.length} of ${required.length} required status checks are expected.`);
  const sha = mergeOn(repo.git, base, head, method, `${pull.title} (#${pull.number})`);
  if (sha === null) return refused(405, 'Merge conflict');
  inGit(repo.git, 'update-ref', `refs/heads/${pull.base}`, sha, base);
  Object.assign(pull, { state: 'closed', merged: { sha, at: '2026-01-01T00:00:00Z' }, lastHead: head });
  return { status: 200, body: { sha, merged: true, message: 'Pull Request successfully merged' } };
}

const named = (repo: FakeRepository, number: string): FakePull | undefined =>
  repo.pulls.find((pull) => pull.number === Number(number));

const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

export const PULL_ROUTES: readonly Route[] = [
  {
    at: /^GET \/pulls$/u,
    answer: (repo, { query }) => {
      const [owner, head] = query.get('head')?.split(':') ?? [];
      const state = query.get('state') ?? 'open';
      return {
        list: repo.pulls
          .filter(
            (pull) =>
              (head === undefined || (pull.head === head && (pull.fork ?? repo.owner) === owner)) &&
              (state === 'all' || pull.state === state),
          )
          .toReversed()
          .map((pull) => pullJson(repo, pull)),
      };
    },
  },
  { at: /^POST \/pulls$/u, writes: true, answer: open },
  {
    at: /^GET \/pulls\/(\d+)$/u,
    answer: (repo, _, [number = '']) => {
      const pull = named(repo, number);
      return pull ? { status: 200, body: pullJson(repo, pull) } : notFound();
    },
  },
  {
    at: /^PATCH \/pulls\/(\d+)$/u,
    writes: true,
    answer: (repo, { body }, [number = '']) => {
      const pull = named(repo, number);
      if (!pull) return notFound();
      if (typeof body['title'] === 'string') pull.title = body['title'];
      if (typeof body['body'] === 'string') pull.body = body['body'];
      return { status: 200, body: pullJson(repo, pull) };
    },
  },
  {
    at: /^PUT \/pulls\/(\d+)\/merge$/u,
    writes: true,
    answer: (repo, request, [number = '']) => {
      const pull = named(repo, number);
      return pull ? merge(repo, pull, request) : notFound();
    },
  },
  {
    at: /^POST \/issues\/(\d+)\/(labels|assignees)$/u,
    writes: true,
    answer: (repo, { body }, [number = '', what = '']) => {
      const pull = named(repo, number);
      if (!pull) return notFound();
      (what === 'labels' ? pull.labels : pull.assignees).push(...strings(body[what]));
      return { status: what === 'labels' ? 200 : 201, body: [] };
    },
  },
  {
    at: /^POST \/pulls\/(\d+)\/requested_reviewers$/u,
    writes: true,
    answer: (repo, { body }, [number = '']) => {
      const pull = named(repo, number);
      if (!pull) return notFound();
      pull.reviewers.push(...strings(body['reviewers']), ...strings(body['team_reviewers']));
      return { status: 201, body: pullJson(repo, pull) };
    },
  },
];
