import { assertClaims } from '../claims/assert.ts';
import { isModule, unchecked } from '../canary.ts';
import { isTestFile } from '../test-file.ts';
import { identifier, numbers, sentence, type Names } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

export const tapCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter(isTestFile)),
  filters: /^(?:-[gOib]|--(?:grep|only|invert|bail))(?:=|$)/,
  unless: { files: ['.taprc', 'package.json'], says: /["']?\b(?:grep|only)\b["']?\s*:/ },
  plant(path, content, names) {
    if (!/['"](?:tap|@tapjs\/\w+)['"]/.test(content) || /\.only\b/.test(content)) return null;
    const id = identifier(names[0]);
    const load = isModule(path, content)
      ? imports(id)
      : `const ${id}_tap = require('tap'), ${id}_loose = require('assert');`;
    return `${unchecked(content)}\n;${load}\n${body(id, names)}`;
  },
};

const imports = (id: string): string => `import ${id}_tap from 'tap';\nimport ${id}_loose from 'node:assert';`;

/**
 * Three tests, of other shapes and ended by other errors; see the one for node:test. An assertion has the name
 * of its test, as it is what is counted.
 */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [asserts, waits, nests] = names.map((each) => JSON.stringify(each));
  return `${assertClaims(id, [a, b])}${id}_tap.test(${asserts}, (t) => {
  t.equal(${a}, ${b}, ${asserts});
  t.end();
});
${id}_tap.test(${waits}, async (t) => {
  if (${id}_now() && (await ${id}_later())) throw new Error(${waits});
  t.pass(${waits});
});
${id}_tap.test(${nests}, (t) => {
  const lies = {
    ok: (u) => u.ok(false, ${nests}),
    notOk: (u) => u.notOk(true, ${nests}),
    not: (u) => u.not(${a}, ${a}, ${nests}),
    same: (u) => u.same({ a: [${a}] }, { a: [${b}] }, ${nests}),
    strictSame: (u) => u.strictSame({ a: [${a}] }, { a: [${b}] }, ${nests}),
    match: (u) => u.match('${a}', /^${b}$/, ${nests}),
    throws: (u) => u.throws(() => ${a}, ${nests}),
    doesNotThrow: (u) => u.doesNotThrow(() => { throw new Error('${a}'); }, ${nests}),
  };
  for (const [what, lie] of Object.entries(lies))
    t.test(what, (u) => {
      lie(u);
      u.end();
    });
  t.fail(${nests});
  t.end();
});
`;
}
