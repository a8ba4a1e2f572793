import { assertClaims } from '../claims/assert.ts';
import { chaiClaims } from '../claims/chai.ts';
import { definesTests, IMPORTS_RUNNER, SELECTS, unchecked } from '../canary.ts';
import { isTestFile } from '../test-file.ts';
import { identifier, numbers, sentence, type Names } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

export const mochaCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter(isTestFile)),
  // The reporter takes `--bail` back.
  filters: /^(?:-[gfi]|--(?:grep|fgrep|invert))(?:=|$)/,
  unless: {
    files: [
      '.mocharc.json',
      '.mocharc.jsonc',
      '.mocharc.js',
      '.mocharc.cjs',
      '.mocharc.mjs',
      '.mocharc.yml',
      '.mocharc.yaml',
    ],
    says: /["']?\b(?:grep|fgrep|invert)\b["']?\s*:/,
  },
  plant(_path, content, names) {
    if (IMPORTS_RUNNER.test(content) || !definesTests(content) || SELECTS.test(content)) return null;
    const id = identifier(names[0]);
    return `${unchecked(content)}\n;${load(id, content)}\n${body(id, names)}`;
  },
};

/** The functions that every test file gets, of whichever interface. */
const load = (id: string, content: string): string =>
  `const ${id}_test = globalThis.it ?? globalThis.test;
const ${id}_load = typeof require === 'function' ? require : process.getBuiltinModule;
const ${id}_loose = ${id}_load?.('assert');
const ${id}_chais = [];
const ${id}_loads = async () => {
${/['"]chai['"]/.test(content) ? `  try { ${id}_chais.push(await import('chai')); } catch {}\n` : ''}};`;

/** Three tests, of other shapes and ended by other errors; see the one for node:test. */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [asserts, waits, calls] = names.map((each) => JSON.stringify(each));
  const end = `new Error('${a} is not ${b}')`;
  return `${chaiClaims(id, [a, b])}${assertClaims(id, [a, b])}${id}_test(${asserts}, () => {
  if (${id}_now()) {
    if (${id}_loose) ${id}_loose.strictEqual(${a}, ${b});
    throw ${end};
  }
});
${id}_test(${waits}, async () => {
  await ${id}_loads();
  if (${id}_now() && ${id}_chais.every(${id}_chai) && (await ${id}_later())) throw ${end};
});
${id}_test(${calls}, (done) => {
  ${id}_loads().then(() => done(${id}_now() && ${id}_chais.every(${id}_chai) ? ${end} : undefined), done);
});
`;
}
