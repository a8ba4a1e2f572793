import type { Planner } from '../../world/gates/layers/plan.ts';
import { planCargo } from '../../world/gates/layers/cargo/plan.ts';

export const rust: readonly Planner[] = [planCargo];
