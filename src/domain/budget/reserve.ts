/** Tokens and pico-dollars; null: not known, or no limit. */
export interface Amounts {
  readonly tokens: bigint | null;
  readonly picoUsd: bigint | null;
}

/** An attempt that wants to start: for which task, and the worst it is expected to spend before the next look. */
export interface Wanted {
  readonly task: string;
  readonly reservation: Amounts;
}

/**
 * Which of the wanted attempts may start together, beside those that are `running`, as their places, in order: each whose
 * reservation fits beside those that were taken before it into what the goal has left and into what its task has left. What is not
 * known holds nothing. Where none fits and none runs, the first goes on alone: the guard has seen that something is left, and it can
 * pass the limit by no more than the bound.
 */
export function admitted(
  left: Amounts,
  shares: ReadonlyMap<string, Amounts>,
  wanted: readonly Wanted[],
  running: readonly Wanted[] = [],
): readonly number[] {
  const taken: number[] = [];
  for (const [index, { task }] of wanted.entries()) {
    const all = [...running, ...wanted.filter((_, place) => place === index || taken.includes(place))];
    const ofTask = all.filter((each) => each.task === task);
    if (fits(left, all) && fits(shares.get(task) ?? NO_LIMIT, ofTask)) taken.push(index);
  }
  return taken.length === 0 && wanted.length > 0 && running.length === 0 ? [0] : taken;
}

const NO_LIMIT: Amounts = { tokens: null, picoUsd: null };

const fits = (left: Amounts, all: readonly Wanted[]): boolean =>
  within(left.tokens, sum(all, 'tokens')) && within(left.picoUsd, sum(all, 'picoUsd'));

const within = (left: bigint | null, wanted: bigint): boolean => left === null || wanted <= left;

const sum = (all: readonly Wanted[], of: keyof Amounts): bigint =>
  all.reduce((total, each) => total + (each.reservation[of] ?? 0n), 0n);

/**
 * What one of `tasks` tasks may use of a total: its equal share, or `percent` of the total where that is more; never more
 * than the total, so that the only task has all of it. Null: no limit.
 */
export function taskCeiling(total: bigint | null, tasks: number, percent: number): bigint | null {
  if (total === null || !Number.isFinite(tasks) || !Number.isFinite(percent)) return total;
  const count = BigInt(Math.max(1, Math.trunc(tasks)));
  const equal = (total + count - 1n) / count;
  const part = (total * BigInt(Math.min(100, Math.max(0, Math.trunc(percent))))) / 100n;
  return part > equal ? part : equal;
}
