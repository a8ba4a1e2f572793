import { idOf, type Template } from './template.ts';

/** The rules of an ecosystem that knows nothing yet, in every table, with a test that says what is missing. */
export function newEcosystem(name: string): Template {
  const id = idOf(name);
  const folder = `src/ecosystems/${name}`;
  const tables = ['rules', 'gates', 'layers', 'runners'].flatMap((table) => {
    const path = `src/ecosystems/${table}.ts`;
    const from = table === 'rules' ? 'rules/rules' : table;
    return [
      { path, line: `import { ${id} } from './${name}/${from}.ts';`, before: `import { ruby }` },
      { path, line: id === name ? `  ${id},` : `  '${name}': ${id},`, before: '  ruby,' },
    ];
  });
  return {
    files: new Map([
      [`${folder}/rules/rules.ts`, rules(id)],
      [`${folder}/rules/rules.test.ts`, rulesTest(name, id)],
      [`${folder}/gates.ts`, gates(id)],
      [`${folder}/layers.ts`, layers(id)],
      [`${folder}/runners.ts`, runners(id)],
      [`${folder}/gates.test.ts`, gatesTest(name, id)],
      [`${folder}/README.md`, readme(name)],
    ]),
    lines: [
      { path: 'src/domain/ecosystem.ts', line: `  '${name}': '${name}',`, before: `  ruby: ` },
      ...tables,
      { path: 'src/ecosystems/commands.ts', line: `  '${name}': {},`, before: '  ruby: {}' },
      { path: 'src/ecosystems/syntax.ts', line: `  '${name}': [],`, before: '  ruby: [' },
      { path: 'src/ecosystems/runners.ts', line: `  ...BY_ECOSYSTEM['${name}'],`, before: '  ...BY_ECOSYSTEM.ruby' },
    ],
    next: [
      `node --test ${folder}/rules/rules.test.ts ${folder}/gates.test.ts src/ecosystems/examples.test.ts`,
      `a reader: npm run new -- reader <name> ${name}`,
      'rows in the tables of docs/gates.md',
    ],
  };
}

const gates = (id: string): string => `import type { Detector } from '../../world/gates/detect/port.ts';

export const ${id}: readonly Detector[] = [];
`;

const layers = (id: string): string => `import type { Planner } from '../../world/gates/layers/plan.ts';

/** What is installed of it is not known to omk: its gates get what \`[worktree] setup\` makes. */
export const ${id}: readonly Planner[] = [];
`;

const runners = (id: string): string => `import type { Runners } from '../../world/gates/ecosystem-gates.ts';

export const ${id} = {
  // By the names that gates give them.
} satisfies Runners;
`;

const readme = (name: string): string => `# ${name}

| | |
| --- | --- |
| detected by | nothing yet: \`gates.ts\` |
| installed by | nothing yet: \`layers.ts\` |
| runners | none yet: \`npm run new -- reader <name> ${name}\` |
| syntax | none yet: \`syntax/<language>.ts\`, named in \`src/ecosystems/syntax.ts\` |
| not covered | everything |
`;

const gatesTest = (name: string, id: string): string => `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ${id} as gates } from './gates.ts';
import { ${id} as runners } from './runners.ts';

test('${name}: its gates are found, and its tests are read', () => {
  assert.ok(gates.length > 0, 'missing: a detector, which proposes gates from the files of a tree');
  assert.ok(Object.keys(runners).length > 0, 'missing: a reader: npm run new -- reader <name> ${name}');
});
`;

const rules = (
  id: string,
): string => `import type { EcosystemRules } from '../../../domain/contract/ecosystem-rules.ts';

export const ${id}: EcosystemRules = {
  tests: [],
  runnerFiles: [],
  standIns: [],
  installSettings: [],
  manifests: [],
  installedFrom: [],
  builtFrom: [],
  mixed: null,
  runnerPackages: '',
  copies: null,
  toolCaches: [],
  examples: { tests: [], runner: [], cache: [], source: [] },
};
`;

const rulesTest = (name: string, id: string): string => `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify } from '../../../domain/contract/classify.ts';
import { ${id} } from './rules.ts';

test('${name}: what its tests are called, what runs them, and what a project needs', () => {
  const { tests, runnerFiles, manifests, runnerPackages, examples } = ${id};
  assert.ok(tests.length > 0, 'missing: \`tests\`, names of files that hold tests');
  assert.ok(runnerFiles.length > 0, 'missing: \`runnerFiles\`, settings that change how tests run');
  assert.ok(manifests.length > 0, 'missing: \`manifests\`, files that say what a project needs, and how they are compared');
  assert.notEqual(runnerPackages, '', 'missing: \`runnerPackages\`, packages that run tests or make the assertions');
  assert.ok(examples.source.length > 0, 'missing: \`examples.source\`, paths that look like tests or settings and are neither');
  for (const path of examples.source) assert.equal(classify(path), 'source', path);
});
`;
