import type { ProjectRules } from '../../../domain/project/project-rules.ts';

export const ruby: ProjectRules = {
  manifests: [/^(?:Gemfile|[^/]+\.gemspec)$/],
  lockFiles: ['Gemfile.lock'],
};
