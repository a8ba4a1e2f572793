export { runGoal } from '../../engine/commands/run.ts';
export { deliverAfterRun } from '../../engine/delivery/after-run.ts';
