import type { EcosystemGates } from '../../world/gates/ecosystem-gates.ts';
import { pytest } from './pytest/detect.ts';
import { django } from './django/detect.ts';
import { unittest } from './unittest/detect.ts';
import { planPythonBuilder } from '../../world/gates/layers/python/builder.ts';
import { planPythonProject } from '../../world/gates/layers/python/project.ts';
import { planPip } from '../../world/gates/layers/pip/plan.ts';
import { planUv } from '../../world/gates/layers/uv/plan.ts';
import { planPoetry } from '../../world/gates/layers/poetry/plan.ts';

export const python: EcosystemGates = {
  detectors: [pytest, django, unittest],
  planners: [planPythonBuilder, planPythonProject, planPip, planUv, planPoetry],
};
