import { known, type Gap } from '../goal/gap.ts';
import type { AttemptState, GoalState } from '../goal/state.ts';
import { hiddenOf, visibleOf } from '../held-out/options.ts';
import type { Measurement } from '../gates/evidence.ts';
import { heldOutGates, runsOver } from '../held-out/runs.ts';
import type { TreeId } from '../ids.ts';
import { assessOwnTests, takenAway } from '../own-tests/assess.ts';
import { acceptedChecks } from '../held-out/evidence.ts';
import { isApproved } from '../planner/approval.ts';

const ORACLE = 'oracle';

/** Who wrote the checks that show the goal, and what else is known of them. */
export function oracleLimits(state: GoalState, candidate: TreeId): readonly Gap[] {
  const checks = acceptedChecks(state);
  if (!checks) return [];
  return [
    ...byAgent(state, candidate),
    ...sameModel(state, checks.attempt),
    ...inOneOrder(state, checks.checks.oracle),
  ];
}

function byAgent(state: GoalState, candidate: TreeId): readonly Gap[] {
  if (isApproved(state)) return [];
  const { agent, options } = state.created ?? {};
  const name = (options?.roleAgents?.oracle ?? agent)?.name ?? 'an agent';
  const seen = visibleOf(state).length;
  const hidden = hiddenOf(state).length;
  const own = assessOwnTests(state, candidate);
  const noticed =
    own.kind === 'shown'
      ? `; ${own.noticed.length} of ${own.added.length} new tests fail where ${takenAway(own.hollowed)}`
      : '';
  return [
    known(
      'K_ORACLE_BY_AGENT',
      ORACLE,
      `${name} wrote the checks that show the goal, before the work, and no person read them: ` +
        `${seen + hidden} files, ${hidden} of them hidden from the worker, all red on a wrong solution${noticed}`,
    ),
  ];
}

/** What a check leans on was there in both runs, where the runner has one order of tests. */
function inOneOrder(state: GoalState, oracle: TreeId): readonly Gap[] {
  if ((state.created?.options.oracleRules ?? 1) < 4) return [];
  const gates = heldOutGates(state)
    .filter((gate) => runsOver(state, gate, 'oracle', oracle).some(isUsualSecond))
    .map(({ id }) => id);
  if (gates.length === 0) return [];
  const text = `the runner of ${gates.join(', ')} has one order of tests: a check that leans on another may not have been noticed`;
  return [known('K_ONE_ORDER', ORACLE, text)];
}

const isUsualSecond = ({ round, report, reordered }: Measurement): boolean =>
  round === 2 && report.kind === 'tests' && reordered !== true;

/** One mind wrote the checks and the change, as far as anybody says: what it misreads, it misreads twice. */
function sameModel(state: GoalState, oracle: number): readonly Gap[] {
  if (state.created?.options.oracleRules === undefined) return [];
  const wrote = mindOf(
    state,
    state.oracles.find(({ attempt }) => attempt === oracle),
  );
  const worked = mindOf(state, state.attempts.at(-1));
  if (wrote === null || worked === null || !isSame(wrote, worked)) return [];
  const { name, model } = worked;
  return [
    known(
      'K_SAME_MODEL',
      ORACLE,
      `${name}${model === null ? '' : ` with ${model}`} wrote both the checks and the change ` +
        `([roles.oracle] in your configuration names another)`,
    ),
  ];
}

interface Mind {
  readonly name: string;
  readonly argv: string;
  readonly model: string | null;
}

/** Who works in a session, and with which model: as it was asked for, else as the agent says. */
function mindOf({ created }: GoalState, attempt: AttemptState | undefined): Mind | null {
  const { options, agent: ofGoal } = created ?? {};
  const ofRole = attempt?.role === undefined ? undefined : options?.roleAgents?.[attempt.role];
  const agent = ofRole ?? (attempt?.agent === 'fallback' ? options?.fallbackAgent : undefined) ?? ofGoal;
  if (attempt === undefined || agent === undefined) return null;
  const said = attempt.turns.findLast(({ model }) => model !== undefined)?.model;
  return { name: agent.name, argv: agent.argv.join(' '), model: said ?? agent.model ?? null };
}

/** Where both say what they are, that decides, whatever program it is; else the program. */
const isSame = (one: Mind, other: Mind): boolean =>
  one.model !== null && other.model !== null ? one.model === other.model : one.argv === other.argv;
