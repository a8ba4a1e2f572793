import type { Planner } from '../../world/gates/layers/plan.ts';
import { planNpm } from '../../world/gates/layers/npm/plan.ts';
import { planPnpm } from '../../world/gates/layers/pnpm/plan.ts';
import { planYarn } from '../../world/gates/layers/yarn/plan.ts';
import { planBun } from '../../world/gates/layers/bun/plan.ts';

export const javascript: readonly Planner[] = [planNpm, planPnpm, planYarn, planBun];
