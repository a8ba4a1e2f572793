export { type ApplyOptions, applyGoal } from '../../engine/commands/apply.ts';
