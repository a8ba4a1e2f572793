import { expectClaims } from './claims/expect.ts';
import { SELECTS, unchecked } from './javascript.ts';
import { identifier, numbers, sentence, type Names } from './names.ts';
import { ordered, type CanaryMaker } from './port.ts';

/** What bun takes for tests by its name. */
const TEST_FILE = /[._](?:test|spec)\.[cm]?[jt]sx?$/;

export const bunTestCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter((path) => TEST_FILE.test(path))),
  filters: /^(?:-t|--(?:test-name-pattern|bail|only|todo|shard|changed))(?:=|$)/,
  plant(_path, content, names) {
    if (/['"](?:node:test|vitest|@playwright\/test)['"]/.test(content) || SELECTS.test(content)) return null;
    const id = identifier(names[0]);
    const load = `import { test as ${id}_test, expect as ${id}_expect, mock as ${id}_spy } from 'bun:test';`;
    return `${unchecked(content)}\n;${load}\n${body(id, names)}`;
  },
};

/** Three tests, of other shapes and ended by other errors; see the one for node:test. */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [asserts, waits, takes] = names.map((each) => JSON.stringify(each));
  const end = `throw new Error('${a} is not ${b}');`;
  return `${expectClaims(id, [a, b])}${id}_test(${asserts}, () => {
  if (${id}_expects()) ${id}_expect(${a}).toBe(${b});
});
${id}_test(${waits}, async () => {
  if (${id}_expects() && (await ${id}_expects_later())) ${end}
});
${id}_test(${takes}, () => {
  if (${id}_expects()) ${end}
});
`;
}
