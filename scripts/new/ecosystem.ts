import { idOf, type Template } from './template.ts';

/** The rules of an ecosystem that knows nothing yet, in every table, with a test that says what is missing. */
export function newEcosystem(name: string): Template {
  const id = idOf(name);
  const folder = `src/ecosystems/${name}/rules`;
  return {
    files: new Map([
      [`${folder}/rules.ts`, rules(id)],
      [`${folder}/rules.test.ts`, rulesTest(name, id)],
    ]),
    lines: [
      { path: 'src/domain/ecosystem.ts', line: `  '${name}': '${name}',`, before: `  ruby: ` },
      {
        path: 'src/ecosystems/rules.ts',
        line: `import { ${id} } from './${name}/rules/rules.ts';`,
        before: `import { ruby }`,
      },
      { path: 'src/ecosystems/rules.ts', line: `  '${name}': ${id},`, before: '  ruby,' },
      { path: 'src/world/gates/detect/all.ts', line: `  '${name}': [],`, before: '  ruby: [' },
      { path: 'src/world/gates/layers/all.ts', line: `  '${name}': [],`, before: '  ruby: [' },
    ],
    next: [
      `node --test ${folder}/rules.test.ts src/ecosystems/examples.test.ts`,
      'a detector in src/world/gates/detect, a package manager in src/world/gates/layers, a reader: npm run new -- reader <name>',
      'rows in the tables of docs/gates.md',
    ],
  };
}

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
