export { type Applied, type ApplyOptions, applyGoal } from '../../engine/commands/apply.ts';
