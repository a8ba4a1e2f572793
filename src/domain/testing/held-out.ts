import type { HeldOutOptions } from '../evidence/held-out.ts';
import { BASE, gateSpec, policyOf, shows, type Shown } from './build.ts';
import { CANARY } from './ready.ts';
import type { World } from './simulate.ts';
import { CAUGHT, GREEN, RED } from './trust.ts';

export const HIDDEN = 'test/hidden.test.js';
export const CARRIES = `${HIDDEN} > carries`;

export const heldOutOptions = (more: Partial<HeldOutOptions> = {}): HeldOutOptions => ({
  commitment: 'c'.repeat(64),
  paths: [HIDDEN],
  hidden: ['/hidden'],
  oracle: BASE,
  ...more,
});

/** Held-out checks on the base, on a candidate that only does what can be seen, and on a right one. */
export const ORACLE = shows({ passed: ['adds'], failed: ['subtracts', CARRIES] });
export const HELD_RED = shows({ passed: ['adds', 'subtracts'], failed: [CARRIES] });
export const HELD_GREEN = shows({ passed: ['adds', 'subtracts', CARRIES] });
export const HELD_CANARY = { file: HIDDEN, name: CANARY.name };
export const HELD_CAUGHT = shows(
  { passed: ['adds', 'subtracts', CARRIES], failed: [`${HIDDEN} > ${CANARY.name}`] },
  { canary: HELD_CANARY },
);

interface Held {
  readonly oracle?: Shown;
  readonly heldOut?: Shown | ((round: number) => Shown);
  readonly canary?: Shown;
  readonly options?: World['options'];
  readonly held?: Partial<HeldOutOptions>;
}

/** A world like that of `world()` whose goal has held-out checks. */
export const withHeldOut = ({
  oracle = ORACLE,
  heldOut = HELD_GREEN,
  canary = HELD_CAUGHT,
  options = {},
  held = {},
}: Held = {}): Pick<World, 'policy' | 'options' | 'measure'> => ({
  policy: policyOf(gateSpec({ retries: 1 })),
  options: { heldOut: heldOutOptions(held), ...options },
  measure: ({ purpose, round, heldOut: laid }) => {
    if (purpose === 'oracle') return oracle;
    if (purpose === 'held_out') return typeof heldOut === 'function' ? heldOut(round) : heldOut;
    if (purpose === 'canary') return laid ? canary : CAUGHT;
    return purpose === 'baseline' ? RED : GREEN;
  },
});
