import type { Planner } from '../../world/gates/layers/plan.ts';
import { planMaven } from './maven/plan.ts';
import { planGradle } from './gradle/plan.ts';
import { WRAPPER_PLANNERS } from './wrapper/plan.ts';

export const jvm: readonly Planner[] = [...WRAPPER_PLANNERS, planMaven, planGradle];
