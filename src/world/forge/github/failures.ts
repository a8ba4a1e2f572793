import { OmkError } from '../../../domain/error.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { redact } from '../../../domain/text/redact.ts';

interface Failed {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly answered: boolean;
}

/** The parts of an error of octokit that say what happened; null for anything else. */
function read(error: unknown): Failed | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  const response = 'response' in error && typeof error.response === 'object' ? error.response : null;
  const headers = response && 'headers' in response ? response.headers : {};
  return {
    status: error.status,
    message: error.message,
    headers: headers as Failed['headers'],
    answered: response !== null && response !== undefined,
  };
}

export const statusOf = (error: unknown): number | null => {
  const failed = read(error);
  return failed?.answered ? failed.status : null;
};

/** A failure of GitHub's API as one sentence; `what` was asked for. Anything that is not one is passed on as it is. */
export function githubFailure(error: unknown, what: string, host: string, secret: string | null): unknown {
  if (error instanceof OmkError) return error;
  if (error instanceof Error && error.name === 'GraphqlResponseError') return graphqlFailure(error, what, host);
  const failed = read(error);
  if (failed === null) return error;
  const said = saidBy(failed.message, secret);
  if (!failed.answered)
    return new OmkError(
      'FORGE_UNREACHABLE',
      `${host} cannot be reached: ${said}`,
      'check the network, then run the command again: nothing was lost',
      { exit: 4 },
    );
  return rateLimit(failed, host) ?? byStatus(failed.status, said, what, host);
}

const saidBy = (message: string, secret: string | null): string =>
  cleanLine(redact(message.replace(/ - https:\/\/docs\.github\.com\S*/gu, ''), secret === null ? [] : [secret]), 300);

function byStatus(status: number, said: string, what: string, host: string): OmkError {
  const exit = { exit: 4 };
  if (status === 401)
    return new OmkError('FORGE_NO_LOGIN', `${host} does not accept the login: ${said}`, LOGIN_FIX, exit);
  if (status === 403)
    return new OmkError(
      'FORGE_NO_PERMISSION',
      `${host} does not allow this login to ${what}: ${said}`,
      'a token that may write contents and pull requests of this repository, or gh auth refresh --scopes repo',
      exit,
    );
  if (status === 404 || status === 410)
    return new OmkError(
      'FORGE_NOT_FOUND',
      `${host} could not ${what}: there is no such thing, or this login may not see it`,
      'check the remote (git remote -v) and the login (gh auth status)',
      exit,
    );
  if (status >= 500)
    return new OmkError('FORGE_UNAVAILABLE', `${host} could not ${what} (HTTP ${status})`, 'try again later', exit);
  return new OmkError(
    'FORGE_REFUSED',
    `${host} refused to ${what}: ${said}`,
    'correct it, then run the command again',
    exit,
  );
}

export const LOGIN_FIX = 'gh auth login, or a token in GH_TOKEN';

/** The first limit gives 403 or 429 with none left, the second one with a time to wait. */
function rateLimit({ status, headers, message }: Failed, host: string): OmkError | null {
  if (status !== 403 && status !== 429) return null;
  const after = Number(headers['retry-after']);
  const reset = Number(headers['x-ratelimit-reset']);
  const spent = String(headers['x-ratelimit-remaining']) === '0';
  if (!spent && !Number.isFinite(after) && !/rate limit|abuse/iu.test(message)) return null;
  const at = Date.parse(String(headers['date'] ?? ''));
  const until = spent && reset > 0 ? reset * 1000 : at + (Number.isFinite(after) ? after : 60) * 1000;
  const when = Number.isFinite(until) ? `until ${new Date(until).toISOString()}` : 'for now';
  return new OmkError(
    'FORGE_RATE_LIMIT',
    `The rate limit of ${host} is used up ${when}`,
    'run the command again after that',
    {
      exit: 4,
    },
  );
}

function graphqlFailure(error: Error, what: string, host: string): OmkError {
  const errors: readonly unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const types = errors.map((each) =>
    typeof each === 'object' && each !== null && 'type' in each ? String(each.type) : '',
  );
  if (types.includes('RATE_LIMITED'))
    return new OmkError('FORGE_RATE_LIMIT', `The rate limit of ${host} is used up`, 'run the command again later', {
      exit: 4,
    });
  if (types.includes('NOT_FOUND')) return byStatus(404, '', what, host);
  if (types.includes('FORBIDDEN')) return byStatus(403, cleanLine(error.message, 300), what, host);
  return byStatus(422, cleanLine(error.message, 300), what, host);
}
