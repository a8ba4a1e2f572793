import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdirSync } from 'node:fs';
import { inGit } from './git.ts';
import { graphql } from './graphql.ts';
import { PULL_ROUTES } from './pulls.ts';
import { notFound, ROUTES } from './routes.ts';
import type { FakeAnswer, FakeRepository, FakeRequest } from './state.ts';

export interface FakeGitHub {
  /** Where its API is. */
  readonly url: string;
  readonly repo: FakeRepository;
  /** Every request, as `GET /path`. */
  readonly requests: string[];
  close(): Promise<void>;
}

const NOW = 'Thu, 01 Jan 2026 00:00:00 GMT';

/** A GitHub on loopback with one repository, whose branches are those of a bare repository on the disk. */
export async function startFakeGitHub(git: string): Promise<FakeGitHub> {
  mkdirSync(git, { recursive: true });
  inGit(git, 'init', '--quiet', '--bare', '--initial-branch=main', git);
  const repo: FakeRepository = {
    owner: 'octo',
    name: 'calc',
    git,
    tokens: new Map([['token-that-may-push', 'push']]),
    archived: false,
    pageSize: 2,
    methods: { merge: true, squash: true, rebase: true },
    pulls: [],
    issues: [],
    comments: [],
    checks: new Map(),
    statuses: new Map(),
    protection: new Map(),
    rules: new Map(),
    threads: new Map(),
    limit: 'none',
    broken: false,
  };
  const requests: string[] = [];
  const server = createServer((incoming, response) => {
    serve(repo, requests, incoming, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  // What blocks this process for longer than that would have its next request on a closed connection.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    repo,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function serve(
  repo: FakeRepository,
  requests: string[],
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? ''}`);
  const text = Buffer.concat(chunks).toString('utf8');
  const request: FakeRequest = {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    body: text === '' ? {} : JSON.parse(text),
  };
  requests.push(`${request.method} ${request.path}`);
  if (repo.broken) {
    response.destroy();
    return;
  }
  const answer = limited(repo) ?? answerTo(repo, request, incoming.headers.authorization, url);
  const isText = typeof answer.body === 'string';
  response.writeHead(answer.status, {
    date: NOW,
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '4999',
    ...answer.headers,
  });
  response.end(isText ? answer.body : JSON.stringify(answer.body ?? {}));
}

function limited({ limit }: FakeRepository): FakeAnswer | null {
  if (limit === 'primary')
    return {
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1767229200' },
      body: { message: 'API rate limit exceeded for user ID 1.' },
    };
  if (limit === 'secondary')
    return {
      status: 429,
      headers: { 'retry-after': '60' },
      body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' },
    };
  return null;
}

function answerTo(repo: FakeRepository, request: FakeRequest, authorization: string | undefined, url: URL): FakeAnswer {
  const token = /^(?:token|bearer) (.+)$/iu.exec(authorization ?? '')?.[1] ?? '';
  const may = repo.tokens.get(token);
  if (may === undefined) return { status: 401, body: { message: 'Bad credentials' } };
  if (request.path === '/graphql') return may === 'none' ? graphql(null, request) : graphql(repo, request);
  if (repo.fork && request.path === `/repos/${repo.fork.owner}/${repo.name}`) return forkAbout(repo, repo.fork.owner);
  const root = `/repos/${repo.owner}/${repo.name}`;
  if (may === 'none' || !(request.path === root || request.path.startsWith(`${root}/`))) return notFound();
  const below = `${request.method} ${request.path.slice(root.length)}`;
  for (const { at, writes, answer } of [...PULL_ROUTES, ...ROUTES]) {
    const parts = at.exec(below);
    if (!parts) continue;
    // Whoever reads a repository may open a pull request from a fork.
    if (writes && may !== 'push' && !String(request.body['head'] ?? '').includes(':'))
      return { status: 403, body: { message: 'Resource not accessible by personal access token' } };
    const found = answer(repo, request, parts.slice(1));
    if (!('list' in found)) return below === 'GET ' ? withPermissions(found, may) : found;
    return page(repo, found, request, url);
  }
  return notFound();
}

const forkAbout = (repo: FakeRepository, owner: string): FakeAnswer => ({
  status: 200,
  body: {
    full_name: `${owner}/${repo.name}`,
    html_url: `https://github.com/${owner}/${repo.name}`,
    default_branch: 'main',
    archived: false,
    fork: true,
    parent: { html_url: `https://github.com/${repo.owner}/${repo.name}` },
    permissions: { admin: true, push: true, pull: true },
  },
});

const withPermissions = (answer: FakeAnswer, may: string): FakeAnswer => ({
  ...answer,
  body: { ...(answer.body as object), permissions: { admin: false, push: may === 'push', pull: true } },
});

function page(
  { pageSize }: FakeRepository,
  { list, wrap }: { list: readonly unknown[]; wrap?: (page: readonly unknown[], total: number) => unknown },
  { query }: FakeRequest,
  url: URL,
): FakeAnswer {
  const size = Math.min(pageSize, Number(query.get('per_page') ?? 30));
  const number = Number(query.get('page') ?? 1);
  const items = list.slice((number - 1) * size, number * size);
  const next = new URL(url);
  next.searchParams.set('page', String(number + 1));
  return {
    status: 200,
    headers: number * size < list.length ? { link: `<${next.href}>; rel="next", <${next.href}>; rel="last"` } : {},
    body: wrap ? wrap(items, list.length) : items,
  };
}
