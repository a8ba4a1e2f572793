import type { Runners } from '../../world/gates/ecosystem-gates.ts';
import { cargoTest } from './cargo-test/reader.ts';
import { nextest } from './nextest/reader.ts';
import { cargoTestCanary } from './cargo-test/canary.ts';

export const rust = {
  'cargo-test': { reader: cargoTest, canary: cargoTestCanary },
  nextest: { reader: nextest, canary: cargoTestCanary },
} satisfies Runners;
