import type { ProjectRules } from '../../../domain/project/project-rules.ts';

export const dotnet: ProjectRules = {
  manifests: [/^[^/]+\.(?:sln|slnx|csproj)$/],
  lockFiles: [],
};
