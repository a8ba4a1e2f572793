import type { ProjectRules } from '../../../domain/project/project-rules.ts';
import { imports } from './imports.ts';
import { programs } from './programs.ts';

export const python: ProjectRules = {
  manifests: [/^(?:pyproject\.toml|setup\.(?:py|cfg)|requirements[\w-]*\.txt|Pipfile)$/],
  lockFiles: ['poetry.lock', 'uv.lock'],
  wrappers: ['uv', 'poetry', 'pdm', 'hatch', 'pipenv', 'coverage'],
  programs,
  imports,
};
