import type { TreeId } from '../ids.ts';
import { gateSpec, policyOf, shows, type Shown } from './build.ts';
import { CANARY } from './ready.ts';
import { TAKEN_BACK, type World } from './simulate.ts';

const BASE_GREEN = shows({ passed: ['adds'] });
const DELIVERED = shows({ passed: ['adds', 'subtracts'] });
export const NOTICED = shows({ passed: ['adds'], failed: ['subtracts'] });
export const NOT_NOTICED = shows({ passed: ['adds', 'subtracts'] });
export const NOT_RUN = shows({ passed: ['adds'] });
const CAUGHT = shows({ passed: ['adds', 'subtracts'], failed: [CANARY.name] }, { canary: CANARY });

/** A world whose base is green, and whose worker adds a test. */
export const withOwnTests = ({
  hollow = NOTICED,
  takenBack = NOT_RUN,
  delivered = DELIVERED,
  options = {},
  planted,
}: {
  readonly hollow?: Shown;
  readonly takenBack?: Shown;
  readonly delivered?: Shown;
  readonly options?: World['options'];
  readonly planted?: readonly TreeId[];
} = {}): Pick<World, 'policy' | 'options' | 'measure' | 'planted'> => ({
  policy: policyOf(gateSpec()),
  options: { oracle: 'worker', ...options },
  ...(planted === undefined ? {} : { planted }),
  measure: ({ purpose, tree }) => {
    if (purpose === 'hollow') return tree === TAKEN_BACK ? takenBack : hollow;
    if (purpose === 'canary') return CAUGHT;
    return purpose === 'baseline' ? BASE_GREEN : delivered;
  },
});
