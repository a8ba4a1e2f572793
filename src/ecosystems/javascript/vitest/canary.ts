import { assertClaims } from '../claims/assert.ts';
import { chaiClaims } from '../claims/chai.ts';
import { expectClaims } from '../claims/expect.ts';
import { SELECTS, unchecked, USES_ASSERT } from '../canary.ts';
import { identifier, numbers, sentence, type Names } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

const TEST_FILE = /\.(?:test|spec)\.[cm]?[jt]sx?$/;

export const vitestCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter((path) => TEST_FILE.test(path))),
  filters: /^(?:-t|--(?:testNamePattern|shard|changed|project|bail))(?:=|$)/,
  plant(_path, content, names) {
    // Files of another runner that only share the naming.
    if (/['"](?:node:test|@playwright\/test|@jest\/globals|bun:test)['"]/.test(content)) return null;
    if (SELECTS.test(content)) return null;
    const id = identifier(names[0]);
    const load = `import { test as ${id}_test, expect as ${id}_expect, assert as ${id}_assert, vi as ${id}_vi } from 'vitest';
${USES_ASSERT.test(content) ? `import ${id}_loose from 'node:assert';` : `const ${id}_loose = null;`}
const ${id}_spy = ${id}_vi.fn;`;
    return `${unchecked(content)}\n;${load}\n${body(id, names)}`;
  },
};

/** Three tests, of other shapes and ended by other errors; see the one for node:test. */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [asserts, waits, takes] = names.map((each) => JSON.stringify(each));
  const end = `throw new Error('${a} is not ${b}');`;
  return `${expectClaims(id, [a, b])}${chaiClaims(id, [a, b])}${assertClaims(id, [a, b])}${id}_test(${asserts}, () => {
  if (${id}_expects() && ${id}_chai({ assert: ${id}_assert, expect: ${id}_expect }) && ${id}_now()) ${id}_expect(${a}).toBe(${b});
});
${id}_test(${waits}, async () => {
  if (${id}_expects() && (await ${id}_expects_later()) && (await ${id}_later())) ${end}
});
${id}_test(${takes}, () => {
  if (${id}_expects()) ${end}
});
`;
}
