import type { GateRun } from '../../domain/gates/assess.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import { OmkError } from '../../domain/error.ts';
import { layerFor, type Context } from '../context.ts';

/** One execution of one gate, or the recorded reason why there was none. */
export async function runGate(context: Context, run: GateRun): Promise<void> {
  const { world, session, vault, notify, signal } = context;
  const gate = session.state.policy?.gates.find((each) => each.id === run.gate);
  if (!gate) throw new OmkError('GATE_UNKNOWN', `There is no gate ${run.gate} in the pinned policy`, `omk goal show ${session.goal}`, { exit: 6 });
  const layer = await layerFor(context, run.tree);
  if (layer.kind === 'failed') {
    const at = run.purpose === 'baseline' ? 'base_dependencies' : 'candidate_dependencies';
    return record(context, await notStarted(context, gate, run, at, layer.detail, layer.tail));
  }
  if (run.canaryBase !== null) {
    const canary = await world.gates.canaryFor(vault, run.canaryBase, gate);
    if (canary.kind === 'none') return record(context, await notStarted(context, gate, run, 'tool', canary.why, ''));
  }
  const cache = { goal: session.goal, reuse: session.state.created?.options.noCache !== true };
  notify({ kind: 'gate_started', run });
  const measurement = await world.gates.run(
    { gate, purpose: run.purpose, round: run.round, tree: run.tree, canaryBase: run.canaryBase, layer: layer.kind === 'layer' ? layer.layer : null, vault, cache },
    (line) => notify({ kind: 'gate_output', run, line }),
    signal,
  );
  return record(context, measurement);
}

const record = (context: Context, data: Measurement): Promise<void> => context.session.append({ type: 'gate.measured', data });

async function notStarted(
  { world }: Context,
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
