/** A part of the work that is done alone: `omk goal execute`, `verify` and `integrate`. */
export type Step = 'execute' | 'verify' | 'integrate';
