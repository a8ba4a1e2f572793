import { blocks, known, type Gap } from '../goal/gap.ts';
import type { GoalState } from '../goal/state.ts';
import { pathsOf, visibleOf } from '../held-out/options.ts';
import type { TreeId } from '../ids.ts';
import { isDocumentation } from '../contract/documentation.ts';
import { remembered } from '../remembered.ts';
import type { Task } from '../plan/plan.ts';
import { isWritable } from '../plan/safe-path.ts';

/** What a candidate changes although its task, or the class of the goal, does not let it. */
export function writeSetGaps(state: GoalState, candidate: TreeId): readonly Gap[] {
  return [...classGaps(state, candidate), ...taskGaps(state, candidate)];
}

const NO_TASKS: readonly Task[] = [];

/** A plan whose every task says what it may write lets nothing else change. */
function taskGaps(state: GoalState, candidate: TreeId): readonly Gap[] {
  const tasks = state.plan?.tasks ?? NO_TASKS;
  const writes = writesOfAll(tasks);
  if (writes.length === 0) return [];
  const given = new Set(pathsOf(visibleOf(state)));
  const outside = changed(state, candidate).filter((path) => !isWritable(writes, path) && !given.has(path));
  if (outside.length === 0) return [];
  return [
    blocks(
      'G_WRITE_SET',
      'changes',
      `the plan lets nothing but ${named(writes)} change, and these do too: ${named(outside)}`,
      'omk goal diff, then omk goal resume; or a new omk run with another plan',
    ),
  ];
}

/** Empty where a task may write anything. */
const writesOfAll = remembered((tasks: readonly Task[]): readonly string[] =>
  tasks.some(({ writes }) => writes.length === 0) ? [] : [...new Set(tasks.flatMap(({ writes }) => writes))],
);

const named = (list: readonly string[]): string =>
  `${list.slice(0, 5).join(', ')}${list.length > 5 ? `, and ${list.length - 5} more` : ''}`;

function classGaps(state: GoalState, candidate: TreeId): readonly Gap[] {
  const is = state.plan?.class;
  if (is !== 'docs' && is !== 'audit') return [];
  const outside = changed(state, candidate).filter((path) => is === 'audit' || !isDocumentation(path));
  if (outside.length === 0) return [];
  const rule =
    is === 'audit' ? 'no file may change in an audit' : 'only documentation may change for this goal, and these do too';
  return [
    blocks(
      'G_WRITE_SET',
      'changes',
      `${rule}: ${named(outside)}`,
      `omk goal diff, then omk goal resume; or a new omk run without --class ${is}`,
    ),
  ];
}

/** How little is shown of documentation, and of what was only looked at. */
export const writeSetLimits = (state: GoalState, candidate: TreeId): readonly Gap[] =>
  state.plan?.class === 'audit' ? [AUDITED] : docsLimits(state, candidate);

const AUDITED = known(
  'K_AUDIT_ONLY',
  'changes',
  'no file changed, and nothing shows that what the agent found is right or complete: --class audit was asked for',
);

const docsLimits = (state: GoalState, candidate: TreeId): readonly Gap[] =>
  state.plan?.class === 'docs' && state.plan.criteria.length === 0 && changed(state, candidate).length > 0
    ? [known('K_DOCS_ONLY', 'changes', 'nothing shows what the changed documentation says: --class docs was asked for')]
    : [];

const changed = ({ examined }: GoalState, candidate: TreeId) =>
  examined.get(candidate)?.changes.map(({ path }) => path) ?? [];
