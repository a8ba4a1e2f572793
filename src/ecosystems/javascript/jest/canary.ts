import { assertClaims } from '../claims/assert.ts';
import { expectClaims } from '../claims/expect.ts';
import { definesTests, IMPORTS_RUNNER, SELECTS, unchecked } from '../canary.ts';
import { isTestFile } from '../test-file.ts';
import { identifier, numbers, sentence, type Names } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

export const jestCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter(isTestFile)),
  filters: new RegExp(
    String.raw`^(?:-[otfb]|--(?:testNamePattern|onlyChanged|onlyFailures|changedSince|` +
      String.raw`changedFilesWithAncestor|lastCommit|findRelatedTests|shard|filter|bail))(?:=|$)`,
  ),
  plant(_path, content, names) {
    const imported = IMPORTS_RUNNER.exec(content)?.[1];
    if ((imported !== undefined && imported !== '@jest/globals') || !definesTests(content) || SELECTS.test(content))
      return null;
    const id = identifier(names[0]);
    return `${unchecked(content)}\n;${imported === undefined ? globals(id) : imports(id, content)}\n${body(id, names)}`;
  },
};

/** The functions that every test file gets, whatever the file calls by their names. */
const globals = (id: string): string =>
  `const { test: ${id}_test, expect: ${id}_expect } = globalThis;
const ${id}_spy = typeof jest === 'object' && typeof jest.fn === 'function' ? jest.fn : (value) => value;
${assertion(id)}`;

/** Where a project has no globals, its files say so by importing them; in the way they do it, the file can import more. */
const imports = (id: string, content: string): string => {
  const names = `test as ${id}_test, expect as ${id}_expect, jest as ${id}_jest`;
  const isImport = /^\s*import\b[^;]*['"]@jest\/globals['"]/m.test(content);
  const load = isImport
    ? `import { ${names} } from '@jest/globals';`
    : `const { ${names.replaceAll(' as ', ': ')} } = require('@jest/globals');`;
  return `${load}\nconst ${id}_spy = ${id}_jest.fn;\n${assertion(id)}`;
};

const assertion = (id: string): string =>
  `const ${id}_loose = typeof require === 'function' ? require('assert') : process.getBuiltinModule?.('assert');`;

/** Three tests, of other shapes and ended by other errors; see the one for node:test. */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [asserts, waits, calls] = names.map((each) => JSON.stringify(each));
  const end = `new Error('${a} is not ${b}')`;
  return `${expectClaims(id, [a, b])}${assertClaims(id, [a, b])}${id}_test(${asserts}, () => {
  if (${id}_expects() && ${id}_now()) ${id}_expect(${a}).toBe(${b});
});
${id}_test(${waits}, async () => {
  if (${id}_expects() && (await ${id}_expects_later()) && (await ${id}_later())) throw ${end};
});
${id}_test(${calls}, (done) => {
  done(${id}_expects() ? ${end} : undefined);
});
`;
}
