export { runGoal } from '../../engine/commands/run.ts';
export { deliverAfterRun, type DeliveredRun } from '../../engine/delivery/after-run.ts';
