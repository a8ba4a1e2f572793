import type { Planner } from '../../world/gates/layers/plan.ts';
import { planNodeManager } from './node/manager-layer.ts';
import { planNpm } from './npm/plan.ts';
import { planPnpm } from './pnpm/plan.ts';
import { planYarn } from './yarn/plan.ts';
import { planBun } from './bun/plan.ts';

export const javascript: readonly Planner[] = [planNodeManager, planNpm, planPnpm, planYarn, planBun];
