import type { EcosystemGates } from '../../world/gates/ecosystem-gates.ts';
import { planComposer } from './composer/plan.ts';
import { php as detector } from './detect.ts';

export const php: EcosystemGates = { detectors: [detector], planners: [planComposer] };
