import type { EcosystemGates } from '../../world/gates/ecosystem-gates.ts';
import { cargo } from '../../world/gates/detect/cargo.ts';
import { planCargo } from '../../world/gates/layers/cargo/plan.ts';

export const rust: EcosystemGates = {
  detectors: [cargo],
  planners: [planCargo],
};
