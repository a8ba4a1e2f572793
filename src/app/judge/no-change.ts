import { OmkError } from '../../domain/error.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import type { FoundChange } from '../../world/git/port.ts';
import type { JudgeRequest } from './request.ts';

type Found = Pick<FoundChange, 'tree' | 'commit' | 'name' | 'base'>;

/** A clean working tree is no work that came to nothing, unless something was to be seen of it. `OmkError` `NOTHING_TO_JUDGE`. */
export function requireChange(found: Found, { expect = 'no-regression' }: Pick<JudgeRequest, 'expect'>): void {
  const { tree, base, name } = found;
  if (tree !== base.tree || expect !== 'no-regression') return;
  throw new OmkError(
    'NOTHING_TO_JUDGE',
    `There is nothing to judge: ${cleanLine(name)} is the same as commit ${base.commit.slice(0, 12)} (${cleanLine(base.why)})`,
    `${hint(found)}; --base <commit> compares with another one`,
  );
}

/** The end of a range may be older than its start. */
function hint({ commit, base, name }: Found): string {
  const [, from, to] = /^(.+?)\.\.\.?(.+)$/u.exec(name) ?? [];
  return from === undefined || to === undefined || commit !== base.commit || base.why === from
    ? 'omk judge HEAD~1..HEAD judges the last commit'
    : `omk judge ${cleanLine(to)}..${cleanLine(from)} judges the other way round`;
}
