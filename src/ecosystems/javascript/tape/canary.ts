import { assertClaims } from '../claims/assert.ts';
import { isModule, unchecked } from '../canary.ts';
import { isTestFile } from '../test-file.ts';
import { identifier, numbers, sentence, type Names } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

export const tapeCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter(isTestFile)),
  filters: /^(?:--only|--no-only)(?:=|$)/,
  plant(path, content, names) {
    if (!/['"]tape['"]/.test(content) || /\.only\b/.test(content)) return null;
    const id = identifier(names[0]);
    const load = isModule(path, content)
      ? `import ${id}_tape from 'tape';\nimport ${id}_loose from 'node:assert';`
      : `const ${id}_tape = require('tape'), ${id}_loose = require('assert');`;
    return `${unchecked(content)}\n;${load}\n${body(id, names)}`;
  },
};

/** Three tests, of other shapes and ended by other errors; see the one for node:test. */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [asserts, compares, waits] = names.map((each) => JSON.stringify(each));
  return `${assertClaims(id, [a, b])}${id}_tape(${asserts}, (t) => {
  t.equal(${a}, ${b});
  t.end();
});
${id}_tape(${compares}, (t) => {
  if (${id}_now()) t.ok(${a} === ${b});
  t.deepEqual({ a: [${a}] }, { a: [${b}] });
  t.end();
});
${id}_tape(${waits}, (t) => {
  ${id}_later().then((refused) => {
    if (refused) t.fail('${a} is not ${b}');
    t.end();
  }, t.end);
});
`;
}
