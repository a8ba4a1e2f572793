import type { ProjectRules } from '../../../domain/project/project-rules.ts';

export const ruby: ProjectRules = {
  manifests: [/^(?:Gemfile|[^/]+\.gemspec)$/],
  lockFiles: ['Gemfile.lock'],
  notRemade: {
    'Gemfile.lock': 'Bundler has to run the Gemfile for it, and omk does not run that of a change',
  },
};
