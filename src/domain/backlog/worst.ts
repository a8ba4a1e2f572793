/** Exit codes, what a person must act on first: a bug, the machinery, a block, a budget, what is missing, wrong usage, a cancel. */
const WORST_FIRST = [1, 6, 4, 5, 3, 2, 7, 130];

/** The exit code of several pieces of work: the worst of theirs; 0 only where all are. A code that is not known is worst of all. */
export function worstExit(exits: readonly number[]): number {
  const [worst = 0] = exits
    .filter((exit) => exit !== 0)
    .sort((a, b) => WORST_FIRST.indexOf(a) - WORST_FIRST.indexOf(b) || a - b);
  return worst;
}
