import { countLabels } from '../contract/labels/describe.ts';
import type { Examined } from '../contract/examined.ts';
import type { TreeId } from '../ids.ts';
import { judgingChanges, rightInTests } from '../evidence/judging.ts';
import type { GateJudgement } from '../evidence/assess.ts';
import { judgeGate } from '../evidence/judge-gate.ts';
import { contractAccepted } from '../evidence/contract-accepted.ts';
import { baselineOf } from '../gates/baseline.ts';
import type { Verdict } from '../gates/verdict.ts';
import { isKnownRed } from '../evidence/known-red.ts';
import { isSealed } from '../held-out/options.ts';
import { HELD_OUT, heldOutGaps, heldOutLimits } from './held-out-gaps.ts';
import { doGatesHold, evidenceGaps, evidenceLimits, forGiven, isEmptyGiven } from './gaps.ts';
import { ownTestGaps, ownTestLimits } from './own-test-gaps.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { captureLimits } from '../commands/captures.ts';
import { timingLimits } from '../commands/timings.ts';
import { classLimits } from './class-limits.ts';
import { writeSetGaps, writeSetLimits } from './write-set.ts';
import { nameFindings } from '../secrets/finding.ts';
import { criterionGaps, showsWithoutGates } from './criterion-gaps.ts';
import { isByPersonAlone } from '../plan/plan.ts';
import { besideProduct, startedOtherwise, unobserved, unseenLoads, untoldLoads } from './beside-gaps.ts';
import { blocks, known, type Gap } from '../goal/gap.ts';
import { gatesSuffice } from '../goal/gates-suffice.ts';
import { regressionGaps } from './regressions.ts';
import {
  everyAttempt,
  answerTo,
  currentSnapshot,
  hasManyTasks,
  isWhole,
  lastTurn,
  openQuestion,
  startTree,
  type GoalState,
} from '../goal/state.ts';
import { followsTaskRules } from '../task/rules.ts';
import { taskGaps } from '../task/gaps.ts';

export type BlockingGap = Extract<Gap, { kind: 'blocking' }>;

export const blocking = (gaps: readonly Gap[]): readonly BlockingGap[] => gaps.filter((gap) => gap.kind === 'blocking');

/** Everything between a goal and `ready`, then the known limits of what was shown. Empty of blocking gaps ⇔ ready. */
export function readiness(state: GoalState): readonly Gap[] {
  if (isEmptyGiven(state)) return [EMPTY];
  const gaps = [...foundations(state), ...candidateGaps(state), ...integrationGaps(state), ...knownGaps(state)];
  return state.created?.given ? forGiven(state, gaps) : gaps;
}

/** What blocks, without the known limits, which are asked for once and not at each decision. */
export const blockingGaps = (state: GoalState): readonly BlockingGap[] =>
  state.created?.given
    ? blocking(readiness(state))
    : blocking([...foundations(state), ...candidateGaps(state), ...integrationGaps(state)]);

/** Nothing runs for a change that is none. */
const EMPTY = blocks(
  'G_EMPTY_PATCH',
  'candidate',
  'the change is empty: there is nothing to judge',
  'omk judge --base <commit>, or omk judge <base>..<commit>',
);

function foundations(state: GoalState): readonly Gap[] {
  const { policy, created } = state;
  if (!policy || !created)
    return [blocks('G_NO_POLICY', 'gates', 'it is not known what judges this repository', 'omk goal resume')];
  const gaps: Gap[] = [];
  if (!policy.gates.some((gate) => gate.required) && !(state.plan && showsWithoutGates(state, state.plan)))
    gaps.push(
      blocks(
        'G_NO_GATE',
        'gates',
        'no required gate judges this repository',
        'omk init, then commit .omk/gates.toml; or --check "<command>"',
      ),
    );
  for (const gate of policy.gates)
    if (!gate.skip && !baselineOf(state.measurements, gate, created.repository.tree))
      gaps.push(blocks('G_BASELINE_INCOMPLETE', gate.id, `gate ${gate.id} was not run on the base`, 'omk goal resume'));
  if (!state.plan) gaps.push(blocks('G_NO_PLAN', 'plan', 'there is no plan', 'omk goal resume'));
  else if (
    isWhole(state) &&
    state.plan.criteria.length === 0 &&
    state.plan.heldOut !== true &&
    state.plan.ownTests !== true &&
    !isByPersonAlone(state.plan.class) &&
    state.plan.expect === undefined &&
    !gatesSuffice(state)
  )
    gaps.push(
      blocks(
        'G_NO_CRITERION',
        'goal',
        'nothing shows that this goal is done',
        'omk goal answer --check "<command that fails now and must pass>"',
      ),
    );
  const question = openQuestion(state);
  if (question) gaps.push(blocks('G_OPEN_QUESTION', question.id, question.text, 'omk goal answer'));
  return [...gaps, ...taskGaps(state, openIn)];
}

/** Of a tree that was left; what is not measured says nothing. */
const openIn = (view: GoalState): readonly Gap[] =>
  currentSnapshot(view) ? candidateGaps(view).filter(({ code }) => code !== 'G_GATE_PENDING') : [];

function candidateGaps(state: GoalState): readonly Gap[] {
  const snapshot = currentSnapshot(state);
  // What landed, or was merged, does not need an agent any more.
  const isMade = state.focus ? state.focus.task === null : hasManyTasks(state);
  const outcome = isMade ? null : lastTurn(state)?.outcome;
  const unavailable =
    outcome?.kind === 'unavailable'
      ? [blocks('G_AGENT_UNAVAILABLE', outcome.reason, outcome.detail, 'omk doctor')]
      : [];
  if (!snapshot)
    // Each task that is open says why there is none.
    return hasManyTasks(state) && state.focus === null && followsTaskRules(state)
      ? unavailable
      : [...unavailable, blocks('G_NO_CANDIDATE', 'candidate', 'no attempt left a tree to judge', 'omk goal resume')];
  const gaps: Gap[] = [...unavailable];
  const { candidate } = snapshot;
  for (const refused of snapshot.refused)
    gaps.push(
      blocks(
        'G_PATHS_REFUSED',
        refused.path,
        `${refused.path} cannot be delivered: ${refused.detail}`,
        'omk goal resume',
      ),
    );
  if (candidate === startTree(state) && state.focus?.task !== null && !state.created?.options.allowNoChange)
    gaps.push(
      blocks(
        'G_EMPTY_PATCH',
        'candidate',
        'the candidate changes nothing',
        'omk goal resume, or --allow-no-change where no change is an answer',
      ),
    );
  const examined = state.examined.get(candidate);
  if (!examined)
    return [...gaps, blocks('G_GATE_PENDING', 'candidate', 'the candidate has not been judged', 'omk goal resume')];

  const verdicts = new Map<string, GateJudgement | null>();
  for (const gate of state.policy?.gates ?? []) {
    const assessment = judgeGate(state, gate, candidate);
    verdicts.set(gate.id, assessment);
    if (gate.required) gaps.push(...gateGaps(gate, assessment));
  }
  gaps.push(
    ...criterionGaps(state, verdicts),
    ...heldOutGaps(state, candidate),
    ...ownTestGaps(state, candidate),
    ...writeSetGaps(state, candidate),
    ...evidenceGaps(state, candidate),
    ...regressionGaps(state, candidate),
  );
  const judging = judgingChanges(state, examined);
  const what =
    rightInTests(examined).length > 0
      ? 'what judges changed, or may not see what code does'
      : 'tests or runner settings changed';
  if (judging.length > 0 && !contractAccepted(state, candidate))
    gaps.push(
      blocks(
        'G_CONTRACT_CHANGED',
        candidate,
        `${what}: ${judging.map((each) => `${each.change} ${each.path}`).join(', ')}`,
        'omk goal diff, then omk goal answer --accept or --reject "<why>"',
      ),
    );
  if (examined.policyPaths.length > 0 && answerTo(state, 'policy_touched', candidate)?.kind !== 'accept')
    gaps.push(
      blocks(
        'G_POLICY_TOUCHED',
        candidate,
        `the candidate changes ${examined.policyPaths.join(', ')}, which judges the next run`,
        'omk goal diff, then omk goal answer --accept or --reject "<why>"',
      ),
    );
  const { secrets = [] } = examined;
  if (secrets.length > 0 && answerTo(state, 'secret_found', candidate)?.kind !== 'accept')
    gaps.push(
      blocks(
        'G_SECRET',
        candidate,
        `what looks like a secret was written into the tree: ${nameFindings(secrets)}. Remove it, and ` +
          `read it from the environment or a file that is not committed`,
        'omk goal diff, then omk goal answer --accept or --reject "<why>"',
      ),
    );
  return gaps;
}

type NotApplicable = Extract<Verdict, { kind: 'not_applicable' }>;

/** A gate that was red before and is so still, or that a person does without; why that is no reason against the candidate. */
function stillRed(state: GoalState, gate: GateSpec, { code, detail }: NotApplicable): Gap {
  if (code === 'SUBMODULE_MOVED')
    return known('K_SUBMODULE_MOVED', gate.id, `a person accepted that gate ${gate.id} was not measured: ${detail}`);
  return isKnownRed(state, gate)
    ? known('K_KNOWN_RED', gate.id, `gate ${gate.id} still fails as it did on the base: ${detail}`)
    : known('K_RED_BEFORE', gate.id, `gate ${gate.id} was red before and is not what was asked for: ${detail}`);
}

function gateGaps(gate: GateSpec, assessment: GateJudgement | null): readonly Gap[] {
  if (assessment === null)
    return [blocks('G_GATE_PENDING', gate.id, `gate ${gate.id} has not run on the candidate`, 'omk goal resume')];
  const { verdict } = assessment;
  if (verdict.kind === 'fail')
    return [
      blocks(
        'G_GATE_FAILED',
        gate.id,
        `gate ${gate.id} failed: ${verdict.detail} (${verdict.code})`,
        'omk goal resume',
        verdict.code,
      ),
    ];
  if (verdict.kind === 'not_measured')
    return [
      blocks(
        'G_GATE_NOT_MEASURED',
        gate.id,
        `gate ${gate.id} could not be measured: ${verdict.detail} (${verdict.code})`,
        verdict.code === 'E_FLAKY' ? 'omk gates flaky' : 'omk gates explain',
        verdict.code,
      ),
    ];
  return [];
}

function integrationGaps(state: GoalState): readonly Gap[] {
  const candidate = currentSnapshot(state)?.candidate;
  if (!state.integrated && !state.created?.given)
    return [blocks('G_NOT_INTEGRATED', 'result', 'there is no result commit yet', 'omk goal resume')];
  if (isSealed(state))
    return [
      blocks('G_HELD_OUT_SEALED', HELD_OUT, 'the held-out checks are not part of the log yet', 'omk goal resume'),
    ];
  return !state.integrated || state.integrated.tree === candidate
    ? []
    : [
        blocks(
          'G_INTEGRATED_TREE_DIFFERS',
          'result',
          'the result commit holds another tree than the one judged',
          'omk goal resume',
        ),
      ];
}

function noCanary({ id }: GateSpec, evidence: readonly Measurement[]): string {
  const tried = evidence.find(({ purpose, canary }) => purpose === 'canary' && canary);
  return tried?.canary
    ? `planted tests show nothing for gate ${id}: those in ${tried.canary.file} are not reported as failed at the base either`
    : `no canary could be planted for gate ${id}`;
}

function knownGaps(state: GoalState): readonly Gap[] {
  const candidate = currentSnapshot(state)?.candidate;
  const examined = candidate ? state.examined.get(candidate) : undefined;
  const base = state.created?.repository.tree;
  const gaps: Gap[] = [];
  const agentSandbox = everyAttempt(state)
    .flatMap((attempt) => attempt.turns)
    .find((turn) => turn.sandbox?.kind === 'none')?.sandbox;
  if (agentSandbox?.kind === 'none')
    gaps.push(known('K_AGENT_NOT_SANDBOXED', 'agent', `the agent ran without a sandbox: ${agentSandbox.why}`));
  if (!candidate || !examined || !base) return gaps;
  const { origin } = state.created ?? {};
  if (origin?.kind === 'pull_request')
    gaps.push(
      known(
        'K_SHOWN_BY_PULL_REQUEST',
        'goal',
        `whether what checks and reviewers of pull request #${origin.number} found is mended is shown there, not here`,
      ),
    );
  const { included = [] } = state.dependencies?.beside ?? {};
  if (included.length > 0)
    gaps.push(
      known(
        'K_FILES_INCLUDED',
        'checkout',
        `gates and agent had files of your checkout that no commit has: ` +
          `${included.slice(0, 5).join(', ')}${included.length > 5 ? ', …' : ''}`,
      ),
    );
  for (const gate of state.policy?.gates ?? []) gaps.push(...gateLimits(state, gate, examined, base));
  if (examined.extended.length > 0)
    gaps.push(
      known(
        'K_TESTS_EXTENDED',
        'tests',
        `test files gained lines or follow renamed files, and every test that they had is as it was: ${examined.extended.join(', ')}`,
      ),
    );
  gaps.push(...startedOtherwise(examined));
  gaps.push(...besideProduct(state, examined, doGatesHold(state, candidate)));
  if (contractAccepted(state, candidate))
    gaps.push(
      known(
        'K_CONTRACT_ACCEPTED',
        'tests',
        `a person accepted changed tests or runner settings${examined.tests ? `: ${countLabels(examined.tests)}` : ''}`,
      ),
    );
  const { secrets = [] } = examined;
  if (secrets.length > 0 && answerTo(state, 'secret_found', candidate)?.kind === 'accept')
    gaps.push(
      known('K_SECRET_ACCEPTED', 'secrets', `a person accepted what looks like a secret: ${nameFindings(secrets)}`),
    );
  gaps.push(
    ...ownTestLimits(state, candidate),
    ...writeSetLimits(state, candidate),
    ...classLimits(state),
    ...captureLimits(state),
    ...timingLimits(state),
    ...evidenceLimits(state, candidate),
  );
  gaps.push(...heldOutLimits(state, candidate, agentSandbox?.kind === 'none'));
  return gaps;
}

/** What the runs of one gate leave open about the candidate. */
function gateLimits(state: GoalState, gate: GateSpec, examined: Examined, base: TreeId): readonly Gap[] {
  const assessment = judgeGate(state, gate, examined.candidate);
  if (assessment === null) return [];
  const gaps: Gap[] = [];
  const open = assessment.evidence.find((each) => each.sandbox.kind === 'none' && each.outcome.kind !== 'not_started');
  if (open?.sandbox.kind === 'none')
    gaps.push(known('K_NOT_SANDBOXED', gate.id, `gate ${gate.id} ran without a sandbox: ${open.sandbox.why}`));
  if (gate.network) gaps.push(known('K_NETWORK_ALLOWED', gate.id, `gate ${gate.id} may use the network`));
  if (gate.reader === 'exit_only')
    gaps.push(
      known(
        'K_EXIT_ONLY',
        gate.id,
        `gate ${gate.id} is judged by exit code only: no test report was read (where it runs some, reader ` +
          `in .omk/gates.toml has them counted)`,
      ),
    );
  else if (assessment.canary === 'none') gaps.push(known('K_NO_CANARY', gate.id, noCanary(gate, assessment.evidence)));
  const baseline = baselineOf(state.measurements, gate, base);
  if (baseline && baseline.unstable.size > 0)
    gaps.push(
      known(
        'K_UNSTABLE_TESTS',
        gate.id,
        `tests that differ between two runs of the base do not decide: ${[...baseline.unstable].sort().slice(0, 5).join('; ')}`,
      ),
    );
  if (gate.baselineRuns === 1)
    gaps.push(
      known(
        'K_BASELINE_ONCE',
        gate.id,
        `gate ${gate.id} ran once on the base: a test that is unstable there counts as what it was in that run`,
      ),
    );
  gaps.push(...cachedRuns(state, gate, assessment.evidence));
  if (assessment.flaky.length > 0)
    gaps.push(
      known(
        'K_FLAKY',
        gate.id,
        `gate ${gate.id} failed in one run and not in another of the same tree: ${assessment.flaky.slice(0, 5).join('; ')}`,
      ),
    );
  gaps.push(...unobserved(gate, examined, assessment.evidence));
  gaps.push(...unseenLoads(state, gate, examined), ...untoldLoads(state, gate, examined));
  if (assessment.verdict.kind === 'not_applicable') gaps.push(stillRed(state, gate, assessment.verdict));
  if (!gate.required && assessment.verdict.kind !== 'pass')
    gaps.push(known('K_OPTIONAL_GATE_RED', gate.id, `optional gate ${gate.id}: ${assessment.verdict.kind}`));
  return gaps;
}

/** Runs that were not made for this goal. */
function cachedRuns(state: GoalState, { id }: GateSpec, evidence: readonly Measurement[]): readonly Gap[] {
  const runs = new Set([
    ...state.measurements.filter((each) => each.gate === id && each.purpose === 'baseline'),
    ...evidence,
  ]);
  const reused = [...runs].flatMap((each) => each.cached ?? []);
  if (reused.length === 0) return [];
  const from = [...new Set(reused.map((each) => each.from.goal ?? 'omk gates run'))].join(', ');
  return [
    known(
      'K_CACHED',
      id,
      `${reused.length} of ${runs.size} runs of gate ${id} are earlier executions of the same: ${from}`,
    ),
  ];
}
