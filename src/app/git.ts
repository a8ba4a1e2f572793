export type { InspectedRepository } from '../world/git/port.ts';
