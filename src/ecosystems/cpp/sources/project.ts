import type { ProjectRules } from '../../../domain/project/project-rules.ts';

export const cpp: ProjectRules = {
  manifests: [/^CMakeLists\.txt$/],
  lockFiles: [],
};
