import type { GateRun } from '../evidence/assess.ts';
import { baselineOf, baselineRounds, baselineRuns } from '../gates/baseline.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GatePolicy } from '../gates/gate.ts';
import { notStartedOf } from '../gates/measured-on.ts';
import { cannotPassHere, missingHere, type MissingHere } from '../evidence/missing-here.ts';
import { roundsWanted } from '../evidence/rounds.ts';
import { assessOracle, type OracleVerdict } from '../held-out/oracle.ts';
import { provesNothing } from '../held-out/proves-nothing.ts';
import { planFromPrompt } from '../planner/from-prompt.ts';
import { planQuestion, refusedPlan, unwrittenQuestion } from './decide-plan.ts';
import { awaitApproval, tooWeak, tooWeakPlanned } from './approve.ts';
import { decidePlanner } from './decide-planner.ts';
import { isByPersonAlone, type Criterion } from '../plan/plan.ts';
import { isEmptyGiven } from '../judge/gaps.ts';
import { planForGiven } from '../planner/for-given.ts';
import { decideOracle } from './decide-oracle.ts';
import { decideAttempt, decideTurn } from './decide-attempt.ts';
import { answerOpen, decideGiven } from './decide-given.ts';
import { ask, end, record, runGate } from '../judge/intents.ts';
import { gatesSuffice } from '../goal/gates-suffice.ts';
import type { Intent } from '../goal/intent.ts';
import { commandsAtBase, observe, unfitCommands } from './commands-wanted.ts';
import { factsWanted } from '../goal/facts-wanted.ts';
import { isReadable, showsWithoutGates } from '../judge/criterion-gaps.ts';
import { decideTasks } from './decide-tasks.ts';
import { notBegun } from '../goal/in-flight.ts';
import type { Question } from '../evidence/question.ts';
import { ofStep } from './of-step.ts';
import { hasManyTasks, type GoalState } from '../goal/state.ts';

/**
 * What comes next, from the state and from what is being done (`inFlight`) and not recorded yet. Empty when nothing can be begun: the
 * goal is not running, or it waits for what is in flight. All intents of one answer are independent and may be performed at once.
 */
export const decide = (state: GoalState, inFlight: readonly Intent[] = []): readonly Intent[] =>
  notBegun(ofStep(state, wanted(state, inFlight), inFlight), inFlight);

/** The same with what is in flight and wanted still. */
function wanted(state: GoalState, inFlight: readonly Intent[]): readonly Intent[] {
  const { created, policy } = state;
  if (!created || state.status !== 'running') return [];
  if (!policy) return [{ key: 'policy', kind: 'resolve_policy' }];
  const { given } = created;
  if (isEmptyGiven(state)) return [end(state, 'not_ready')];
  if (!state.dependencies) return [{ key: 'dependencies', kind: 'prepare_dependencies' }];

  const baseline = wantedAtBase(state);
  if (baseline.length > 0) return baseline.map(runGate);
  const blocked = cannotJudge(state, policy);
  if (blocked) return [blocked];
  const oracle = created.options.heldOut ? assessOracle(state) : NO_CHECKS;
  if (oracle.kind === 'needs') return oracle.runs.map(runGate);
  if (oracle.kind === 'no_oracle') return [end(state, 'blocked_on_human', provesNothing(state, oracle.paths))];
  const atBase = factsWanted(state, created.repository.tree);
  if (atBase) return [atBase];
  const commands = commandsAtBase(state);
  if (commands.length > 0) return commands.map(observe);
  const unfit = unfitCommands(state);
  if (unfit) return [unfit];
  const planning = decidePlanner(state, (attempt, judge) => decideTurn(state, attempt, judge));
  if (planning) {
    const vain = tooWeakPlanned(state);
    return vain ? [vain] : unlessMissing(state, planning, 'start_attempt');
  }
  const refused = refusedPlan(state);
  if (refused) return [refused];
  if (!state.plan) {
    const made = given ? planForGiven(state, given) : planFromPrompt(state);
    return made ? [record(planKey(state, policy), { type: 'plan.made', data: made })] : [];
  }
  const question = openForAll(state);
  if (question) return [answerOpen(state, question)];
  const asked = planQuestion(state);
  if (asked) return [asked];
  const weak = tooWeak(state);
  if (weak) return [weak];
  const checks = decideOracle(state, (attempt, judge) => decideTurn(state, attempt, judge));
  if (checks) return unlessMissing(state, checks, 'start_attempt');
  const missed = unwrittenQuestion(state);
  if (missed !== null) return [askForCriterion(state, missed)];
  if (given) return unlessMissing(state, decideGiven(state, given), 'examine');
  const { plan } = state;
  if (!policy.gates.some((gate) => gate.required) && !showsWithoutGates(state, plan))
    return [askForCriterion(state, 'No gate judges this repository')];
  const isShown =
    state.plan.heldOut === true ||
    state.plan.ownTests === true ||
    isByPersonAlone(state.plan.class) ||
    plan.criteria.some((criterion) => isReadable(policy, plan, criterion));
  const wait = isShown || gatesSuffice(state) ? awaitApproval(state) : null;
  if (wait) return [wait];
  if (isShown || gatesSuffice(state))
    return unlessMissing(
      state,
      hasManyTasks(state) ? decideTasks(state, inFlight) : decideAttempt(state),
      'start_attempt',
    );
  return [askForCriterion(state, whyNotShown(plan.criteria[0], state, policy))];
}

/** A plan is made again when there are more checks. */
const planKey = ({ oracles, planners }: GoalState, { gates }: GatePolicy): string => {
  const sessions = oracles.length + planners.length;
  return `plan:${gates.length}${sessions === 0 ? '' : `:${sessions}`}`;
};

/** Those of an oracle are judged after it was asked. */
const NO_CHECKS: OracleVerdict = { kind: 'none' };

/** A question that the whole goal waits for. */
const openForAll = ({ questions }: GoalState): Question | null =>
  questions.find(({ question, answer }) => answer === null && question.task === undefined)?.question ?? null;

/** Why what there is does not show that the goal is done. */
function whyNotShown(criterion: Criterion | undefined, state: GoalState, policy: GatePolicy): string {
  if (!criterion) return whyNoCriterion(state, policy);
  if (criterion.kind === 'fact' && !criterion.keep)
    return 'A fact alone shows no fix and no feature (a new omk run with --class refactor or --class docs says that the goal is neither)';
  if (criterion.keep || !('gate' in criterion)) return `Criterion ${criterion.id} shows nothing alone`;
  return (
    `Of gate ${criterion.gate} only the exit code is known, which does not show that tests ran ` +
    `(where it runs some, omk gates explain says what to write into .omk/gates.toml)`
  );
}

/** Nothing is begun while a required gate cannot become green here, unless a person says so. */
function unlessMissing(
  state: GoalState,
  next: readonly Intent[],
  begins: 'start_attempt' | 'examine',
): readonly Intent[] {
  if (!next.some(({ kind }) => kind === begins)) return next;
  const missing = cannotPassHere(state);
  return missing.length === 0 ? next : [askAboutMissing(state, missing)];
}

function askAboutMissing({ questions, created }: GoalState, missing: readonly MissingHere[]): Intent {
  const n = questions.filter(({ question }) => question.code === 'cannot_run').length + 1;
  const gates = missing.map(({ gate }) => gate);
  const [first] = missing;
  const alike = missing.every(({ text }) => text === first?.text);
  const lines = alike ? [] : missing.map(({ gate, text, fix }) => `${gate}  ${text}: ${fix}`);
  return ask({
    id: `q-missing-${n}`,
    code: 'cannot_run',
    subject: gates.join(' '),
    gates,
    text: [
      `Gate${gates.length === 1 ? '' : 's'} ${gates.join(', ')} cannot pass here, ` +
        `${created?.given ? 'with any change' : 'whatever an agent does'}: ` +
        `${first?.text ?? ''}. To mend it: ${first?.fix ?? ''}.`,
      ...lines,
    ].join('\n'),
  });
}

/** Nothing an agent does can help where a required gate is switched off or cannot run even on the base. */
function cannotJudge(state: GoalState, policy: GatePolicy): Intent | null {
  const required = policy.gates.filter((gate) => gate.required);
  const skipped = required.find((gate) => gate.skip);
  if (skipped) {
    const text = `gate ${skipped.id} is required, but switched off with skip = true: nothing can become ready`;
    return end(state, 'not_ready', {
      code: 'GATE_SKIPPED',
      text,
      fix: 'remove skip, or set required = false, and commit .omk/gates.toml',
    });
  }
  const broken = notStartedOf(state.measurements).find(
    ({ purpose, gate }) =>
      (purpose === 'baseline' || purpose === 'oracle') &&
      // What could not be installed is asked about.
      required.some((each) => each.id === gate && missingHere(state, each) === null),
  );
  const short = required.find((gate) =>
    baselineRounds(gate).some(
      (round) =>
        baselineRuns(state.measurements, gate, state.created?.repository.tree ?? '', round).at(-1)?.outcome.kind ===
        'out_of_memory',
    ),
  );
  if (short) {
    const text = `gate ${short.id} ran out of memory on the base commit, even when run alone`;
    return end(state, 'failed_infra', {
      code: 'GATE_OUT_OF_MEMORY',
      text,
      fix: 'give it more memory, then omk goal resume',
    });
  }
  if (broken?.outcome.kind !== 'not_started') return null;
  const text = `gate ${broken.gate} cannot run here: ${broken.outcome.detail}`;
  return end(
    state,
    broken.outcome.at === 'tool' || broken.outcome.at === 'service' ? 'blocked_on_external' : 'failed_infra',
    { code: 'GATE_NOT_STARTED', text, fix: NOT_STARTED_FIX[broken.outcome.at] },
  );
}

const NOT_STARTED_FIX: Readonly<Record<Extract<Measurement['outcome'], { kind: 'not_started' }>['at'], string>> = {
  tool: 'install it, then omk goal resume',
  service: 'start it, or correct services in .omk/gates.toml; then omk goal resume',
  sandbox: 'omk doctor, then omk goal resume',
  base_dependencies: 'install the dependencies in your checkout to see why they fail, then omk goal resume',
  candidate_dependencies: 'omk goal resume',
};

function wantedAtBase(state: GoalState): readonly GateRun[] {
  const tree = state.created?.repository.tree;
  if (!tree) return [];
  return (state.policy?.gates ?? [])
    .filter((gate) => !gate.skip)
    .flatMap((gate) =>
      roundsWanted(gate, { purpose: 'baseline', tree, canaryBase: null }, (round) =>
        baselineRuns(state.measurements, gate, tree, round),
      ),
    );
}

function whyNoCriterion(state: GoalState, { gates }: GatePolicy): string {
  const base = state.created?.repository.tree ?? '';
  const green = gates.every((gate) => gate.skip || baselineOf(state.measurements, gate, base)?.colour === 'green');
  const refused =
    state.refusedChecks.length > 0
      ? ` (${state.refusedChecks.join(', ')} is not red at the base, so it proves nothing)`
      : '';
  return `${green ? 'Every gate is green at the base' : 'No gate that decides is red at the base'}${refused}`;
}

function askForCriterion(state: GoalState, because: string): Intent {
  const n = state.questions.filter((each) => each.question.code === 'no_criterion').length + 1;
  return ask({
    id: `q-criterion-${n}`,
    code: 'no_criterion',
    subject: 'goal',
    text: `What shows that this is done? ${because}, so nothing would tell a finished goal from an untouched one.`,
  });
}
