export { forkGoal } from '../../engine/commands/fork.ts';
