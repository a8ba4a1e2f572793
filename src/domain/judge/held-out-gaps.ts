import { blocks, known, type Gap } from '../goal/gap.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import type { WithHeldOut } from '../held-out/evidence.ts';
import { assessHeldOut } from '../held-out/assess.ts';
import { hiddenOf, visibleOf } from '../held-out/options.ts';
import { heldOutGates, heldOutRuns } from '../held-out/runs.ts';

/** The subject of gaps about held-out checks. */
export const HELD_OUT = 'held-out';

/** Says how many and nothing of what they are: an agent is told of every gap. */
export function heldOutGaps(state: WithHeldOut, candidate: TreeId): readonly Gap[] {
  const found = assessHeldOut(state, candidate);
  switch (found.kind) {
    case 'none':
    case 'shown':
      return [];
    case 'needs':
      return [
        blocks('G_GATE_PENDING', HELD_OUT, 'the held-out checks have not run on the candidate', 'omk goal resume'),
      ];
    case 'no_oracle':
      return [
        blocks(
          'G_HELD_OUT',
          HELD_OUT,
          'the held-out checks do not fail where they must',
          'a new omk run with other checks',
        ),
      ];
    case 'not_shown': {
      const count = found.failed > 0 ? ` (${found.failed})` : '';
      return [
        blocks(
          'G_HELD_OUT',
          HELD_OUT,
          hiddenOf(state).length === 0
            ? `the checks of the plan do not pass${count}: ${pathsOf(visibleOf(state))}`
            : `hidden checks do not pass${count}: they ask for the ` +
                `same as the goal, of other cases than the tests that can be seen`,
          'omk goal show, then omk goal resume',
        ),
      ];
    }
  }
}

const pathsOf = (files: readonly { readonly path: RepoPath }[]): string =>
  files
    .slice(0, 5)
    .map(({ path }) => path)
    .join(', ');

/** What held-out checks do not show, or that there are none. */
export function heldOutLimits(state: WithHeldOut, candidate: TreeId, agentInOpen: boolean): readonly Gap[] {
  const found = assessHeldOut(state, candidate);
  if (found.kind === 'none' || hiddenOf(state).length === 0)
    return [
      known(
        'K_NO_HELD_OUT',
        'tests',
        'no held-out check ran: forgery inside the test process and special-casing of visible tests are not excluded',
      ),
    ];
  const open = heldOutGates(state).find(
    (gate) =>
      gate.network ||
      heldOutRuns(state, gate, candidate).some(
        ({ sandbox, outcome }) => sandbox.kind === 'none' && outcome.kind !== 'not_started',
      ),
  );
  const openGate = open ? `gate ${open.id} may write or send what it sees` : null;
  const why = agentInOpen ? 'the agent ran without a sandbox' : openGate;
  return [
    ...(why === null
      ? []
      : [known('K_HELD_OUT_IN_SIGHT', HELD_OUT, `the agent may have seen held-out checks: ${why}`)]),
    ...(found.kind === 'shown' && found.canary === 'none'
      ? [known('K_NO_CANARY', HELD_OUT, 'no canary could be planted in the held-out checks')]
      : []),
  ];
}
