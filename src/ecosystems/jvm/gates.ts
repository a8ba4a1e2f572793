import type { EcosystemGates } from '../../world/gates/ecosystem-gates.ts';
import { maven } from '../../world/gates/detect/maven.ts';
import { gradle } from './gradle/detect.ts';
import { planMaven } from '../../world/gates/layers/maven/plan.ts';
import { planGradle } from '../../world/gates/layers/gradle/plan.ts';

export const jvm: EcosystemGates = {
  detectors: [maven, gradle],
  planners: [planMaven, planGradle],
};
