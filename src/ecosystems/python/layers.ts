import type { Planner } from '../../world/gates/layers/plan.ts';
import { planPythonBuilder } from '../../world/gates/layers/python/builder.ts';
import { planPythonProject } from '../../world/gates/layers/python/project.ts';
import { planPip } from '../../world/gates/layers/pip/plan.ts';
import { planUv } from '../../world/gates/layers/uv/plan.ts';
import { planPoetry } from '../../world/gates/layers/poetry/plan.ts';

export const python: readonly Planner[] = [planPythonBuilder, planPythonProject, planPip, planUv, planPoetry];
