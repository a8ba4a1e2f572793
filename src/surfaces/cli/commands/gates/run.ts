import { type GateResult, runGates, whenApart } from '../../../../app/use/run-gates.ts';
import type { GateSpec } from '../../../../domain/gates/gate.ts';
import { lackFix, lackText } from '../../../../domain/gates/beside-tree.ts';
import { notInstalled } from '../../../../domain/evidence/lacking.ts';
import { nearLimit } from '../../../../domain/evidence/near-limit.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { printJson, type Output } from '../../output/print.ts';
import { NONE, withGates } from './show.ts';

/** `omk gates run`: the verdicts on HEAD. */
export const run = (checks: readonly string[], output: Output, reuse: boolean): Promise<number> =>
  withGates(checks, async ({ world, vault, repository }, gates) => {
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    const supplies = await world.git.supplies(repository.pin);
    if (!output.json) for (const lack of supplies.told.lacks) output.err(`note: ${lackText(lack)}: ${lackFix(lack)}`);
    const results = await runGates(
      world,
      { vault, tree: repository.pin.tree, gates, reuse, signal: stop.signal, supplies },
      (result) => {
        if (!output.json) show(result, gates, output);
      },
      (layer) => {
        if (!output.json && layer.kind === 'none' && layer.lacking) output.out(cleanLine(notInstalled(layer.why), 400));
      },
    );
    if (output.json)
      printJson(
        output,
        results.map(({ gate, cached, ...result }) => ({
          ...result,
          gate: gate.id,
          required: gate.required,
          cached: cached?.key ?? null,
        })),
      );
    else if (results.length === 0) output.err(NONE);
    return results.length > 0 && results.every(({ gate, verdict }) => !gate.required || verdict.kind === 'pass')
      ? 0
      : 3;
  });

const told = (tests: GateResult['tests']): string =>
  tests === null ? '' : `  ${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`;

function show(result: GateResult, gates: readonly GateSpec[], output: Output): void {
  const { gate, verdict, tail, tests, cached, missing, durationMs } = result;
  const from = cached ? `  from the cache (${cached.from.goal ?? 'omk gates run'}, ${cached.from.startedAt})` : '';
  output.out(
    `${verdict.kind.replace('_', ' ').padEnd(13)} ${gate.id}${told(tests)}${from}` +
      `${verdict.kind === 'pass' ? '' : `  ${cleanLine(verdict.detail, 300)} (${verdict.code})`}`,
  );
  if (missing && missing.what !== 'dependencies') output.out(`    ${missing.text}: ${missing.fix}`);
  const near = cached ? null : nearLimit(gate, durationMs);
  if (near !== null) output.out(`    ${near}`);
  if (verdict.kind !== 'pass' && tail.trim() !== '') output.out(tail.trimEnd().replace(/^/gm, '    '));
  const apart = verdict.kind === 'fail' ? whenApart(gate, gates) : null;
  if (apart !== null) output.out(`    ${apart}`);
}
