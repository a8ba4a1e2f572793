import { judgeGate } from '../evidence/judge-gate.ts';
import { agreed, baselineOf } from '../gates/baseline.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { measuredVerdict } from '../gates/measured.ts';
import { blocking, readiness } from '../judge/readiness.ts';
import type { Verdict } from '../gates/verdict.ts';
import type { GoalState } from '../goal/state.ts';
import type { TerminalStatus } from '../status.ts';
import type { TreeId } from '../ids.ts';
import type { Claim, ClaimState } from './claim.ts';
import { caught, differencesBetween, outcomesOf, verdictWords, type Difference } from './compare.ts';
import { notHere, othersThan } from './not-here.ts';
import { byRole } from './roles.ts';

/** What a goal's log says and what was seen here, side by side. */
export interface Compared {
  /** As it was when the goal ended. */
  readonly recorded: GoalState;
  readonly status: TerminalStatus;
  readonly candidate: TreeId | null;
  /** The same with the measurements made here in place of the recorded ones. */
  readonly here: GoalState;
  /** Second runs of what differed, to tell a flake from a divergence. */
  readonly again: readonly Measurement[];
}

const NAMED = 3;

/** Claims about the runs of one gate, and then about its verdict. */
export function gateClaims(compared: Compared, gate: GateSpec): readonly Claim[] {
  const runs = runClaims(compared, gate);
  const verdict = verdictClaim(compared, gate, runs);
  return verdict ? [...runs, verdict] : runs;
}

function runClaims(compared: Compared, gate: GateSpec): readonly Claim[] {
  const { recorded, here, candidate } = compared;
  const of = (runs: readonly Measurement[]): readonly Measurement[] => runs.filter((each) => each.gate === gate.id);
  const mine = byRole(here, candidate, of(here.measurements));
  const blocked = [...mine.values()].find((run) => run.outcome.kind === 'not_started' && !isUnplanted(run));
  return [...byRole(recorded, candidate, of(recorded.measurements))].map(([role, run]): Claim => {
    const { purpose, round, tree } = run;
    const claim = {
      about: 'run',
      gate: gate.id,
      run: { purpose, round, tree },
      text: `${role}: ${shows(gate, run)}`,
    } as const;
    const found = mine.get(role);
    if (found) return { ...claim, ...comparedRun(compared, gate, run, found, role) };
    const why = blocked?.outcome.kind === 'not_started' ? blocked.outcome.detail : null;
    return why === null
      ? { ...claim, state: 'signed', why: 'no verdict here rests on it' }
      : { ...claim, state: 'not_reproducible', why };
  });
}

/** Where nothing could be planted nothing was run, and nothing is lacking here. */
const isUnplanted = ({ purpose, canary }: Measurement): boolean =>
  (purpose === 'canary' || purpose === 'altered') && canary === null;

/** Runs here that do not say what the recorded ones say, on a machine that should. */
export function worthAnother(compared: Compared, gate: GateSpec): readonly Measurement[] {
  const { recorded, here, candidate } = compared;
  const of = (runs: readonly Measurement[]): readonly Measurement[] => runs.filter((each) => each.gate === gate.id);
  const mine = byRole(here, candidate, of(here.measurements));
  return [...byRole(recorded, candidate, of(recorded.measurements))].flatMap(([role, run]) => {
    const found = mine.get(role);
    if (!found || differencesBetween(gate, run, found, unstableIn(compared, gate)).length === 0) return [];
    return notHere(gate, run, found, here.dependencies) === null ? [found] : [];
  });
}

function comparedRun(
  compared: Compared,
  gate: GateSpec,
  run: Measurement,
  found: Measurement,
  role: string,
): Pick<Claim, 'state' | 'why' | 'flaky'> {
  const { here, candidate } = compared;
  const unstable = unstableIn(compared, gate);
  const flaked = shakenHere(compared, gate, found, role);
  const told = flaked.length > 0 ? { flaky: flaked } : {};
  const all = differencesBetween(gate, run, found, unstable);
  const others = othersThan(run, found);
  if (all.length === 0)
    return { state: 'reproduced', ...told, ...(others.length > 0 ? { why: `with ${others.join('; ')}` } : {}) };
  const cause = notHere(gate, run, found, here.dependencies);
  if (cause !== null) return { state: 'not_reproducible', why: `${cause} (${words(all)})`, ...told };
  const second = byRole(
    here,
    candidate,
    compared.again.filter((each) => each.gate === gate.id),
  ).get(role);
  const steady = second ? all.filter((each) => isSteady(gate, each, found, second, unstable)) : all;
  if (second && steady.length === 0)
    return {
      state: 'not_reproducible',
      why: `flaky: two runs of the same tree here do not agree (${words(all)})`,
      flaky: [...new Set([...flaked, ...all.flatMap(({ ids }) => ids)])].sort(),
    };
  return { state: 'diverged', why: words(steady), ...told };
}

/** Whether the second run here says what the first one said. */
function isSteady(
  gate: GateSpec,
  { ids }: Difference,
  first: Measurement,
  second: Measurement,
  unstable: ReadonlySet<string>,
): boolean {
  if (ids.length === 0) return differencesBetween(gate, first, second, unstable).length === 0;
  const [one, other] = [outcomesOf(first), outcomesOf(second)];
  // Names that are made anew in every run, as of a time: one of then cannot be there.
  const areNew = [...one.keys()].some((id) => !other.has(id));
  return ids.every((id) => one.get(id) === other.get(id) && !(areNew && !one.has(id)));
}

/** What failed in one of the runs of this role here, and not in another. */
function shakenHere({ here, candidate }: Compared, gate: GateSpec, last: Measurement, role: string): readonly string[] {
  const same = here.measurements.filter(
    (each) => each.gate === gate.id && each !== last && byRole(here, candidate, [each]).has(role),
  );
  const outcomes = outcomesOf(last);
  return [
    ...new Set(
      same.flatMap((run) =>
        [...outcomesOf(run)].flatMap(([id, outcome]) =>
          [outcome, outcomes.get(id)].includes('failed') && outcome !== outcomes.get(id) ? [id] : [],
        ),
      ),
    ),
  ].sort();
}

/** Ids that the base does not decide: there or here. */
function unstableIn({ recorded, here }: Compared, gate: GateSpec): ReadonlySet<string> {
  const base = recorded.created?.repository.tree ?? '';
  const own = baselineOf(here.measurements, gate, base);
  const told = baselineOf(recorded.measurements, gate, base);
  const oracle = (state: GoalState): ReadonlySet<string> =>
    agreed(
      gate,
      state.measurements.filter(({ purpose, gate: id }) => purpose === 'oracle' && id === gate.id),
    )?.unstable ?? new Set();
  return new Set([...(own?.unstable ?? []), ...(told?.unstable ?? []), ...oracle(here), ...oracle(recorded)]);
}

function verdictClaim({ recorded, here, candidate }: Compared, gate: GateSpec, runs: readonly Claim[]): Claim | null {
  const said = candidate === null ? null : judgeGate(recorded, gate, candidate);
  if (candidate === null || said === null || !recorded.examined.has(candidate)) return null;
  const claim = { about: 'verdict', gate: gate.id, text: `verdict: ${verdictWords(said.verdict)}` } as const;
  const unable = runs.find(({ state }) => state === 'not_reproducible');
  const now = judgeGate(here, gate, candidate);
  const same = now !== null && verdictWords(now.verdict) === verdictWords(said.verdict);
  if (same && !unable) return { ...claim, state: 'reproduced', ...(now.flaky.length > 0 ? { flaky: now.flaky } : {}) };
  if (unable) return { ...claim, state: 'not_reproducible', why: unable.why ?? '' };
  if (now === null) return { ...claim, state: 'not_reproducible', why: 'not judged here' };
  return { ...claim, state: 'diverged', why: `${verdictWords(now.verdict)} here${detailOf(now.verdict)}` };
}

const detailOf = (verdict: Verdict): string => (verdict.kind === 'pass' ? '' : `: ${verdict.detail}`);

/** Whether the status follows from what was seen here; `claims` are all others. */
export function statusClaim({ recorded, here, status }: Compared, claims: readonly Claim[]): Claim {
  const claim = { about: 'status', gate: null, text: `status: ${status}` } as const;
  const codes = (state: GoalState): readonly string[] =>
    blocking(readiness(state)).map(({ code, subject }) => `${code} ${subject}`);
  const [there, now] = [codes(recorded), codes(here)];
  const unlike = now.filter((each) => !there.includes(each)).concat(there.filter((each) => !now.includes(each)));
  const worst = worstOf(claims);
  if (worst === 'not_reproducible')
    return { ...claim, state: worst, why: 'not everything that it rests on could be seen here' };
  if (unlike.length > 0) return { ...claim, state: 'diverged', why: `it does not follow here: ${unlike.join(', ')}` };
  return worst === 'diverged'
    ? { ...claim, state: worst, why: 'what it rests on is not what was seen here' }
    : { ...claim, state: 'reproduced' };
}

/** A divergence says more than what could not be told. */
export const worstOf = (claims: readonly Claim[]): ClaimState => {
  const states = new Set(claims.map(({ state }) => state));
  if (states.has('diverged')) return 'diverged';
  return states.has('not_reproducible') ? 'not_reproducible' : 'reproduced';
};

const words = (all: readonly Difference[]): string =>
  [
    ...all.slice(0, NAMED).map(({ text }) => text),
    ...(all.length > NAMED ? [`and ${all.length - NAMED} more`] : []),
  ].join('; ');

function shows(gate: GateSpec, run: Measurement): string {
  const outcomes = [...outcomesOf(run).values()];
  const count = (wanted: string): number => outcomes.filter((each) => each === wanted).length;
  const tests = run.report.kind === 'tests' ? ` (${count('passed')} passed, ${count('failed')} failed)` : '';
  const isPlanted = run.purpose === 'canary' || run.purpose === 'altered';
  return `${isPlanted ? caught(run) : verdictWords(measuredVerdict(gate, run))}${tests}`;
}
