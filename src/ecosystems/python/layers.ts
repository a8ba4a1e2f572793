import type { Planner } from '../../world/gates/layers/plan.ts';
import { planPythonBuilder } from './project/builder.ts';
import { planPythonProject } from './project/project.ts';
import { planPip } from './pip/plan.ts';
import { planUv } from './uv/plan.ts';
import { planPoetry } from './poetry/plan.ts';

export const python: readonly Planner[] = [planPythonBuilder, planPythonProject, planPip, planUv, planPoetry];
