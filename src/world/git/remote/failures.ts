import { withoutCredentials } from '../../../domain/delivery/remote.ts';
import type { ErrorCode } from '../../../domain/error-code.ts';
import { OmkError } from '../../../domain/error.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { redact } from '../../../domain/text/redact.ts';
import type { GitOutput } from '../run.ts';

interface Known {
  readonly says: RegExp;
  readonly code: ErrorCode;
  readonly text: (remote: string) => string;
  readonly fix: string;
}

const anyOf = (...patterns: readonly string[]): RegExp => new RegExp(patterns.join('|'), 'iu');

/** What git says when a remote does not do what it is asked for, most telling first. */
const KNOWN: readonly Known[] = [
  {
    says: anyOf(
      String.raw`could not resolve host|couldn't connect|failed to connect|connection (?:refused|timed out|reset)`,
      String.raw`network is unreachable|operation timed out|no route to host|temporary failure in name resolution`,
      String.raw`could not resolve hostname`,
    ),
    code: 'REMOTE_UNREACHABLE',
    text: (remote) => `Remote '${remote}' cannot be reached`,
    fix: 'look at the network, then run the command again: nothing was lost',
  },
  {
    says: anyOf(
      String.raw`authentication failed|could not read (?:username|password)|terminal prompts disabled`,
      String.raw`permission denied \(publickey|invalid username or (?:password|token)|host key verification failed|error: 401`,
    ),
    code: 'REMOTE_NO_LOGIN',
    text: (remote) => `git is not logged in to remote '${remote}'`,
    fix: 'gh auth setup-git, or a credential helper or SSH key that git push works with',
  },
  {
    says: anyOf(
      String.raw`write access to repository not granted|permission to .* denied|error: 403|deploy key`,
      String.raw`not allowed to push|insufficient permission|permission denied`,
    ),
    code: 'REMOTE_NO_PERMISSION',
    text: (remote) => `You may not push to remote '${remote}'`,
    fix: 'fork the repository, add the fork as a remote, and give it with --remote',
  },
  {
    says: anyOf(
      String.raw`repository .*not found|does not appear to be a git repository|repository not exported|error: 404`,
    ),
    code: 'REMOTE_NOT_FOUND',
    text: (remote) => `Remote '${remote}' has no such repository, or you may not see it`,
    fix: 'git remote -v; correct the URL or log in',
  },
];

/** `OmkError` `REMOTE_UNREACHABLE`, `REMOTE_NO_LOGIN`, `REMOTE_NO_PERMISSION`, `REMOTE_NOT_FOUND`, `REMOTE_FAILED`; no token is in it. */
export function remoteFailure(remote: string, { stderr, stdout }: Pick<GitOutput, 'stderr' | 'stdout'>): OmkError {
  const all = `${stdout.toString('utf8')}\n${stderr}`;
  const known = KNOWN.find(({ says }) => says.test(all));
  const said = lastWords(stderr);
  if (known) return new OmkError(known.code, `${known.text(remote)}: ${said}`, known.fix, { exit: 4 });
  return new OmkError('REMOTE_FAILED', `git could not use remote '${remote}': ${said}`, 'git fetch says more', {
    exit: 4,
  });
}

/** The end of what git and the other side say, without credentials. */
export const lastWords = (text: string): string =>
  cleanLine(redact(withoutCredentials(text.trim().split('\n').slice(-4).join(' ')), []), 400);
