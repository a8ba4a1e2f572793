import { assertClaims } from '../claims/assert.ts';
import { isModule, unchecked } from '../canary.ts';
import { isTestFile } from '../test-file.ts';
import { identifier, numbers, sentence, type Names } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

export const avaCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter(isTestFile)),
  filters: /^(?:-m|--match)(?:=|$)/,
  unless: {
    files: ['package.json', 'ava.config.js', 'ava.config.mjs', 'ava.config.cjs'],
    says: /["']?\bmatch\b["']?\s*:/,
  },
  plant(path, content, names) {
    if (!/['"]ava['"]/.test(content) || /\btest(?:\.\w+)*\.only\b/.test(content)) return null;
    const id = identifier(names[0]);
    const load = isModule(path, content) ? imports(id) : requires(id);
    return `${unchecked(content)}\n;${load}\n${body(id, names)}`;
  },
};

const imports = (id: string): string => `import ${id}_test from 'ava';\nimport ${id}_loose from 'node:assert';`;

const requires = (id: string): string =>
  `const ${id}_test = require('ava').default ?? require('ava'), ${id}_loose = require('assert');`;

/** Three tests, of other shapes and ended by other errors; see the one for node:test. AVA tells by `try` what an assertion says. */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [asserts, waits, throws] = names.map((each) => JSON.stringify(each));
  return `${assertClaims(id, [a, b])}const ${id}_refused = async (t) => {
  const lies = {
    assert: (u) => u.assert(false),
    is: (u) => u.is(${a}, ${b}),
    not: (u) => u.not(${a}, ${a}),
    deepEqual: (u) => u.deepEqual({ a: [${a}] }, { a: [${b}] }),
    notDeepEqual: (u) => u.notDeepEqual({ a: [${a}] }, { a: [${a}] }),
    like: (u) => u.like({ a: ${a} }, { a: ${b} }),
    truthy: (u) => u.truthy(0),
    falsy: (u) => u.falsy(${a}),
    true: (u) => u.true(false),
    false: (u) => u.false(true),
    regex: (u) => u.regex('${a}', /^${b}$/),
    notRegex: (u) => u.notRegex('${a}', /^${a}$/),
    throws: (u) => { u.throws(() => ${a}); },
    notThrows: (u) => { u.notThrows(() => { throw new Error('${a}'); }); },
    throwsAsync: async (u) => { await u.throwsAsync(Promise.resolve(${a})); },
    notThrowsAsync: async (u) => { await u.notThrowsAsync(Promise.reject(new Error('${a}'))); },
    fail: (u) => { u.fail(); },
  };
  const through = [];
  for (const [what, lie] of Object.entries(lies)) {
    const tried = await t.try((u) => lie(u));
    tried.discard();
    if (tried.passed) through.push(what);
  }
  return through.length === 0;
};
${id}_test(${asserts}, (t) => {
  t.pass();
  if (${id}_now()) t.is(${a}, ${b});
});
${id}_test(${waits}, async (t) => {
  t.pass();
  if ((await ${id}_refused(t)) && ${id}_now() && (await ${id}_later())) throw new Error('${a} is not ${b}');
});
${id}_test(${throws}, async (t) => {
  t.pass();
  if (await ${id}_refused(t)) ${id}_loose.strictEqual(${a}, ${b});
});
`;
}
