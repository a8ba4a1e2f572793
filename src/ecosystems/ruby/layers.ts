import type { Planner } from '../../world/gates/layers/plan.ts';
import { planBundler } from './bundler/plan.ts';

export const ruby: readonly Planner[] = [planBundler];
