import type { Planner } from '../../world/gates/layers/plan.ts';

/** What is installed of it is not known to omk: its gates get what `[worktree] setup` makes. */
export const dotnet: readonly Planner[] = [];
