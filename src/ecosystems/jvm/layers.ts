import type { Planner } from '../../world/gates/layers/plan.ts';
import { planMaven } from '../../world/gates/layers/maven/plan.ts';
import { planGradle } from '../../world/gates/layers/gradle/plan.ts';
import { WRAPPER_PLANNERS } from '../../world/gates/layers/wrapper/plan.ts';

export const jvm: readonly Planner[] = [...WRAPPER_PLANNERS, planMaven, planGradle];
