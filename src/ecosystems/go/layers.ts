import type { Planner } from '../../world/gates/layers/plan.ts';
import { planGo } from './mod/plan.ts';
import { planGoModule } from './mod/module.ts';

export const go: readonly Planner[] = [planGo, planGoModule];
