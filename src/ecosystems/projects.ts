// Made from the folders by npm run tables: do not edit.
import type { ProjectRules } from '../domain/project/project-rules.ts';
import { cpp } from './cpp/sources/project.ts';
import { dotnet } from './dotnet/sources/project.ts';
import { go } from './go/sources/project.ts';
import { javascript } from './javascript/sources/project.ts';
import { jvm } from './jvm/sources/project.ts';
import { php } from './php/sources/project.ts';
import { python } from './python/sources/project.ts';
import { ruby } from './ruby/sources/project.ts';
import { rust } from './rust/sources/project.ts';

/** What projects of each ecosystem look like. Apart from `rules.ts`, as no verdict depends on it. */
export const PROJECTS: Readonly<Record<string, ProjectRules>> = {
  javascript,
  rust,
  go,
  python,
  jvm,
  dotnet,
  cpp,
  php,
  ruby,
};

/** One table of all ecosystems. */
export const allProjects = <Value>(table: (rules: ProjectRules) => readonly Value[]): readonly Value[] =>
  Object.values(PROJECTS).flatMap(table);
