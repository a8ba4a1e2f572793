import type { EcosystemGates } from '../../world/gates/ecosystem-gates.ts';
import { go as detector } from './detect.ts';
import { planGo } from '../../world/gates/layers/go/plan.ts';
import { planGoModule } from '../../world/gates/layers/go/module.ts';

export const go: EcosystemGates = {
  detectors: [detector],
  planners: [planGo, planGoModule],
};
