import { idOf, type Template } from './template.ts';

/** The rules of an ecosystem that knows nothing yet, with a test that says what is missing. */
export function newEcosystem(name: string): Template {
  const id = idOf(name);
  const folder = `src/ecosystems/${name}`;
  return {
    files: new Map([
      [`${folder}/rules/rules.ts`, rules(id)],
      [`${folder}/rules/rules.test.ts`, rulesTest(name, id)],
      [`${folder}/gates.ts`, gates(id)],
      [`${folder}/gates.test.ts`, gatesTest(name, id)],
      [`${folder}/README.md`, readme(name)],
    ]),
    lines: [],
    next: [
      `node --test ${folder}/rules/rules.test.ts ${folder}/gates.test.ts src/ecosystems/examples.test.ts`,
      `a reader: npm run new -- reader <name> ${name}`,
      'what else an ecosystem may have: the table of CONTRIBUTING.md; npm run tables finds it',
    ],
  };
}

const gates = (id: string): string => `import type { Detector } from '../../world/gates/detect/port.ts';

export const ${id}: readonly Detector[] = [];
`;

const readme = (name: string): string => `# ${name}

| | |
| --- | --- |
| detected by | nothing yet: \`gates.ts\` |
| installed by | nothing yet: \`layers.ts\` |
| runners | none yet: \`npm run new -- reader <name> ${name}\` |
| syntax | none yet: \`syntax/syntax.ts\` |
| not covered | everything |
`;

const gatesTest = (name: string, id: string): string => `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ${id} as gates } from './gates.ts';

test('${name}: its gates are found', () => {
  assert.ok(gates.length > 0, 'missing: a detector, which proposes gates from the files of a tree');
});
`;

const rules = (
  id: string,
): string => `import type { EcosystemRules } from '../../../domain/contract/ecosystem-rules.ts';

export const ${id}: EcosystemRules = {
  // How its files look: LanguageRules says what each field is for.
  languages: [],
  tests: [],
  runnerFiles: [],
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
  const { languages, tests, runnerFiles, manifests, runnerPackages, examples } = ${id};
  assert.ok(languages.length > 0, 'missing: \`languages\`, the endings of its files and how they are loaded');
  assert.ok(tests.length > 0, 'missing: \`tests\`, names of files that hold tests');
  assert.ok(runnerFiles.length > 0, 'missing: \`runnerFiles\`, settings that change how tests run');
  assert.ok(manifests.length > 0, 'missing: \`manifests\`, files that say what a project needs, and how they are compared');
  assert.notEqual(runnerPackages, '', 'missing: \`runnerPackages\`, packages that run tests or make the assertions');
  assert.ok(examples.source.length > 0, 'missing: \`examples.source\`, paths that look like tests or settings and are neither');
  for (const path of examples.source) assert.equal(classify(path), 'source', path);
});
`;
