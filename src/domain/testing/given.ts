import type { Given } from '../plan/given.ts';
import { examinedOf, FIX, gateSpec, givenOf, policyOf, shows, type Shown } from './build.ts';
import { CANARY } from './ready.ts';
import { TAKEN_BACK, type World } from './simulate.ts';

const BASE_GREEN = shows({ passed: ['adds'] });
const DELIVERED = shows({ passed: ['adds', 'subtracts'] });
/** The new test on the base's code. */
export const RED_THERE = shows({ passed: ['adds'], failed: ['subtracts'] });
export const GREEN_THERE = shows({ passed: ['adds', 'subtracts'] });
export const NOT_THERE = shows({ passed: ['adds'] });
const CAUGHT = shows({ passed: ['adds', 'subtracts'], failed: [CANARY.name] }, { canary: CANARY });

interface Shows {
  readonly base?: Shown;
  readonly delivered?: Shown;
  /** With all but the tests of the change taken back. */
  readonly takenBack?: Shown;
  /** With functions that do nothing. */
  readonly emptied?: Shown;
}

/** A world whose base is green, and a change that adds a test and mends what it asks for. */
export const givenChange = (
  given: Partial<Given> = {},
  { base = BASE_GREEN, delivered = DELIVERED, takenBack = RED_THERE, emptied = RED_THERE }: Shows = {},
): Pick<World, 'policy' | 'given' | 'measure' | 'examine'> => ({
  policy: policyOf(gateSpec()),
  given: givenOf(FIX, given),
  measure: ({ purpose, tree }) => {
    if (purpose === 'hollow') return tree === TAKEN_BACK ? takenBack : emptied;
    if (purpose === 'canary') return CAUGHT;
    return purpose === 'baseline' ? base : delivered;
  },
  examine: (candidate) =>
    examinedOf(candidate, {
      changes: [
        { path: 'a.js', change: 'modified', oldMode: '100644', newMode: '100644' },
        { path: 'b.test.js', change: 'added', oldMode: '000000', newMode: '100644' },
      ],
    }),
});
