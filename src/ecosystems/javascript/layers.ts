import type { Planner } from '../../world/gates/layers/plan.ts';
import { planNodeManager } from '../../world/gates/layers/node/manager-layer.ts';
import { planNpm } from '../../world/gates/layers/npm/plan.ts';
import { planPnpm } from '../../world/gates/layers/pnpm/plan.ts';
import { planYarn } from '../../world/gates/layers/yarn/plan.ts';
import { planBun } from '../../world/gates/layers/bun/plan.ts';

export const javascript: readonly Planner[] = [planNodeManager, planNpm, planPnpm, planYarn, planBun];
