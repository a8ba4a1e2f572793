export type { CacheKey, LayerResult, RunGateRequest } from '../world/gates/port.ts';
export { soundsLikeTests } from '../world/gates/settle.ts';
