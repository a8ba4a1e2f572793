import type { EcosystemGates } from '../../world/gates/ecosystem-gates.ts';
import { npm } from '../../world/gates/detect/npm.ts';
import { planNpm } from '../../world/gates/layers/npm/plan.ts';
import { planPnpm } from '../../world/gates/layers/pnpm/plan.ts';
import { planYarn } from '../../world/gates/layers/yarn/plan.ts';
import { planBun } from '../../world/gates/layers/bun/plan.ts';

export const javascript: EcosystemGates = {
  detectors: [npm],
  planners: [planNpm, planPnpm, planYarn, planBun],
};
