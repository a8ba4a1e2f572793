import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { GoalEvent } from '../goal/event.ts';
import type { GoalState } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';
import type { Given } from '../plan/given.ts';

/**
 * Why a goal should not have ended `ready`, said a second time in the words of trust.md and without the code that decides it.
 * Null when nothing is wrong. Only for goals that ended `ready`.
 */
export function unsound(state: GoalState, events: readonly GoalEvent[]): string | null {
  const { created, policy, plan } = state;
  const given = created?.given;
  const delivered =
    given?.snapshot.candidate ?? events.findLast((event) => event.type === 'goal.integrated')?.data.tree;
  const judged = given?.snapshot ?? events.findLast((event) => event.type === 'snapshot.taken')?.data.snapshot;
  if (!created || !policy || !plan || delivered === undefined) return 'something is missing';
  if (judged?.candidate !== delivered) return 'the delivered tree is not the one of the last snapshot';
  if (judged.refused.length > 0) return 'a path was refused';
  const base = created.repository.tree;
  if (delivered === base && !created.options.allowNoChange) return 'T1: an empty patch';
  const examined = state.examined.get(delivered);
  if (!examined) return 'the candidate was not examined';
  const accepted = (code: string, subject: string): boolean =>
    state.questions.some(
      ({ question, answer }) => question.code === code && question.subject === subject && answer?.kind === 'accept',
    );
  if (state.questions.some(({ answer }) => answer === null)) return 'a question is open';
  if (examined.policyPaths.length > 0 && !accepted('policy_touched', delivered)) return 'T7: .omk/ was touched';
  if ((examined.secrets ?? []).length > 0 && !accepted('secret_found', delivered))
    return 'T16: a secret is in the tree';
  const own = accepted('contract_changed', delivered);
  if (examined.contractChanges.length > 0 && !own) return 'T6: tests were changed';

  const required = policy.gates.filter((gate) => gate.required);
  if (required.length === 0) return 'no gate is required';
  const runs = (gate: GateSpec, tree: TreeId, canary: boolean): readonly Measurement[] =>
    state.measurements.filter(
      (each) =>
        each.gate === gate.id &&
        each.tree === tree &&
        each.over === undefined &&
        (each.purpose === 'canary') === canary,
    );
  const isKnown = ({ id }: GateSpec): boolean =>
    created.options.knownRed.includes(id) ||
    state.questions.some(({ answer }) => answer?.kind === 'known_red' && answer.gates.includes(id));
  const failsAlone = (gate: GateSpec): boolean => {
    const before = baselines(state, gate);
    return before.length === 2 && before.every((run) => wrongRun(gate, before, run, ALONE) !== null);
  };
  const asksForMore =
    given !== undefined ||
    created.options.heldOut !== undefined ||
    policy.gates.some((gate) => gate.source.kind === 'check' && failsAlone(gate));
  // Red before, and other things say what is done: it may stay as red as it was.
  const isBeside = (gate: GateSpec): boolean => asksForMore && gate.source.kind !== 'check' && failsAlone(gate);
  const contract = own ? delivered : examined.contract.tree;
  for (const gate of required) {
    const before = baselines(state, gate);
    if (before.length < 2) return `T2: ${gate.id} has no two baselines`;
    const knownRed = isKnown(gate) || isBeside(gate);
    for (const tree of new Set([contract, delivered])) {
      const wrong = wrongRun(gate, before, runs(gate, tree, false).at(-1), { own, knownRed });
      if (wrong) return `${gate.id} at ${tree.slice(0, 6)}: ${wrong}`;
      const tried = runs(gate, tree, false).filter(
        (each) => each.purpose !== 'baseline' && each.outcome.kind !== 'out_of_memory',
      );
      if (tried.length > (gate.retries ?? 0) + 1) return `${gate.id} was run ${tried.length} times`;
      const excused = tried.slice(0, -1).flatMap((each) => idsOf(each, 'failed'));
      const unstable = (id: string): boolean =>
        before.some((each) => idsOf(each, 'failed').includes(id)) &&
        !before.every((each) => idsOf(each, 'failed').includes(id));
      const unshown = excused.find(
        (id) => !knownRed && !unstable(id) && before.every((each) => !idsOf(each, 'passed').includes(id)),
      );
      if (unshown !== undefined) return `${unshown} was never good at the base, failed, and was run again`;
    }
    const decided = runs(gate, contract, false).at(-1);
    const counted = decided?.report.kind === 'tests';
    const untouched = gate.inputs !== undefined && decided?.cached?.from.purpose === 'baseline';
    const canary =
      gate.reader !== 'exit_only' && !untouched && (counted || !knownRed)
        ? wrongCanary(runs(gate, contract, true).at(-1))
        : null;
    const onBase = created.options.canaryOnBase ? runs(gate, base, true).at(-1) : undefined;
    // What is no canary at the base is none on the candidate.
    const nowhere = onBase !== undefined && (wrongCanary(onBase) !== null || onBase.canary === null);
    if (canary && !nowhere) return `T5: ${gate.id}: ${canary}`;
  }
  const hidden = wrongHeldOut(state, events, contract);
  if (hidden) return `T5: ${hidden}`;
  const proves = (gate: GateSpec): boolean => {
    const readable = gate.kind === 'command' || gate.reader !== 'exit_only';
    return readable && (gate.source.kind === 'check' || !isKnown(gate)) && failsAlone(gate);
  };
  if (given) return wrongGiven(state, given, (gate) => gate.source.kind === 'check' && proves(gate));
  if (!created.options.heldOut && !policy.gates.some(proves) && !accepted('no_criterion', 'goal'))
    return 'T1: nothing was red at the base, so nothing is shown';
  return null;
}

/** What was expected of a given change was seen in two runs: red without it, green with it. */
function wrongGiven(state: GoalState, given: Given, proves: (gate: GateSpec) => boolean): string | null {
  const gates = state.policy?.gates ?? [];
  if (given.expect === 'no-regression' || state.created?.options.heldOut || gates.some(proves)) return null;
  const seen = gates.some((gate) => {
    const plain = (run: Measurement): boolean => ['baseline', 'contract', 'candidate'].includes(run.purpose);
    const of = state.measurements.filter((run) => run.gate === gate.id && run.over === undefined);
    const after = of.findLast((run) => run.tree === given.snapshot.candidate && plain(run));
    const before = of.filter(({ purpose }) => purpose === 'baseline' || purpose === 'hollow');
    const red = new Set(before.flatMap((run) => idsOf(run, 'failed')));
    return after !== undefined && idsOf(after, 'passed').some((id) => red.has(id));
  });
  return seen ? null : `T1: nothing shows the ${given.expect}`;
}

/** Each file failed twice before any agent worked, and passes in the last run over what was judged; then all is told. */
function wrongHeldOut(state: GoalState, events: readonly GoalEvent[], contract: TreeId): string | null {
  const options = state.created?.options.heldOut;
  if (!options) return null;
  const over = (purpose: string, tree: TreeId): readonly Measurement[] =>
    state.measurements.filter(
      (each) =>
        each.purpose === purpose && each.over === tree && state.created?.options.knownRed.includes(each.gate) === false,
    );
  const started = events.findIndex(({ type }) => type === 'attempt.started');
  const told = events.findIndex(({ type }) => type === 'held_out.revealed');
  if (told < 0 || events.slice(told).some(({ type }) => type === 'turn.started'))
    return 'the held-out checks were not told at the end';
  if (!events.slice(0, started).some((event) => event.type === 'gate.measured' && event.data.purpose === 'oracle'))
    return 'there was no oracle before the agent';
  for (const path of options.paths) {
    const isHere = (id: string): boolean => id.startsWith(`${path} > `);
    const red = over('oracle', options.oracle).filter(
      (run) => run.outcome.kind === 'exited' && run.outcome.code !== 0 && idsOf(run, 'failed').some(isHere),
    );
    const gate = red.find((run) => red.some((other) => other.gate === run.gate && other.round !== run.round))?.gate;
    if (gate === undefined) return `${path} did not fail twice where it must`;
    const last = over('held_out', contract).findLast((run) => run.gate === gate);
    if (
      !last ||
      last.outcome.kind !== 'exited' ||
      last.outcome.code !== 0 ||
      idsOf(last, 'failed').some(isHere) ||
      !idsOf(last, 'passed').some(isHere)
    )
      return `${path} does not pass`;
  }
  return null;
}

const ALONE = { own: false, knownRed: false };

/** The last run of each round: one that ran out of memory was tried again. */
const baselines = (state: GoalState, gate: GateSpec): readonly Measurement[] =>
  [1, 2].flatMap(
    (round) =>
      state.measurements.findLast(
        (each) => each.gate === gate.id && each.purpose === 'baseline' && each.round === round,
      ) ?? [],
  );

const idsOf = (run: Measurement, key: 'passed' | 'failed'): readonly string[] =>
  run.report.kind === 'tests' ? run.report.tests[key] : [];

function wrongRun(
  gate: GateSpec,
  before: readonly Measurement[],
  run: Measurement | undefined,
  { own, knownRed }: { own: boolean; knownRed: boolean },
): string | null {
  if (!run) return 'it was not run';
  const { kind } = run.outcome;
  if (knownRed && kind !== 'not_started' && kind !== 'exited' && before.some((each) => each.outcome.kind === kind))
    return null;
  if (run.outcome.kind !== 'exited') return `it ended as ${run.outcome.kind}`;
  if (run.changed.length > 0 && !(knownRed && before.some((each) => each.changed.length > 0)))
    return 'it changed tracked files';
  if (run.report.kind === 'unreadable' && !knownRed) return 'T4: its report cannot be read';
  if (run.report.kind === 'exit_only' && gate.reader !== 'exit_only' && !knownRed) return 'T4: there is no report';
  const passed = idsOf(run, 'passed');
  const failed = idsOf(run, 'failed');
  if (failed.length > 0 && run.outcome.code === 0) return 'it exits green with failed tests';
  const in2 = (id: string, key: 'passed' | 'failed'): boolean => before.every((each) => idsOf(each, key).includes(id));
  const ids = new Set(before.flatMap((each) => [...idsOf(each, 'passed'), ...idsOf(each, 'failed')]));
  const lost = [...ids].find((id) => !own && in2(id, 'passed') && !passed.includes(id));
  if (lost !== undefined) return `T2: ${lost} passed at the base and does not now`;
  const gone = [...ids].find((id) => !own && !knownRed && in2(id, 'failed') && !passed.includes(id));
  if (gone !== undefined) return `T2: ${gone} failed at the base and is not shown to pass now`;
  const unstable = (id: string): boolean => ids.has(id) && !in2(id, 'passed') && !in2(id, 'failed');
  const fresh = failed.find(
    (id) => !unstable(id) && !(knownRed && before.some((each) => idsOf(each, 'failed').includes(id))),
  );
  if (fresh !== undefined) return `${fresh} fails`;
  if (run.outcome.code !== 0 && failed.length === 0 && !knownRed) return 'it exits red';
  if (run.report.kind === 'tests' && passed.length === 0 && !knownRed) return 'nothing ran';
  return null;
}

function wrongCanary(run: Measurement | undefined): string | null {
  if (!run) return 'no canary run';
  const { canary, outcome } = run;
  if (canary === null)
    return outcome.kind === 'not_started' && outcome.at === 'tool' ? null : 'the canary run had no canary';
  if (outcome.kind !== 'exited' || outcome.code === 0) return 'the canary run is not red';
  return idsOf(run, 'failed').some((id) => id.endsWith(canary.name)) ? null : 'the canary is not reported as failed';
}
