import type { Planner } from '../../world/gates/layers/plan.ts';
import { planComposer } from './composer/plan.ts';

export const php: readonly Planner[] = [planComposer];
