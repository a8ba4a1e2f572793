import { assertClaims } from '../claims/assert.ts';
import { definesTests, IMPORTS_RUNNER, SELECTS, unchecked } from '../canary.ts';
import { isTestFile } from '../test-file.ts';
import { identifier, numbers, sentence, type Names } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

export const jasmineCanary: CanaryMaker = {
  style: sentence,
  tests: 4,
  candidates: (paths) => ordered(paths.filter((path) => isTestFile(path) && !HELPER.test(path))),
  filters: /^--(?:filter|filter-path|fail-fast)(?:=|$)/,
  unless: {
    files: ['spec/support/jasmine.json', 'spec/support/jasmine.mjs', 'spec/support/jasmine.js', 'jasmine.json'],
    says: /["']?\b(?:stopOnSpecFailure|failFast)\b["']?\s*:\s*true/,
  },
  plant(_path, content, names) {
    if (IMPORTS_RUNNER.test(content) || !definesTests(content) || SELECTS.test(content)) return null;
    const id = identifier(names[0]);
    return `${unchecked(content)}\n;${load(id)}\n${body(id, names)}`;
  },
};

const HELPER = /(?:^|\/)(?:helpers?|support|fixtures?)\//;

/** The functions that every spec has, or those of the module where a project switched globals off. */
const load = (id: string): string =>
  `const ${id}_load = typeof require === 'function' ? require : process.getBuiltinModule;
const { it: ${id}_it, expect: ${id}_expect } = typeof globalThis.it === 'function' ? globalThis : ${id}_load('jasmine-core').noGlobals();
const ${id}_loose = ${id}_load?.('assert');`;

/** Four specs: in jasmine an expectation that is not met throws nothing, so each shape of it has its own. */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [expects, equals, waits, calls] = names.map((each) => JSON.stringify(each));
  return `${assertClaims(id, [a, b])}${id}_it(${expects}, () => {
  ${id}_expect(${a}).toBe(${b});
});
${id}_it(${equals}, () => {
  ${id}_expect({ a: [${a}] }).toEqual({ a: [${b}] });
});
${id}_it(${waits}, async () => {
  if (await ${id}_later()) throw new Error('${a} is not ${b}');
});
${id}_it(${calls}, (done) => {
  if (${id}_now()) done.fail('${a} is not ${b}');
  else done();
});
`;
}
