import type { Planner } from '../../world/gates/layers/plan.ts';
import { planGo } from '../../world/gates/layers/go/plan.ts';
import { planGoModule } from '../../world/gates/layers/go/module.ts';

export const go: readonly Planner[] = [planGo, planGoModule];
