import type { GateSpec } from './gate.ts';

/** A required gate in which a new test would be seen. */
export const countsTests = (gate: GateSpec): boolean =>
  gate.required && !gate.skip && gate.kind === 'test' && gate.reader !== 'exit_only';
