import type { FakeAnswer, FakeRepository, FakeRequest } from './state.ts';

/** The one query that is asked: review threads of a pull request, in pages. Null: the repository may not be seen. */
export function graphql(repo: FakeRepository | null, { body }: FakeRequest): FakeAnswer {
  const variables = typeof body['variables'] === 'object' && body['variables'] !== null ? body['variables'] : {};
  const { number, after } = { number: 0, after: null, ...variables } as { number: number; after: string | null };
  if (repo === null || !repo.pulls.some((pull) => pull.number === number))
    return {
      status: 200,
      body: {
        data: { repository: null },
        errors: [{ type: 'NOT_FOUND', path: ['repository'], message: 'Could not resolve to a Repository.' }],
      },
    };
  const threads = repo.threads.get(number) ?? [];
  const from = after === null ? 0 : Number(after);
  const to = from + repo.pageSize;
  const nodes = threads.slice(from, to).map(({ comments, ...thread }) => ({
    ...thread,
    comments: {
      nodes: comments.map(({ login, body: text }) => ({ author: login === null ? null : { login }, body: text })),
    },
  }));
  const pageInfo = { hasNextPage: to < threads.length, endCursor: String(to) };
  return { status: 200, body: { data: { repository: { pullRequest: { reviewThreads: { pageInfo, nodes } } } } } };
}
