export type { Clock } from '../world/clock/port.ts';
export { systemClock } from '../world/clock/system.ts';
