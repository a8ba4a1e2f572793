import type { GateSpec } from '../../domain/gates/gate.ts';
import { causeOf, type MissingHere } from '../../domain/evidence/missing-here.ts';
import { measuredVerdict } from '../../domain/gates/measured.ts';
import type { Verdict } from '../../domain/gates/verdict.ts';
import type { TreeId } from '../../domain/ids.ts';
import type { Execution, TestReport } from '../../domain/gates/evidence.ts';
import type { LayerResult, RunGateRequest } from '../../world/gates/port.ts';
import type { Supplies, Vault } from '../../world/git/port.ts';
import { pooled } from '../pool.ts';
import type { World } from '../world.ts';

export interface GateResult {
  readonly gate: GateSpec;
  readonly verdict: Verdict;
  readonly tail: string;
  readonly durationMs: number;
  /** How many tests its report has; null where none was read. */
  readonly tests: { readonly passed: number; readonly failed: number; readonly skipped: number } | null;
  /** What is missing here for it, null where the code is to blame or nothing is wrong. */
  readonly missing: MissingHere | null;
  /** The key of the evidence and the execution that it is from, null where the gate was executed. */
  readonly cached: { readonly key: string; readonly from: Execution } | null;
}

interface Asked {
  readonly vault: Vault;
  readonly tree: TreeId;
  readonly gates: readonly GateSpec[];
  /** What checkouts get beside the tree. Absent: nothing. */
  readonly supplies?: Supplies;
  /** Whether evidence of earlier executions may be taken. */
  readonly reuse: boolean;
  readonly signal: AbortSignal;
}

/**
 * What gates say of a tree outside of goals, those that fit together at once, in their order; `told` hears of each when it is known.
 * One that ran out of memory is tried alone, once.
 */
export async function runGates(
  world: { readonly gates: Pick<World['gates'], 'layer' | 'run'>; readonly concurrency: number },
  { vault, tree, gates, reuse, signal, supplies }: Asked,
  told: (result: GateResult) => void,
  toldOfLayer: (layer: LayerResult) => void = () => undefined,
): Promise<readonly GateResult[]> {
  const layer = await world.gates.layer(vault, tree, tree, supplies);
  toldOfLayer(layer);
  const dependencies = {
    detail: layer.kind === 'none' ? layer.why : '',
    lacking: layer.kind === 'none' ? layer.lacking : undefined,
    beside: supplies?.told,
  };
  const execute = async (gate: GateSpec): Promise<GateResult> => {
    const unable = notRun(gate, layer);
    if (unable) return unable;
    const request: RunGateRequest = {
      gate,
      purpose: 'baseline',
      round: 1,
      tree,
      canaryBase: null,
      layer: layer.kind === 'layer' ? layer.layer : null,
      vault,
      ...(supplies ? { supplies } : {}),
      cache: { goal: null, reuse },
    };
    const measured = await world.gates.run(request, () => undefined, signal);
    return {
      gate,
      verdict: measuredVerdict(gate, measured),
      tail: measured.tail,
      durationMs: measured.durationMs,
      tests: counted(measured.report),
      cached: measured.cached ?? null,
      missing: causeOf(gate, measured, dependencies),
    };
  };
  const together = await pooled(
    gates,
    world.concurrency,
    async (gate) => toldUnlessShort(await execute(gate), told),
    ({ weight }) => weight ?? 1,
  );
  const results: GateResult[] = [];
  for (const settled of together) {
    if (settled.status === 'rejected') throw settled.reason;
    const { value } = settled;
    if (!isShort(value)) results.push(value);
    else {
      const alone = await execute(value.gate);
      told(alone);
      results.push(alone);
    }
  }
  return results;
}

function counted(report: TestReport): GateResult['tests'] {
  if (report.kind !== 'tests') return null;
  const { passed, failed, skipped } = report.tests;
  return { passed: passed.length, failed: failed.length, skipped: skipped.length };
}

const isShort = ({ verdict }: GateResult): boolean =>
  verdict.kind === 'not_measured' && verdict.code === 'E_OUT_OF_MEMORY';

function toldUnlessShort(result: GateResult, told: (result: GateResult) => void): GateResult {
  if (!isShort(result)) told(result);
  return result;
}

function notRun(gate: GateSpec, layer: LayerResult): GateResult | null {
  const nothing = { gate, durationMs: 0, tests: null, cached: null, missing: null };
  if (layer.kind === 'failed')
    return {
      ...nothing,
      verdict: { kind: 'not_measured', code: 'E_NOT_STARTED', detail: layer.detail },
      tail: layer.tail,
    };
  return gate.skip
    ? { ...nothing, verdict: { kind: 'not_measured', code: 'E_SKIPPED', detail: 'skip = true' }, tail: '' }
    : null;
}
