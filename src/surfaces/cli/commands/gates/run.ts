import type { GateSpec } from '../../../../domain/gates/gate.ts';
import { measuredVerdict } from '../../../../domain/gates/measured.ts';
import type { Verdict } from '../../../../domain/gates/verdict.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { printJson, type Output } from '../../output/print.ts';
import { NONE, withGates } from './show.ts';

const isApart = ({ source }: GateSpec, all: readonly GateSpec[]): boolean => isOfCargo(source) && all.filter((each) => isOfCargo(each.source)).length > 1;
const isOfCargo = (source: GateSpec['source']): boolean => source.kind === 'detected' && source.detector === 'cargo';
const APART = '    this package was built without the others: if `cargo test --workspace` passes, make that the one gate, in .omk/gates.toml';

/** `omk gates run`: the verdicts on HEAD. */
export const run = (checks: readonly string[], output: Output, reuse: boolean): Promise<number> =>
  withGates(checks, async ({ world, vault, repository }, gates) => {
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    const layer = await world.gates.layer(vault, repository.pin.tree, repository.pin.tree);
    const results: { gate: string; required: boolean; verdict: Verdict; tail: string; durationMs: number; cached: string | null }[] = [];
    for (const gate of gates) {
      if (layer.kind === 'failed') {
        results.push({ gate: gate.id, required: gate.required, verdict: { kind: 'not_measured', code: 'E_NOT_STARTED', detail: layer.detail }, tail: layer.tail, durationMs: 0, cached: null });
        continue;
      }
      if (gate.skip) {
        results.push({ gate: gate.id, required: gate.required, verdict: { kind: 'not_measured', code: 'E_SKIPPED', detail: 'skip = true' }, tail: '', durationMs: 0, cached: null });
        continue;
      }
      const measured = await world.gates.run(
        { gate, purpose: 'baseline', round: 1, tree: repository.pin.tree, canaryBase: null, layer: layer.kind === 'layer' ? layer.layer : null, vault, cache: { goal: null, reuse } },
        () => undefined,
        stop.signal,
      );
      const verdict = measuredVerdict(gate, measured);
      results.push({ gate: gate.id, required: gate.required, verdict, tail: measured.tail, durationMs: measured.durationMs, cached: measured.cached?.key ?? null });
      if (!output.json) output.out(`${verdict.kind.replace('_', ' ').padEnd(13)} ${gate.id}${measured.cached ? `  from the cache (${measured.cached.from.goal ?? 'omk gates run'}, ${measured.cached.from.startedAt})` : ''}${verdict.kind === 'pass' ? '' : `  ${verdict.code}: ${cleanLine(verdict.detail, 300)}`}`);
      if (!output.json && verdict.kind !== 'pass' && measured.tail.trim() !== '') output.out(measured.tail.trimEnd().replace(/^/gm, '    '));
      if (!output.json && verdict.kind === 'fail' && isApart(gate, gates)) output.out(APART);
    }
    if (output.json) printJson(output, results);
    else if (results.length === 0) output.err(NONE);
    return results.length > 0 && results.every((each) => !each.required || each.verdict.kind === 'pass') ? 0 : 3;
  });
