import { Octokit } from '@octokit/core';
import { OmkError } from '../../../domain/error.ts';
import { githubFailure } from './failures.ts';
import type { Transport } from './gh.ts';

export interface Client {
  readonly octokit: Octokit;
  readonly host: string;
  /** Performs a request; a failure becomes one sentence that says what was asked for. */
  ask<T>(what: string, request: (octokit: Octokit) => Promise<T>): Promise<T>;
}

export function openClient(options: {
  readonly host: string;
  readonly base: string;
  readonly token: string | null;
  /** Null: over HTTP. */
  readonly transport: Transport | null;
}): Client {
  const { host, base, token } = options;
  const silent = () => undefined;
  const octokit = new Octokit({
    baseUrl: base,
    userAgent: 'omk',
    log: { debug: silent, info: silent, warn: silent, error: silent },
    ...(token === null ? {} : { auth: token }),
    request: { ...(options.transport === null ? {} : { fetch: options.transport }), timeout: 60_000 },
  });
  return {
    octokit,
    host,
    ask: async (what, request) => {
      try {
        return await request(octokit);
      } catch (error) {
        throw githubFailure(error, what, host, token);
      }
    },
  };
}

const MAX_PAGES = 50;

/** Everything on all pages. `OmkError` `FORGE_REFUSED` where they do not end: a part would be taken for all. */
export async function allPages<T>(
  page: (number: number) => Promise<{ readonly headers: { readonly link?: string | undefined }; readonly data: T }>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (let number = 1; number <= MAX_PAGES; number++) {
    const { headers, data } = await page(number);
    found.push(data);
    if (!/<[^>]*>;\s*rel="next"/u.test(headers.link ?? '')) return found;
  }
  throw new OmkError(
    'FORGE_REFUSED',
    `The forge has more than ${MAX_PAGES} pages of what was asked for`,
    'look at it on the web page of the forge',
    { exit: 4 },
  );
}
