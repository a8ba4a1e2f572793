import { OmkError } from '../../domain/error.ts';
import { EXPECTATIONS, type Expectation } from '../../domain/plan/given.ts';
import type { AskedChange } from '../../world/git/port.ts';
import type { JudgeRequest } from './request.ts';

export interface AskedPullRequest {
  readonly kind: 'pull_request';
  readonly text: string;
}

const baseTwice = (what: string, name: string): OmkError =>
  new OmkError('BASE_TWICE', `The ${what} '${name}' has a base, and --base is another`, 'leave one of them out');

/** What a request names. `OmkError` `RANGE_INVALID`, `BASE_TWICE`. */
export function asked({
  change,
  base,
  since,
}: Pick<JudgeRequest, 'change' | 'base' | 'since'>): AskedChange | AskedPullRequest {
  if (change === undefined)
    return { kind: 'working_tree', base: base ?? null, ...(since === undefined ? {} : { since }) };
  if (typeof change !== 'string' && 'pullRequest' in change) {
    if (base !== undefined) throw baseTwice('pull request', change.pullRequest);
    return { kind: 'pull_request', text: change.pullRequest };
  }
  if (typeof change !== 'string')
    return 'staged' in change
      ? { kind: 'staged', base: base ?? null }
      : { kind: 'tree', tree: change.tree, base: base ?? null };
  if (base !== undefined) throw baseTwice('range', change);
  return rangeOf(change);
}

/** A word that is none must not be taken for less than was meant. `OmkError` `FLAG_INVALID`. */
export function expectationOf(text: string): Expectation {
  const found = EXPECTATIONS.find((each) => each === text);
  if (found) return found;
  throw new OmkError('FLAG_INVALID', `--expect must be ${EXPECTATIONS.join(', ')}, not '${text}'`, '--expect fix');
}

/** Ids of questions about changes end in the judged tree. `OmkError` `FLAG_INVALID`. */
export function requireQuestions(ids: readonly string[]): void {
  const wrong = ids.find((id) => !/^q-[a-z]+-[0-9a-f]{12}$/u.test(id));
  if (wrong === undefined) return;
  throw new OmkError(
    'FLAG_INVALID',
    `--accept must be the id of a question, not '${wrong}'`,
    'omk judge without it prints the question and its id, such as q-contract-1f2e3d4c5b6a',
  );
}

/** `A..B` and `A...B` are the same here: what came to B since it left A. */
function rangeOf(text: string): AskedChange {
  const [, from = '', to = ''] = /^(.*?)\.\.\.?(.*)$/s.exec(text) ?? [];
  if (/^\.*$/.test(text))
    throw new OmkError('RANGE_INVALID', `'${text}' is not a range of commits`, 'omk judge <base>..<commit>');
  if (from === '' && to === '')
    throw new OmkError(
      'RANGE_INVALID',
      `'${text}' is not a range of commits`,
      `${text === 'HEAD' ? '' : `omk judge ${text}..HEAD for what came since; `}omk judge ${text}~1..${text} for that commit alone`,
    );
  return { kind: 'range', from: from || 'HEAD', to: to || 'HEAD' };
}
