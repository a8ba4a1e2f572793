import { assertClaims } from '../claims/assert.ts';
import { isModule, unchecked } from '../canary.ts';
import { identifier, numbers, sentence, type Names } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

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

const imports = (id: string): string =>
  [`import { test as ${id}_test } from 'node:test';`, `import ${id}_loose from 'node:assert';`].join('\n');

/** Works in CommonJS, and in a module without imports where Node can load built-in modules synchronously. */
const requires = (id: string): string =>
  [
    `const ${id}_load = typeof require === 'function' ? require : process.getBuiltinModule;`,
    `const ${id}_test = ${id}_load('node:test').test, ${id}_loose = ${id}_load('node:assert');`,
  ].join('\n');

/** Three tests, of other shapes and ended by other errors, as a subject may swallow only one kind. Every claim is false. */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [asserts, waits, takes] = names.map((each) => JSON.stringify(each));
  const end = `throw new Error('${a} is not ${b}');`;
  return `${assertClaims(id, [a, b])}${id}_test(${asserts}, () => {
  if (${id}_now()) ${id}_loose.strictEqual(${a}, ${b});
});
${id}_test(${waits}, async () => {
  if (${id}_now() && (await ${id}_later())) ${end}
});
${id}_test(${takes}, (t) => {
  if (${id}_now(t.assert)) ${end}
});
`;
}
