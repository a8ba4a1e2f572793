import { canonical } from '../../../domain/canonical.ts';
import type { GatePolicy, GateSpec } from '../../../domain/gates/gate.ts';
import type { Facts } from '../../statement/facts.ts';
import type { Recorder } from '../report.ts';
import type { ListedEntry } from './door.ts';

const GATE_FILE = '.omk/gates.toml';

/** The gates of the log are those of the base: the file there is the one it names, and reads as the log says. */
export function checkPolicy(facts: Facts, base: readonly ListedEntry[], atBase: GatePolicy, to: Recorder): void {
  const resolved = facts.events.find((event) => event.type === 'policy.resolved')?.data.policy;
  if (!resolved) {
    // Never a ready run: that V0 has shown.
    to.check('E_POLICY', true, 'the run ended before it was known what judges it');
    return;
  }
  const entry = base.find((each) => each.path === GATE_FILE);
  const pinned =
    (resolved.file?.blob ?? null) === (entry?.id ?? null) && (!resolved.file || resolved.file.path === GATE_FILE);
  to.check('E_POLICY', pinned, entry ? `${GATE_FILE} of the base is ${entry.id}` : `the base has no ${GATE_FILE}`);

  for (const gate of atBase.gates) {
    const used = resolved.gates.find((each) => each.id === gate.id);
    if (!to.check('E_GATE_MISSING', used !== undefined, `gate ${gate.id} of the base is in the run`) || !used) continue;
    if (
      !to.check(
        'E_GATE_ARGV',
        canonical(used.argv) === canonical(gate.argv),
        `gate ${gate.id} runs ${JSON.stringify(gate.argv)}`,
      )
    )
      continue;
    to.check(
      'E_POLICY',
      canonical(used) === canonical(asPinned(gate, used)),
      `gate ${gate.id} is declared as in the run`,
    );
  }
  const extra = resolved.gates.find((used) => !atBase.gates.some((gate) => gate.id === used.id));
  to.check(
    'E_POLICY',
    extra === undefined,
    extra ? `gate ${extra.id} is not one of the base` : 'the run has no other gates in its policy',
  );
}

/** A run of before had no retries, which asks for more than a run that has them, and did not look for scripts. */
const asPinned = ({ retries, starts, ...gate }: GateSpec, used: GateSpec): GateSpec => ({
  ...gate,
  ...(used.retries === undefined || retries === undefined ? {} : { retries }),
  ...(used.starts === undefined || starts === undefined ? {} : { starts }),
});
