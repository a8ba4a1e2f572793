import { blocks, known, type Gap } from '../goal/gap.ts';
import { answerTo, type GoalState } from '../goal/state.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import { oracleLimits } from './oracle-limits.ts';
import { assessFaults, faultsText, isShallow } from './faults.ts';
import { isAcceptedUnshown, isUnshown } from '../own-tests/accepted.ts';
import { assessOwnTests, takenAway } from '../own-tests/assess.ts';
import { notNoticed } from './tests-of-tasks.ts';

/** The subject of gaps about tests that the worker adds. */
export const OWN_TESTS = 'own-tests';

export function ownTestGaps(state: GoalState, candidate: TreeId): readonly Gap[] {
  const found = assessOwnTests(state, candidate);
  switch (found.kind) {
    case 'none':
      return [];
    case 'shown':
      return notNoticed(state, candidate).map(({ criterion: { id, text }, tasks }) =>
        blocks(
          'G_OWN_TESTS',
          id,
          `of the tests of ${tasks.join(', ')} none fails where ${takenAway(found.hollowed)}: nothing shows "${text}"`,
          'omk goal resume',
        ),
      );
    case 'documentation':
      return isAccepted(state, candidate)
        ? []
        : [
            blocks(
              'G_DOCS_ONLY',
              OWN_TESTS,
              `only documentation changed (${named(found.paths)}), which no test can show`,
              'omk goal diff, then omk goal answer --accept or --reject "<why>"',
            ),
          ];
    case 'unmeasured':
      return [blocks('G_GATE_PENDING', OWN_TESTS, 'the new tests have not run', 'omk goal resume')];
    case 'needs_hollow':
    case 'needs':
      return [blocks('G_GATE_PENDING', OWN_TESTS, 'the new tests have not run without the change', 'omk goal resume')];
    case 'not_shown':
      if (isUnshown(found) && isAcceptedUnshown(state, candidate)) return [];
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

const isAccepted = (state: GoalState, candidate: TreeId): boolean =>
  answerTo(state, 'docs_only', candidate)?.kind === 'accept';

/** Who says that the goal is done, and how much that is worth. */
export function ownTestLimits(state: GoalState, candidate: TreeId): readonly Gap[] {
  const found = assessOwnTests(state, candidate);
  if (found.kind === 'documentation')
    return isAccepted(state, candidate)
      ? [
          known(
            'K_DOCS_ONLY',
            OWN_TESTS,
            `only documentation changed (${named(found.paths)}): a person accepted it, and nothing else shows that it says ` +
              'what was asked for',
          ),
        ]
      : [];
  const byPerson =
    isUnshown(found) && isAcceptedUnshown(state, candidate)
      ? [
          known(
            'K_SHOWN_BY_PERSON',
            OWN_TESTS,
            'no test shows that the change does what was asked: a person accepted it, and nothing else says so',
          ),
        ]
      : [];
  if (state.plan?.oracle === 'agent')
    return [...byPerson, ...oracleLimits(state, candidate), ...faultLimits(state, candidate)];
  if (found.kind !== 'shown') return byPerson;
  const { added, noticed, hollowed } = found;
  const agent = state.created?.agent?.name ?? 'the agent';
  return [
    known(
      'K_ORACLE_BY_WORKER',
      OWN_TESTS,
      `${agent} wrote the tests that show the goal, with the change, and no person read them: ` +
        `${noticed.length} of ${added.length} new tests fail where ${takenAway(hollowed)}`,
    ),
    ...faultLimits(state, candidate),
  ];
}

/** How closely the tests look at the change, where that is little or not known. */
function faultLimits(state: GoalState, candidate: TreeId): readonly Gap[] {
  const own = assessOwnTests(state, candidate);
  if (own.kind !== 'shown' || own.hollowed.faults === undefined) return [];
  if (own.hollowed.how === 'taken_back')
    return [
      known(
        'K_NOT_HOLLOWED',
        OWN_TESTS,
        'the change has no function that could be emptied, so all but its tests was taken back at once to see whether they notice',
      ),
    ];
  const found = assessFaults(state, candidate);
  if (found.kind === 'too_slow') return [known('K_NOT_PLANTED', OWN_TESTS, faultsText(found))];
  if (!isShallow(found)) return [];
  const names = `${found.unnoticed.slice(0, 5).join(', ')}${found.unnoticed.length > 5 ? ', …' : ''}`;
  return [
    known(
      'K_ORACLE_SHALLOW',
      OWN_TESTS,
      `the tests that show the goal look at little of the change: ${faultsText(found)}; not when these do nothing: ${names}`,
    ),
  ];
}

const named = (paths: readonly RepoPath[]): string =>
  `${paths.slice(0, 5).join(', ')}${paths.length > 5 ? `, and ${paths.length - 5} more` : ''}`;
