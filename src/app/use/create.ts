export { createGoal, needsPrompt, titleOf } from '../../engine/commands/create.ts';
export type { GivenPlan } from '../../engine/commands/given-plan.ts';
