import type { Ecosystem } from '../../../domain/ecosystem.ts';
import { planBun } from './bun/plan.ts';
import { planBundler } from './bundler/plan.ts';
import { planCargo } from './cargo/plan.ts';
import { planCargoTarget } from './cargo/target.ts';
import { planComposer } from './composer/plan.ts';
import { planDeclared } from './declared/plan.ts';
import { planGo } from './go/plan.ts';
import { planGoModule } from './go/module.ts';
import { planGradle } from './gradle/plan.ts';
import { planNodeManager } from './node/manager-layer.ts';
import { planMaven } from './maven/plan.ts';
import { planNpm } from './npm/plan.ts';
import { planPip } from './pip/plan.ts';
import type { Planner } from './plan.ts';
import { planPnpm } from './pnpm/plan.ts';
import { planPoetry } from './poetry/plan.ts';
import { planPythonBuilder } from './python/builder.ts';
import { planPythonProject } from './python/project.ts';
import { planUv } from './uv/plan.ts';
import { WRAPPER_PLANNERS } from './wrapper/plan.ts';
import { planYarn } from './yarn/plan.ts';

/** None: what is installed of it is not known to omk; its gates get what `[worktree] setup` makes. */
const BY_ECOSYSTEM: Readonly<Record<Ecosystem, readonly Planner[]>> = {
  javascript: [planNpm, planPnpm, planYarn, planBun],
  python: [planPythonBuilder, planPythonProject, planPip, planUv, planPoetry],
  rust: [planCargo],
  go: [planGo, planGoModule],
  jvm: [planMaven, planGradle],
  dotnet: [],
  cpp: [],
  php: [planComposer],
  ruby: [planBundler],
};

/**
 * Every package manager that omk installs with; of those for one language, at most one finds itself meant. First
 * the programs that they are started with, last what builds on them.
 */
export const PLANNERS: readonly Planner[] = [
  ...WRAPPER_PLANNERS,
  planNodeManager,
  ...Object.values(BY_ECOSYSTEM).flat(),
  planCargoTarget,
  planDeclared,
];
