import { blocks, known, type Gap } from '../goal/gap.ts';
import { currentSnapshot, type GoalState } from '../goal/state.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import type { Criterion } from '../plan/plan.ts';
import type { CommandRun, Observed, Timing } from '../plan/command.ts';
import { deviation, interval, LOOKS, median } from './statistics.ts';

type OfTiming = Extract<Criterion, { kind: 'timing' }>;

export const TIMINGS = 'timings';
/** Runs of the base alone, to see how much they differ. */
const NOISE_ROUNDS = [1, 2, 3, 4, 5, 6] as const;
/** Of these rounds the base also does twice the work: a slowdown that is known, and must be seen. */
const CANARY_ROUNDS = [1, 2, 3] as const;
/** How many times as long the doubled work must at least look, in each round. */
const LEAST_SLOWDOWN = 1.4;
/** Time that the work must take on the base, in ms: the clock counts whole ones. */
const LEAST_WORK_MS = 10;
/** Work that takes less is taken to take this. */
const LEAST_SLOPE_MS = 0.5;

const timingsOf = ({ created }: GoalState): readonly Timing[] => created?.options.timings ?? [];
const baseOf = ({ created }: GoalState): TreeId => created?.repository.tree ?? '';

/** How much a round does: nobody can know it before there is a candidate. */
export function amountOf({ n }: Timing, candidate: TreeId, round: number): number {
  const at = (round * 3) % Math.max(1, candidate.length - 4);
  const share = Number.parseInt(candidate.slice(at, at + 4) || '0', 16) / 0x1_0000;
  return n + Math.floor((n * share) / 4);
}

const isSame = (one: Observed, run: CommandRun): boolean =>
  one.of === 'timing' &&
  one.place === run.place &&
  one.tree === run.tree &&
  one.round === run.round &&
  one.n === run.n &&
  one.against === run.against;

const find = ({ observed }: GoalState, run: CommandRun): Observed | undefined =>
  observed.find((each) => isSame(each, run));

const noiseRuns = (state: GoalState, { n }: Timing, place: number): readonly CommandRun[] =>
  NOISE_ROUNDS.flatMap((round) =>
    [n, 2 * n].map((amount): CommandRun => ({ of: 'timing', place, tree: baseOf(state), round, n: amount })),
  );

const canaryRuns = (state: GoalState, { n }: Timing, place: number): readonly CommandRun[] =>
  CANARY_ROUNDS.map((round): CommandRun => ({ of: 'timing', place, tree: baseOf(state), round, n: 3 * n }));

/** The next run of the base alone; null where there is none. One after the other, each alone on the machine. */
export function noiseWanted(state: GoalState): CommandRun | null {
  for (const [place, timing] of timingsOf(state).entries()) {
    const all = [...noiseRuns(state, timing, place), ...canaryRuns(state, timing, place)];
    const next = all.find((run) => find(state, run) === undefined);
    const failed = all.some((run) => whyUnfit(find(state, run)) !== null);
    if (next && !failed) return next;
  }
  return null;
}

/** Why nothing could be told by a timing, whatever an agent does: a sentence for each. */
export const unfitTimings = (state: GoalState): readonly string[] =>
  timingsOf(state).flatMap((timing, place): readonly string[] => {
    const canaries = canaryRuns(state, timing, place).flatMap((run) => find(state, run) ?? []);
    const runs = noiseRuns(state, timing, place).flatMap((run) => find(state, run) ?? []);
    const failed = [...runs, ...canaries].map(whyUnfit).find((why) => why !== null);
    if (failed !== undefined && failed !== null) return [`\`${timing.run}\` ${failed} on the base`];
    const slopes = NOISE_ROUNDS.flatMap((round) => slopeOf(runs.filter((each) => each.round === round)) ?? []);
    if (slopes.length < NOISE_ROUNDS.length) return [];
    const work = median(slopes);
    if (work < LEAST_WORK_MS)
      return [
        `\`${timing.run}\` works for ${Math.round(work)} ms with n = ${timing.n}, and ${LEAST_WORK_MS} ms are the least: give a larger n`,
      ];
    const last = LOOKS[2];
    const spread = deviation(slopes.map((each) => Math.log(Math.max(each, LEAST_SLOPE_MS)))) * Math.SQRT2;
    const least = Math.exp((last.t * spread) / Math.sqrt(last.pairs));
    if (least > timing.percent / 100)
      return [
        `\`${timing.run}\` differs so much from run to run of the base that nothing below ${times(least)} could be told ` +
          `from chance, and ${times(timing.percent / 100)} is asked for: give a larger n, or let nothing else run`,
      ];
    const unseen = unseenSlowdown(runs, canaries);
    if (unseen !== null)
      return [
        `\`${timing.run}\` with twice the work looks ${times(unseen)} as slow on the base, so a slowdown that is there is not seen: ` +
          `{n} must be how much it does`,
      ];
    return [];
  });

/** How slow doubled work looked, where that is not slow enough to be told apart; null: it was, or there are no such runs. */
function unseenSlowdown(runs: readonly Observed[], canaries: readonly Observed[]): number | null {
  const factors = canaries.flatMap((canary) => {
    const own = runs.filter(({ round }) => round === canary.round);
    const least = own.find(({ n = 0 }) => 3 * n === canary.n);
    const work = slopeOf(own);
    if (work === null || least?.wallMs === undefined || canary.wallMs === undefined) return [];
    return [(canary.wallMs - least.wallMs) / Math.max(work, LEAST_SLOPE_MS)];
  });
  const smallest = Math.min(...factors);
  return smallest < LEAST_SLOWDOWN ? Math.max(0, smallest) : null;
}

function whyUnfit(observed: Observed | undefined): string | null {
  if (!observed) return null;
  const { outcome } = observed.run;
  if (outcome.kind !== 'exited') return outcome.kind === 'timed_out' ? 'does not end in time' : 'cannot be run';
  if (outcome.code !== 0) return `ends with exit code ${outcome.code}`;
  const printed = observed.parts.find(({ name }) => name === 'stdout')?.head.trim() ?? '';
  return printed === '' ? 'prints nothing that would show that it did its work' : null;
}

/** What the second half of the work took. */
function slopeOf(runs: readonly Observed[]): number | null {
  const [less, more] = [...runs].sort((one, other) => (one.n ?? 0) - (other.n ?? 0));
  return less?.wallMs === undefined || more?.wallMs === undefined ? null : more.wallMs - less.wallMs;
}

/** The four runs of a pair, in an order that turns from pair to pair. */
function pairRuns(state: GoalState, timing: Timing, place: number, candidate: TreeId, round: number) {
  const n = amountOf(timing, candidate, round);
  const run = (tree: TreeId, amount: number): CommandRun => ({
    of: 'timing',
    place,
    tree,
    round,
    n: amount,
    against: candidate,
  });
  const base = baseOf(state);
  const [first, second] = round % 2 === 0 ? [base, candidate] : [candidate, base];
  return [run(first, n), run(second, n), run(second, 2 * n), run(first, 2 * n)] as const;
}

export type TimingVerdict =
  | { readonly kind: 'needs'; readonly run: CommandRun }
  | { readonly kind: 'shown'; readonly text: string }
  /** `isOutput`: what it prints is another than on the base. */
  | { readonly kind: 'not_shown'; readonly text: string; readonly isOutput?: true };

/** Whether a candidate is as fast as was asked for, from what was measured, or the run that is needed to tell. */
export function assessTiming(state: GoalState, place: number, candidate: TreeId): TimingVerdict {
  const timing = timingsOf(state)[place];
  if (!timing) return { kind: 'not_shown', text: 'there is no such timing' };
  const touched = (state.examined.get(candidate)?.changes ?? []).find(({ path }) => isFrozen(timing, path));
  if (touched) return { kind: 'not_shown', text: `${touched.path} decides how it is measured, and was changed` };
  const ratios: number[] = [];
  for (const { pairs, t } of LOOKS) {
    for (let round = ratios.length + 1; round <= pairs; round += 1) {
      const pair = pairOf(state, timing, place, candidate, round);
      if (typeof pair !== 'number') return pair;
      ratios.push(pair);
    }
    const { mean, low, high } = interval(ratios, t);
    const seen = `${times(Math.exp(mean))} as fast in ${pairs} pairs of runs, at least ${times(Math.exp(low))}`;
    if (low >= Math.log(timing.percent / 100)) return { kind: 'shown', text: seen };
    if (high < Math.log(timing.percent / 100)) return { kind: 'not_shown', text: `it is ${seen}` };
    if (pairs === LOOKS[2].pairs) return { kind: 'not_shown', text: `it is ${seen}` };
  }
  return { kind: 'not_shown', text: 'it was not measured' };
}

/** How many times as fast the candidate was in a round, as a logarithm; or what keeps it from being told. */
function pairOf(
  state: GoalState,
  timing: Timing,
  place: number,
  candidate: TreeId,
  round: number,
): number | TimingVerdict {
  const seen: Observed[] = [];
  for (const run of pairRuns(state, timing, place, candidate, round)) {
    const found = find(state, run);
    if (!found) return { kind: 'needs', run };
    const unfit = whyUnfit(found);
    if (unfit !== null) return { kind: 'not_shown', text: `\`${timing.run}\` ${unfit}` };
    seen.push(found);
  }
  const base = baseOf(state);
  for (const one of seen)
    if (seen.some((other) => other.n === one.n && outputOf(other) !== outputOf(one)))
      return { kind: 'not_shown', text: `with n = ${one.n} it prints something else than the base`, isOutput: true };
  const before = slopeOf(seen.filter(({ tree }) => tree === base)) ?? 0;
  const now = slopeOf(seen.filter(({ tree }) => tree === candidate)) ?? 0;
  return Math.log(Math.max(before, LEAST_SLOPE_MS) / Math.max(now, LEAST_SLOPE_MS));
}

const outputOf = ({ parts }: Observed): string | undefined => parts.find(({ name }) => name === 'stdout')?.blob.sha256;

const isFrozen = ({ frozen }: Timing, path: RepoPath): boolean =>
  frozen.some((each) => path === each || path.startsWith(`${each.replace(/\/+$/, '')}/`));

/** The runs that are wanted of a candidate: one at most. */
export function timingsWanted(state: GoalState, candidate: TreeId): readonly CommandRun[] {
  for (const each of state.plan?.criteria ?? []) {
    if (each.kind !== 'timing') continue;
    const verdict = assessTiming(state, each.place, candidate);
    if (verdict.kind === 'needs') return [verdict.run];
  }
  return [];
}

export function timingGaps(state: GoalState, { id, place }: OfTiming): readonly Gap[] {
  const verdict = assessTiming(state, place, currentSnapshot(state)?.candidate ?? '');
  if (verdict.kind === 'shown') return [];
  if (verdict.kind === 'needs')
    return [blocks('G_GATE_PENDING', TIMINGS, `criterion ${id}: its time has not been measured`, 'omk goal resume')];
  const wanted = times((timingsOf(state)[place]?.percent ?? 100) / 100);
  return [blocks('G_TIMING', id, `it is not shown to be ${wanted} as fast: ${verdict.text}`, 'omk goal resume')];
}

/** What was measured, and that it was measured here. */
export function timingLimits(state: GoalState): readonly Gap[] {
  const candidate = currentSnapshot(state)?.candidate ?? '';
  return (state.plan?.criteria ?? []).flatMap((each): readonly Gap[] => {
    if (each.kind !== 'timing') return [];
    const verdict = assessTiming(state, each.place, candidate);
    return verdict.kind === 'shown'
      ? [known('K_TIMED_HERE', each.id, `${verdict.text}: on this machine, with the program that measures as it is`)]
      : [];
  });
}

const times = (factor: number): string => `${factor.toFixed(2)} ×`;
