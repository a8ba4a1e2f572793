export { durationMs } from '../world/config/duration.ts';
export type { Config, RoleChoice } from '../world/config/port.ts';
