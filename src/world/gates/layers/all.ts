import { LAYERS } from '../../../ecosystems/layers.ts';
import { planCargoTarget } from './cargo/target.ts';
import { planDeclared } from './declared/plan.ts';
import type { Planner } from './plan.ts';
import { WRAPPER_PLANNERS } from './wrapper/plan.ts';

/**
 * Every package manager that omk installs with; of those for one language, at most one finds itself meant. First
 * the programs that they are started with, last what builds on them.
 */
export const PLANNERS: readonly Planner[] = [
  ...WRAPPER_PLANNERS,
  ...Object.values(LAYERS).flat(),
  planCargoTarget,
  planDeclared,
];
