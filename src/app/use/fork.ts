export { type ForkPoint, forkGoal } from '../../engine/commands/fork.ts';
