import { blocks, known, type Gap } from '../goal/gap.ts';
import { answerTo, type GoalState } from '../goal/state.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import { oracleLimits } from './oracle-limits.ts';
import { assessOwnTests, takenAway } from '../own-tests/assess.ts';

/** The subject of gaps about tests that the worker adds. */
export const OWN_TESTS = 'own-tests';

export function ownTestGaps(state: GoalState, candidate: TreeId): readonly Gap[] {
  const found = assessOwnTests(state, candidate);
  switch (found.kind) {
    case 'none':
    case 'shown':
      return [];
    case 'documentation':
      return answerTo(state, 'docs_only', candidate)?.kind === 'accept'
        ? []
        : [
            blocks(
              'G_DOCS_ONLY',
              OWN_TESTS,
              `only documentation changed (${named(found.paths)}), which no test can show`,
              'omk goal diff, then omk goal answer --accept or --reject "<why>"',
            ),
          ];
    case 'needs_hollow':
    case 'needs':
      return [blocks('G_GATE_PENDING', OWN_TESTS, 'the new tests have not run without the change', 'omk goal resume')];
    case 'not_shown':
      return [
        blocks(
          'G_OWN_TESTS',
          OWN_TESTS,
          found.text,
          'omk goal resume, or omk run --check "<command that fails now and must pass>"',
        ),
      ];
  }
}

/** Who says that the goal is done, and how much that is worth. */
export function ownTestLimits(state: GoalState, candidate: TreeId): readonly Gap[] {
  const found = assessOwnTests(state, candidate);
  if (found.kind === 'documentation')
    return [
      known(
        'K_DOCS_ONLY',
        OWN_TESTS,
        `only documentation changed (${named(found.paths)}): a person accepted it, and nothing else shows that it says what was asked for`,
      ),
    ];
  if (state.plan?.oracle === 'agent') return oracleLimits(state, candidate);
  if (found.kind !== 'shown') return [];
  const { added, noticed, hollowed } = found;
  const agent = state.created?.agent?.name ?? 'the agent';
  return [
    known(
      'K_ORACLE_BY_WORKER',
      OWN_TESTS,
      `${agent} wrote the tests that show the goal, with the change, and no person read them: ` +
        `${noticed.length} of ${added.length} new tests fail where ${takenAway(hollowed)}`,
    ),
  ];
}

const named = (paths: readonly RepoPath[]): string =>
  `${paths.slice(0, 5).join(', ')}${paths.length > 5 ? `, and ${paths.length - 5} more` : ''}`;
