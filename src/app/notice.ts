export type { Notice, Notify } from '../engine/world.ts';
