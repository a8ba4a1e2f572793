import { assertClaims } from '../claims/assert.ts';
import { unchecked } from '../canary.ts';
import { isTestFile } from '../test-file.ts';
import { identifier, numbers, sentence, type Names } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

export const qunitCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter(isTestFile)),
  filters: /^(?:-[fm]|--(?:filter|module))(?:=|$)/,
  plant(_path, content, names) {
    if (!/\bQUnit\b/.test(content) || /\bonly\s*\(/.test(content)) return null;
    const id = identifier(names[0]);
    return `${unchecked(content)}\n;${load(id)}\n${body(id, names)}`;
  },
};

const load = (id: string): string =>
  `const ${id}_load = typeof require === 'function' ? require : process.getBuiltinModule;
const ${id}_qunit = globalThis.QUnit ?? ${id}_load('qunit'), ${id}_loose = ${id}_load?.('assert');`;

/** Three tests, of other shapes and ended by other errors; see the one for node:test. */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [asserts, compares, waits] = names.map((each) => JSON.stringify(each));
  return `${assertClaims(id, [a, b])}${id}_qunit.test(${asserts}, (assert) => {
  assert.equal(${a}, ${b});
});
${id}_qunit.test(${compares}, (assert) => {
  if (${id}_now()) assert.ok(${a} === ${b});
  assert.deepEqual({ a: [${a}] }, { a: [${b}] });
});
${id}_qunit.test(${waits}, async (assert) => {
  assert.ok(true);
  if (await ${id}_later()) throw new Error('${a} is not ${b}');
});
`;
}
