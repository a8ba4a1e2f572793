/** A table beside the folders of ecosystems: which file of each it is made of, and what that holds. */
export interface Part {
  readonly table: string;
  readonly name: string;
  /** In the folder of an ecosystem, which need not have it. */
  readonly file: string;
  readonly type: string;
  /** Where the type comes from, below `src`. */
  readonly from: string;
  readonly about: string;
  /** What else stands in the table. */
  readonly more?: string;
}

const allOf = (name: string, table: string, type: string): string => `
/** One table of all ecosystems. */
export const ${name} = <Value>(table: (rules: ${type}) => readonly Value[]): readonly Value[] =>
  Object.values(${table}).flatMap(table);
`;

export const PARTS: readonly Part[] = [
  {
    table: 'RULES',
    name: 'rules',
    file: 'rules/rules.ts',
    type: 'EcosystemRules',
    from: 'domain/contract/ecosystem-rules.ts',
    about: 'What the contract knows of each ecosystem.',
    more: allOf('allOf', 'RULES', 'EcosystemRules'),
  },
  {
    table: 'PROJECTS',
    name: 'projects',
    file: 'sources/project.ts',
    type: 'ProjectRules',
    from: 'domain/project/project-rules.ts',
    about: 'What projects of each ecosystem look like. Apart from `rules.ts`, as no verdict depends on it.',
    more: allOf('allProjects', 'PROJECTS', 'ProjectRules'),
  },
  {
    table: 'GATES',
    name: 'gates',
    file: 'gates.ts',
    type: 'readonly Detector[]',
    from: 'world/gates/detect/port.ts',
    about: 'How each ecosystem is detected, in the order gates run.',
  },
  {
    table: 'LAYERS',
    name: 'layers',
    file: 'layers.ts',
    type: 'readonly Planner[]',
    from: 'world/gates/layers/plan.ts',
    about:
      'How what a repository of each ecosystem needs is installed. Apart from `gates.ts`, so that a verifier has none of it.',
  },
  {
    table: 'COMMANDS',
    name: 'commands',
    file: 'commands.ts',
    type: 'Commands',
    from: 'world/gates/command/port.ts',
    about: 'What each ecosystem knows of commands that start its runners.',
  },
  {
    table: 'CACHES',
    name: 'caches',
    file: 'cache.ts',
    type: 'BuildCache',
    from: 'world/gates/run/build-cache.ts',
    about:
      'Caches of what toolchains compile, beside what is installed. Apart from `gates.ts`, so that a verifier has none of it.',
  },
  {
    table: 'SYNTAX',
    name: 'syntax',
    file: 'syntax/syntax.ts',
    type: 'readonly Language[]',
    from: 'world/syntax/language.ts',
    about:
      'The languages of each ecosystem whose tests can be read. Of any other a changed file is named, and nothing said about its tests.',
  },
];
