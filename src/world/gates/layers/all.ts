import { LAYERS } from '../../../ecosystems/layers.ts';
import { planDeclared } from './declared/plan.ts';
import type { Planner } from './plan.ts';

/** Every package manager that omk installs with; of those for one language, at most one finds itself meant. */
export const PLANNERS: readonly Planner[] = [...Object.values(LAYERS).flat(), planDeclared];
