export { removeGoal } from '../../engine/commands/remove.ts';
