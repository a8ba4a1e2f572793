import type { EcosystemGates } from '../../world/gates/ecosystem-gates.ts';
import { ctest } from './ctest/detect.ts';

export const cpp: EcosystemGates = {
  detectors: [ctest],
  planners: [],
};
