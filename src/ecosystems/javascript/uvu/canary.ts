import { assertClaims } from '../claims/assert.ts';
import { isModule, unchecked } from '../canary.ts';
import { isTestFile } from '../test-file.ts';
import { identifier, numbers, sentence, type Names } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

export const uvuCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter(isTestFile)),
  filters: /^(?:-b|--bail)(?:=|$)/,
  plant(path, content, names) {
    if (!/['"]uvu['"]/.test(content)) return null;
    const id = identifier(names[0]);
    const load = isModule(path, content)
      ? `import { suite as ${id}_suite } from 'uvu';\nimport * as ${id}_assert from 'uvu/assert';\nimport ${id}_loose from 'assert';`
      : `const ${id}_suite = require('uvu').suite, ${id}_assert = require('uvu/assert'), ${id}_loose = require('assert');`;
    return `${unchecked(content)}\n;${load}\n${body(id, names)}`;
  },
};

/** A suite of its own with three tests, of other shapes and ended by other errors; see the one for node:test. */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [asserts, claims, waits] = names.map((each) => JSON.stringify(each));
  return `${assertClaims(id, [a, b])}const ${id}_test = ${id}_suite();
${id}_test(${asserts}, () => {
  ${id}_assert.is(${a}, ${b});
});
${id}_test(${claims}, () => {
  const lies = {
    ok: () => ${id}_assert.ok(0),
    is: () => ${id}_assert.is(${a}, ${b}),
    'is.not': () => ${id}_assert.is.not(${a}, ${a}),
    not: () => ${id}_assert.not(${a}),
    equal: () => ${id}_assert.equal({ a: [${a}] }, { a: [${b}] }),
    'not.equal': () => ${id}_assert.not.equal({ a: [${a}] }, { a: [${a}] }),
    type: () => ${id}_assert.type(${a}, 'string'),
    instance: () => ${id}_assert.instance({}, Map),
    match: () => ${id}_assert.match('${a}', /^${b}$/),
    throws: () => ${id}_assert.throws(() => ${a}),
    unreachable: () => ${id}_assert.unreachable(),
  };
  const through = Object.values(lies).filter((lie) => {
    try {
      lie();
      return true;
    } catch {
      return false;
    }
  });
  if (through.length === 0 && ${id}_now()) throw new Error('${a} is not ${b}');
});
${id}_test(${waits}, async () => {
  if (await ${id}_later()) throw new Error('${a} is not ${b}');
});
${id}_test.run();
`;
}
