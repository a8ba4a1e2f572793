import { canonical } from '../../domain/canonical.ts';
import { inputsText } from '../../domain/gates/cached.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import type { TreeId } from '../../domain/ids.ts';
import { sha256Hex } from '../format/bytes.ts';
import type { ListedEntry } from './git/door.ts';
import type { Judged } from './judged.ts';
import type { Recorder } from './report.ts';

/** Runs that came from the cache name the key they were found under, and the key is that of what they say they ran with. */
export function checkCached(facts: Judged, to: Recorder): void {
  for (const gate of facts.rules.statedGates(facts)) {
    for (const run of facts.rules.runsOf(facts, gate)) {
      if (run.cached && !isItsOwn(run, run.cached))
        to.check('E_GATE_RESULT', false, `a run of gate ${gate.id} is not the one its key stands for`);
    }
  }
}

function isItsOwn(run: Measurement, { key, parts }: NonNullable<Measurement['cached']>): boolean {
  const { sandbox } = run;
  return (
    sha256Hex(canonical(parts)) === key &&
    parts.layer === run.layer &&
    canonical(parts.tools) === canonical(run.tools) &&
    (parts.canaryBase !== null) === (run.purpose === 'canary' || run.purpose === 'altered') &&
    (parts.altered === true) === (run.purpose === 'altered') &&
    sandbox.kind !== 'none' &&
    parts.sandbox === `${sandbox.kind} ${sandbox.version}`
  );
}

/** V1: the files that a gate says it depends on are, in the judged tree, those the key was made of. */
export function checkInputs(facts: Judged, trees: ReadonlyMap<TreeId, readonly ListedEntry[]>, to: Recorder): void {
  for (const gate of facts.rules.statedGates(facts)) {
    for (const { cached, tree } of gate.inputs ? facts.rules.runsOf(facts, gate) : []) {
      const entries = trees.get(tree);
      if (!cached || !gate.inputs) continue;
      const text = entries ? inputsText(entries, gate.inputs) : null;
      to.check(
        'E_GATE_TREE',
        text !== null && sha256Hex(text) === cached.parts.inputs,
        `gate ${gate.id} was run on the inputs that ${tree} has`,
      );
    }
  }
}
