import type { GateRun } from '../../domain/evidence/assess.ts';
import { alteredLimitMs } from '../../domain/evidence/altered.ts';
import { baselineRuns } from '../../domain/gates/baseline.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import { OmkError } from '../../domain/error.ts';
import { isPlanning } from '../../domain/goal/spending.ts';
import { heldOutOf } from '../../domain/held-out/options.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { created, layerFor, suppliesFor, type Judging } from '../context.ts';
import type { RepoPath, TreeId } from '../../domain/ids.ts';
import { layHeldOut } from '../held-out/unseal.ts';
import { unexplainedSkips } from './new-skips.ts';

/** One execution of one gate, or the recorded reason why there was none; with held-out checks on the tree that they make. */
export async function runGate(context: Judging, run: GateRun): Promise<void> {
  const tree = run.heldOut ? await layHeldOut(context, run.tree) : run.tree;
  const { opened, ...measured } = await measure(context, run, tree);
  // An earlier run may have been asked about other files.
  const seen = opened === undefined || measured.cached ? {} : { opened };
  const measurement = { ...measured, ...seen, ...(await unexplainedSkips(context, measured)) };
  await context.session.append({
    type: 'gate.measured',
    data: { ...measurement, ...(run.heldOut ? { over: run.tree } : {}) },
  });
}

async function measure(context: Judging, run: GateRun, tree: TreeId): Promise<Measurement> {
  const { world, session, vault, notify, signal } = context;
  const gate = session.state.policy?.gates.find((each) => each.id === run.gate);
  if (!gate)
    throw new OmkError(
      'GATE_UNKNOWN',
      `There is no gate ${run.gate} in the pinned policy`,
      `omk goal show ${session.goal}`,
      { exit: 6 },
    );
  const layer = await layerFor(context, run.tree);
  if (layer.kind === 'failed') {
    const at = isPlanning(run.purpose) ? 'base_dependencies' : 'candidate_dependencies';
    return notStarted(context, gate, { ...run, tree }, at, layer.detail, layer.tail);
  }
  const { options, repository } = created(session.state);
  const { noCache } = options;
  const heldOut = heldOutOf(session.state);
  const canaryIn = run.heldOut && heldOut ? { canaryIn: heldOut.paths } : {};
  const canaryBase = run.heldOut && run.canaryBase !== null ? tree : run.canaryBase;
  if (canaryBase !== null && run.purpose !== 'altered') {
    const canary = await world.gates.canaryFor(vault, canaryBase, gate, canaryIn.canaryIn);
    if (canary.kind === 'none') return notStarted(context, gate, { ...run, tree }, 'tool', canary.why, '');
  }
  // Nothing of held-out checks is kept for other goals.
  const cache = run.heldOut ? {} : { cache: { goal: session.goal, reuse: noCache !== true } };
  notify({ kind: 'gate_started', run });
  return world.gates.run(
    {
      gate,
      purpose: run.purpose,
      round: run.round,
      tree,
      base: repository.tree,
      canaryBase,
      ...canaryIn,
      known: knownTests(session.state, gate, repository.tree, ['passed', 'failed']),
      red: knownTests(session.state, gate, repository.tree, ['failed']),
      layer: layer.kind === 'layer' ? layer.layer : null,
      vault,
      supplies: await suppliesFor(context),
      ...watchedIn(session.state, run),
      ...(isSecondOfChecks(session.state, run) ? { reordered: true } : {}),
      ...(run.purpose === 'altered'
        ? { limitMs: alteredLimitMs(session.state.measurements, gate, repository.tree) }
        : {}),
      ...cache,
    },
    (line) => notify({ kind: 'gate_output', run, line }),
    signal,
  );
}

/** Checks that a session wrote must show the same in two orders. Those of a person are taken as they are. */
const isSecondOfChecks = ({ created: of }: GoalState, { purpose, round }: GateRun): boolean =>
  purpose === 'oracle' && round === 2 && of?.options.heldOut === undefined;

/** In what the contract and the candidate differ: what no run of either opens decides nothing. */
function watchedIn(state: GoalState, { purpose, tree }: GateRun): { readonly watched?: readonly RepoPath[] } {
  if (purpose !== 'contract' && purpose !== 'candidate') return {};
  const examined = [...state.examined.values()].find((each) => each.candidate === tree || each.contract.tree === tree);
  const { recipe } = examined?.contract ?? {};
  return recipe?.kind === 'contract' ? { watched: recipe.edits.map(({ path }) => path) } : {};
}

const knownTests = (
  state: GoalState,
  gate: GateSpec,
  base: TreeId,
  how: readonly ('passed' | 'failed')[],
): readonly string[] =>
  [1, 2]
    .flatMap((round) => baselineRuns(state.measurements, gate, base, round))
    .flatMap(({ report }) => (report.kind === 'tests' ? how.flatMap((each) => report.tests[each]) : []));

async function notStarted(
  { world }: Judging,
  gate: GateSpec,
  run: GateRun,
  at: Extract<Measurement['outcome'], { kind: 'not_started' }>['at'],
  detail: string,
  tail: string,
): Promise<Measurement> {
  const empty = await world.store.putBlob(new Uint8Array());
  return {
    gate: gate.id,
    purpose: run.purpose,
    round: run.round,
    tree: run.tree,
    canary: null,
    outcome: { kind: 'not_started', at, detail },
    report: { kind: 'exit_only' },
    changed: [],
    created: [],
    stdout: empty,
    stderr: empty,
    tail,
    argv: gate.argv,
    envNames: [],
    tools: {},
    sandbox: { kind: 'none', why: 'nothing ran' },
    layer: null,
    startedAt: new Date(world.clock.now()).toISOString(),
    durationMs: 0,
  };
}
