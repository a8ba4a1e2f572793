import { identifier, numbers, sentence, type Names } from './names.ts';
import { ordered, unchecked, type CanaryMaker } from './port.ts';

/** Where `node --test` looks by itself. */
const TEST_FILE = /(?:^|\/)(?:[^/]+[._-]test|test-[^/]+|test)\.[cm]?[jt]s$|(?:^|\/)test\/(?:.*\/)?[^/]+\.[cm]?[jt]s$/;

export const nodeTestCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter((path) => TEST_FILE.test(path) && !path.endsWith('.d.ts'))),
  filters: /^--test-(?:name-pattern|skip-pattern|only|shard|bail)(?:=|$)/,
  plant(path, content, names) {
    if (!/['"]node:test['"]/.test(content)) return null;
    const id = identifier(names[0]);
    const load = isModule(path, content) ? imports(id) : requires(id);
    return `${unchecked(content)}\n;${load}\n${body(id, names)}`;
  },
};

/** A file with a static import or export is a module whatever its name; an import added to it changes nothing else. */
const isModule = (path: string, content: string): boolean =>
  /\.m[jt]s$/.test(path) || (!/\.c[jt]s$/.test(path) && /^\s*(?:import\s*(?:[\w{*'"]|type\s)|export\s*[\w{*])/m.test(content));

const imports = (id: string): string =>
  [
    `import { test as ${id}_test } from 'node:test';`,
    `import ${id}_loose from 'node:assert';`,
    `import ${id}_strict from 'node:assert/strict';`,
  ].join('\n');

/** Works in CommonJS, and in a module without imports where Node can load built-in modules synchronously. */
const requires = (id: string): string =>
  [
    `const ${id}_load = typeof require === 'function' ? require : process.getBuiltinModule;`,
    `const ${id}_test = ${id}_load('node:test').test, ${id}_loose = ${id}_load('node:assert'), ${id}_strict = ${id}_load('node:assert/strict');`,
  ].join('\n');

/**
 * Three tests, of other shapes and ended by other errors, as a subject may swallow only one kind. Every claim is false.
 * One that is let through makes its canary pass, and a canary that passes gives the tampering away.
 */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [asserts, waits, takes] = names.map((each) => JSON.stringify(each));
  // Every false claim was refused, as it must be.
  const end = `throw new Error('${a} is not ${b}');`;
  return `const ${id}_each = (more) => [${id}_loose, ${id}_strict, ...(typeof ${id}_loose.Assert === 'function' ? [new ${id}_loose.Assert()] : []), ...(more ? [more] : [])];
const ${id}_now = (more) => {
  const through = [];
  const claim = (what, lie) => { try { lie(); through.push(what); } catch {} };
  for (const assert of ${id}_each(more)) {
    const lies = {
      ok: () => assert.ok(${a} === ${b}),
      equal: () => assert.equal(${a}, ${b}),
      notEqual: () => assert.notEqual(${a}, ${a}),
      strictEqual: () => assert.strictEqual(${a}, ${b}),
      notStrictEqual: () => assert.notStrictEqual(${a}, ${a}),
      deepEqual: () => assert.deepEqual({ a: [${a}] }, { a: [${b}] }),
      notDeepEqual: () => assert.notDeepEqual({ a: [${a}] }, { a: [${a}] }),
      deepStrictEqual: () => assert.deepStrictEqual({ a: [${a}] }, { a: [${b}] }),
      notDeepStrictEqual: () => assert.notDeepStrictEqual({ a: [${a}] }, { a: [${a}] }),
      partialDeepStrictEqual: () => assert.partialDeepStrictEqual({ a: [${a}], b: 1 }, { a: [${b}] }),
      throws: () => assert.throws(() => ${a}),
      doesNotThrow: () => assert.doesNotThrow(() => { throw new Error('${a}'); }),
      match: () => assert.match('${a}', /^${b}$/),
      doesNotMatch: () => assert.doesNotMatch('${a}', /^${a}$/),
      fail: () => assert.fail('${a}'),
      ifError: () => assert.ifError(new Error('${a}')),
    };
    if (typeof assert === 'function') claim('assert', () => assert(${a} === ${b}));
    for (const [what, lie] of Object.entries(lies)) if (typeof assert[what] === 'function') claim(what, lie);
    claim('throws another', () => assert.throws(() => { throw new Error('${a}'); }, { message: '${b}' }));
  }
  return through.length === 0;
};
const ${id}_later = async (more) => {
  const through = [];
  const claim = async (what, lie) => { try { await lie(); through.push(what); } catch {} };
  for (const assert of ${id}_each(more)) {
    await claim('rejects', () => assert.rejects(Promise.resolve(${a})));
    await claim('rejects another', () => assert.rejects(Promise.reject(new Error('${a}')), { message: '${b}' }));
    await claim('doesNotReject', () => assert.doesNotReject(Promise.reject(new Error('${a}'))));
  }
  return through.length === 0;
};
${id}_test(${asserts}, () => {
  if (${id}_now()) ${id}_strict.strictEqual(${a}, ${b});
});
${id}_test(${waits}, async () => {
  if (${id}_now() && (await ${id}_later())) ${end}
});
${id}_test(${takes}, (t) => {
  if (${id}_now(t.assert)) ${end}
});
`;
}
