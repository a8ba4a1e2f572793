import type { Evidence } from './evidence.ts';
import { baselineRounds, baselineRun } from '../gates/baseline.ts';
import { lackFix, lackText, type Beside } from '../gates/beside-tree.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { isKnownRed } from './known-red.ts';
import { measuredVerdict } from '../gates/measured.ts';
import type { Lack } from '../gates/sign.ts';
import { NO_PACKAGE, SIGNS } from '../gates/signs.ts';

/** Why a gate is red on the base, where that is not its code: an agent cannot mend it. */
export interface MissingHere {
  readonly gate: string;
  readonly what: Lack;
  /** Why, as the rest of a sentence about the gate. */
  readonly text: string;
  readonly fix: string;
}

type Dependencies = {
  readonly detail: string;
  readonly lacking?: true | undefined;
  readonly beside?: Beside | undefined;
} | null;

/** What was measured, and what was prepared for it. */
export interface Prepared extends Evidence {
  readonly dependencies: Dependencies;
}

/** What all runs of the base say is missing, or null: the code is to blame, or the base is green. */
export const missingHere = (state: Prepared, gate: GateSpec): MissingHere | null =>
  alikeOnBase(state, gate, (run) => causeOf(gate, run, state.dependencies));

function alikeOnBase(
  { created, measurements }: Prepared,
  gate: GateSpec,
  causeIn: (run: Measurement) => MissingHere | null,
): MissingHere | null {
  const base = created?.repository.tree;
  if (base === undefined) return null;
  const causes = baselineRounds(gate).map((round) => {
    const run = baselineRun(measurements, gate, base, round);
    return run && causeIn(run);
  });
  const [first] = causes;
  return first && causes.every((each) => each?.what === first.what) ? first : null;
}

/** A base that ends well, whose report says otherwise or is not there: so it will be with any change. */
function unmeasured(gate: GateSpec, run: Measurement): MissingHere | null {
  const verdict = measuredVerdict(gate, run);
  if (run.outcome.kind !== 'exited' || run.outcome.code !== 0 || verdict.kind !== 'not_measured') return null;
  return {
    gate: gate.id,
    what: 'report',
    text: `it cannot be measured: ${verdict.detail}`,
    fix:
      'name a command for it in .omk/gates.toml that leaves out tests which are meant to fail, ' +
      'or set reader = "exit_only" for it, and commit that',
  };
}

/** What one run of a gate says is missing. */
export function causeOf(gate: GateSpec, run: Measurement, dependencies: Dependencies): MissingHere | null {
  const { outcome } = run;
  // A program that the manifests ask for, where they could not be installed.
  if (outcome.kind === 'not_started')
    return outcome.at === 'tool' && dependencies?.lacking === true
      ? { gate: gate.id, ...uninstalled(dependencies.detail) }
      : null;
  if (outcome.kind !== 'exited' || measuredVerdict(gate, run).kind === 'pass') return null;
  const found = absent(run, dependencies?.beside) ?? lacking(gate, run, dependencies) ?? signed(run);
  return found && { gate: gate.id, ...found };
}

type Found = Omit<MissingHere, 'gate'>;

/** What the manifests ask for could not be installed, and it shows: no report, or packages that are not found. */
function lacking(gate: GateSpec, run: Measurement, dependencies: Dependencies): Found | null {
  if (dependencies?.lacking !== true) return null;
  const mute = gate.reader !== 'exit_only' && run.report.kind === 'unreadable' && run.report.why === 'missing';
  if (!mute && !NO_PACKAGE.test(run.tail)) return null;
  return uninstalled(dependencies.detail);
}

const uninstalled = (detail: string): Found => ({
  what: 'dependencies',
  text: `nothing is installed: ${detail}`,
  fix: 'commit what makes them installable, then start a new omk run; omk gates explain says what is installed',
});

/** What the clone does not have, where the output names it. */
function absent({ tail }: Measurement, beside: Beside | undefined): Found | null {
  const lack = beside?.lacks.find(
    ({ what, path }) =>
      tail.includes(path) ||
      (what === 'lfs' && tail.includes('https://git-lfs.github.com/spec')) ||
      tail.includes(`${lastName(path)}/`),
  );
  return lack ? { what: lack.what, text: lackText(lack), fix: lackFix(lack) } : null;
}

const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function signed({ tail, outcome }: Measurement): Found | null {
  for (const { what, pattern, says, fix } of SIGNS) {
    const match = pattern.exec(tail);
    if (!match || (what === 'tool' && !isFatal(outcome, match[0]))) continue;
    return { what, text: says(match.slice(1).find((group) => group !== undefined) ?? ''), fix };
  }
  return null;
}

/** A shell that goes on after a program it did not find ends with another code. */
const isFatal = (outcome: Measurement['outcome'], said: string): boolean =>
  !said.includes('not found') ||
  said.includes('executable file') ||
  (outcome.kind === 'exited' && outcome.code === 127);

/** Required gates that cannot become green here, but for those that a person said to go on without. */
export const cannotPassHere = (state: Prepared): readonly MissingHere[] =>
  (state.policy?.gates ?? [])
    .filter((gate) => gate.required && !gate.skip && !isKnownRed(state, gate) && !isAccepted(state, gate))
    .flatMap((gate) => missingHere(state, gate) ?? alikeOnBase(state, gate, (run) => unmeasured(gate, run)) ?? []);

const isAccepted = ({ questions }: Evidence, { id }: GateSpec): boolean =>
  questions.some(
    ({ question, answer }) =>
      question.code === 'cannot_run' && question.gates.includes(id) && answer?.kind === 'accept',
  );
