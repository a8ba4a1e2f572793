export { stopGoal } from '../../engine/commands/stop.ts';
