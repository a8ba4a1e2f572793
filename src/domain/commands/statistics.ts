/** Where the true mean is, with 98.3 % of confidence: three looks at growing samples err in 5 % of cases at most. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Samples at the first, second and third look, with the quantile of Student's t for that many, less one. */
export const LOOKS = [
  { pairs: 7, t: 3.287 },
  { pairs: 14, t: 2.746 },
  { pairs: 21, t: 2.613 },
] as const;

export function interval(samples: readonly number[], t: number): Interval {
  const mean = average(samples);
  const half = samples.length < 2 ? Infinity : (t * deviation(samples)) / Math.sqrt(samples.length);
  return { mean, low: mean - half, high: mean + half };
}

/** The standard deviation of a sample. */
export function deviation(samples: readonly number[]): number {
  const mean = average(samples);
  const squares = samples.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return samples.length < 2 ? 0 : Math.sqrt(squares / (samples.length - 1));
}

const average = (samples: readonly number[]): number =>
  samples.reduce((sum, each) => sum + each, 0) / Math.max(1, samples.length);

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
