import { blocks, known, type Gap } from '../goal/gap.ts';
import type { GoalState } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';
import { isDocumentation } from './documentation.ts';

/** What a candidate changes although the class of the goal does not let it. */
export function writeSetGaps(state: GoalState, candidate: TreeId): readonly Gap[] {
  if (state.plan?.class !== 'docs') return [];
  const outside = changed(state, candidate).filter((path) => !isDocumentation(path));
  if (outside.length === 0) return [];
  const more = outside.length > 5 ? `, and ${outside.length - 5} more` : '';
  return [
    blocks(
      'G_WRITE_SET',
      'changes',
      `only documentation may change for this goal, and these do too: ${outside.slice(0, 5).join(', ')}${more}`,
      'omk goal diff, then omk goal resume; or a new omk run without --class docs',
    ),
  ];
}

/** How little is shown of documentation. */
export const writeSetLimits = (state: GoalState, candidate: TreeId): readonly Gap[] =>
  state.plan?.class === 'docs' && state.plan.criteria.length === 0 && changed(state, candidate).length > 0
    ? [known('K_DOCS_ONLY', 'changes', 'nothing shows what the changed documentation says: --class docs was asked for')]
    : [];

const changed = ({ examined }: GoalState, candidate: TreeId) =>
  examined.get(candidate)?.changes.map(({ path }) => path) ?? [];
