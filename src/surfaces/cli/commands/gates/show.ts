import type { GateSpec } from '../../../../domain/gates/gate.ts';
import { measuredVerdict } from '../../../../domain/gates/measured.ts';
import type { Verdict } from '../../../../domain/gates/verdict.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { gatesOf, resolvePolicy } from '../../../../engine/commands/resolve-policy.ts';
import { openRepositoryWorld, type RepositoryWorld } from '../../repository-world.ts';
import { printJson, type Output } from '../../output/print.ts';
import { table } from '../../text/table.ts';
import { readerLines } from './reader-lines.ts';

async function withGates(checks: readonly string[], work: (here: RepositoryWorld, gates: readonly GateSpec[]) => Promise<number>): Promise<number> {
  const here = await openRepositoryWorld(process.env, process.cwd());
  try {
    return await work(here, gatesOf(await resolvePolicy(here.world, here.vault, here.repository.pin.tree, checks)));
  } finally {
    await here.world.gates.clear();
    await here.world.store.close();
  }
}

const origin = ({ source }: GateSpec): string =>
  source.kind === 'file' ? source.path : source.kind === 'check' ? '--check' : `detected: ${source.because}`;

const NONE = 'no gates: omk init writes .omk/gates.toml from what it detects; or use --check "<command>"';

export const list = (checks: readonly string[], output: Output): Promise<number> =>
  withGates(checks, async (_here, gates) => {
    if (output.json) printJson(output, gates);
    else if (gates.length === 0) output.err(NONE);
    else {
      const rows = gates.map((gate) => [gate.id, gate.required ? 'required' : 'optional', gate.reader, gate.argv.join(' '), origin(gate)]);
      for (const line of table(['gate', '', 'reader', 'command', 'from'], rows, { columns: output.columns })) output.out(line);
    }
    return 0;
  });

export const run = (checks: readonly string[], output: Output): Promise<number> =>
  withGates(checks, async ({ world, vault, repository }, gates) => {
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    const layer = await world.gates.layer(vault, repository.pin.tree, repository.pin.tree);
    const results: { gate: string; required: boolean; verdict: Verdict; tail: string; durationMs: number }[] = [];
    for (const gate of gates) {
      if (layer.kind === 'failed') {
        results.push({ gate: gate.id, required: gate.required, verdict: { kind: 'not_measured', code: 'E_NOT_STARTED', detail: layer.detail }, tail: layer.tail, durationMs: 0 });
        continue;
      }
      if (gate.skip) {
        results.push({ gate: gate.id, required: gate.required, verdict: { kind: 'not_measured', code: 'E_SKIPPED', detail: 'skip = true' }, tail: '', durationMs: 0 });
        continue;
      }
      const measured = await world.gates.run(
        { gate, purpose: 'baseline', round: 1, tree: repository.pin.tree, canaryBase: null, layer: layer.kind === 'layer' ? layer.layer : null, vault },
        () => undefined,
        stop.signal,
      );
      const verdict = measuredVerdict(gate, measured);
      results.push({ gate: gate.id, required: gate.required, verdict, tail: measured.tail, durationMs: measured.durationMs });
      if (!output.json) output.out(`${verdict.kind.replace('_', ' ').padEnd(13)} ${gate.id}${verdict.kind === 'pass' ? '' : `  ${verdict.code}: ${cleanLine(verdict.detail, 300)}`}`);
      if (!output.json && verdict.kind !== 'pass' && measured.tail.trim() !== '') output.out(measured.tail.trimEnd().replace(/^/gm, '    '));
    }
    if (output.json) printJson(output, results);
    else if (results.length === 0) output.err(NONE);
    return results.length > 0 && results.every((each) => !each.required || each.verdict.kind === 'pass') ? 0 : 3;
  });

export const explain = (checks: readonly string[], output: Output): Promise<number> =>
  withGates(checks, async ({ world, vault, repository }, gates) => {
    const sandbox = await world.sandboxes.detect();
    const layer = await world.gates.layer(vault, repository.pin.tree, repository.pin.tree);
    const explained = await Promise.all(
      gates.map(async (gate) => ({ gate, canary: (await world.gates.canaryFor(vault, repository.pin.tree, gate))?.file ?? null })),
    );
    if (output.json) {
      printJson(output, { commit: repository.pin.commit, sandbox, layer, gates: explained });
      return 0;
    }
    output.out(`base      ${repository.pin.commit}`);
    output.out(`sandbox   ${sandbox.kind === 'none' ? `none: ${sandbox.why}` : `${sandbox.kind} ${sandbox.version}`}`);
    output.out(`deps      ${layer.kind === 'layer' ? `${layer.layer.kind} layer ${layer.layer.digest.slice(0, 12)}` : layer.kind === 'none' ? `none: ${layer.why}` : `failed: ${layer.detail}`}`);
    output.out('overlay   test and runner files of the base are laid over a candidate, added runner files are taken out (docs/gates.md lists them)');
    for (const { gate, canary } of explained) {
      output.out(`\n${gate.id}  (${gate.required ? 'required' : 'optional'}, ${gate.kind})`);
      output.out(`  command  ${gate.argv.join(' ')}${gate.cwd === '.' ? '' : `   in ${gate.cwd}`}`);
      output.out(`  from     ${origin(gate)}`);
      for (const line of readerLines(gate)) output.out(line);
      output.out(`  canary   ${canary === null ? 'none' : `a test that must fail, planted in ${canary}`}`);
      output.out(`  network  ${gate.network ? 'allowed' : 'none'}   timeout ${Math.round(gate.timeoutMs / 1000)}s   retries ${gate.retries ?? 0}`);
      for (const { name, argv, cwd } of gate.services ?? []) output.out(`  service  ${name}: ${argv.join(' ')}${cwd === '.' ? '' : `   in ${cwd}`}`);
    }
    return 0;
  });
