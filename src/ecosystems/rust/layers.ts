import type { Planner } from '../../world/gates/layers/plan.ts';
import { planCargo } from './cargo/plan.ts';
import { planCargoTarget } from './cargo/target.ts';

export const rust: readonly Planner[] = [planCargo, planCargoTarget];
