import type { ProjectRules } from '../../../domain/project/project-rules.ts';

export const php: ProjectRules = {
  manifests: [/^composer\.json$/],
  lockFiles: ['composer.lock'],
};
