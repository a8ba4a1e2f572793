export { garbageOf } from '../../engine/collect/collect.ts';
export { type CollectOptions, DEFAULTS, type Garbage } from '../../engine/collect/garbage.ts';
