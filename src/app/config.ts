export { durationMs } from '../world/config/duration.ts';
export type { Config } from '../world/config/port.ts';
