import { identifier, numbers, sentence, type Names } from './names.ts';
import { ordered, unchecked, type CanaryMaker } from './port.ts';

const TEST_FILE = /\.(?:test|spec)\.[cm]?[jt]sx?$/;

export const vitestCanary: CanaryMaker = {
  style: sentence,
  tests: 3,
  candidates: (paths) => ordered(paths.filter((path) => TEST_FILE.test(path))),
  filters: /^(?:-t|--(?:testNamePattern|shard|changed|project|bail))(?:=|$)/,
  plant(_path, content, names) {
    // Files of another runner that only share the naming.
    if (/['"](?:node:test|@playwright\/test|@jest\/globals|bun:test)['"]/.test(content)) return null;
    const id = identifier(names[0]);
    return `${unchecked(content)}\n;import { test as ${id}_test, expect as ${id}_expect, assert as ${id}_assert, vi as ${id}_vi } from 'vitest';\n${body(id, names)}`;
  },
};

/** Three tests, of other shapes and ended by other errors; see the one for node:test. */
function body(id: string, names: Names): string {
  const [a, b] = numbers(names[0]);
  const [asserts, waits, takes] = names.map((each) => JSON.stringify(each));
  // Every false claim was refused, as it must be.
  const end = `throw new Error('${a} is not ${b}');`;
  return `const ${id}_now = () => {
  const through = [];
  const claim = (what, lie) => { try { lie(); through.push(what); } catch {} };
  const expect = ${id}_expect;
  const assert = ${id}_assert;
  const called = ${id}_vi.fn((value) => value);
  called(${a});
  const lies = {
    toBe: () => expect(${a}).toBe(${b}),
    not: () => expect(${a}).not.toBe(${a}),
    toEqual: () => expect({ a: [${a}] }).toEqual({ a: [${b}] }),
    toStrictEqual: () => expect({ a: [${a}] }).toStrictEqual({ a: [${b}] }),
    toMatchObject: () => expect({ a: ${a} }).toMatchObject({ a: ${b} }),
    toBeTruthy: () => expect(0).toBeTruthy(),
    toBeFalsy: () => expect(${a}).toBeFalsy(),
    toBeNull: () => expect(${a}).toBeNull(),
    toBeNaN: () => expect(${a}).toBeNaN(),
    toBeUndefined: () => expect(${a}).toBeUndefined(),
    toBeDefined: () => expect(undefined).toBeDefined(),
    toBeTypeOf: () => expect(${a}).toBeTypeOf('string'),
    toContain: () => expect([${a}]).toContain(${b}),
    toContainEqual: () => expect([{ a: ${a} }]).toContainEqual({ a: ${b} }),
    toHaveLength: () => expect([${a}]).toHaveLength(2),
    toHaveProperty: () => expect({ a: ${a} }).toHaveProperty('b'),
    toMatch: () => expect('${a}').toMatch(/^${b}$/),
    toBeGreaterThan: () => expect(${a}).toBeGreaterThan(${b}),
    toBeGreaterThanOrEqual: () => expect(${a}).toBeGreaterThanOrEqual(${b}),
    toBeLessThan: () => expect(${b}).toBeLessThan(${a}),
    toBeLessThanOrEqual: () => expect(${b}).toBeLessThanOrEqual(${a}),
    toBeCloseTo: () => expect(1.5).toBeCloseTo(3),
    toBeInstanceOf: () => expect({}).toBeInstanceOf(Map),
    toSatisfy: () => expect(${a}).toSatisfy((value) => value === ${b}),
    toThrow: () => expect(() => ${a}).toThrow(),
    toThrowError: () => expect(() => { throw new Error('${a}'); }).toThrowError(/^${b}$/),
    toHaveBeenCalled: () => expect(${id}_vi.fn()).toHaveBeenCalled(),
    toHaveBeenCalledTimes: () => expect(called).toHaveBeenCalledTimes(2),
    toHaveBeenCalledWith: () => expect(called).toHaveBeenCalledWith(${b}),
    toHaveBeenLastCalledWith: () => expect(called).toHaveBeenLastCalledWith(${b}),
    toHaveBeenNthCalledWith: () => expect(called).toHaveBeenNthCalledWith(1, ${b}),
    toHaveReturned: () => expect(${id}_vi.fn()).toHaveReturned(),
    toHaveReturnedWith: () => expect(called).toHaveReturnedWith(${b}),
    notToHaveBeenCalled: () => expect(called).not.toHaveBeenCalled(),
    assert: () => assert(${a} === ${b}),
    'assert.equal': () => assert.equal(${a}, ${b}),
    'assert.strictEqual': () => assert.strictEqual(${a}, ${b}),
    'assert.deepEqual': () => assert.deepEqual({ a: [${a}] }, { a: [${b}] }),
    'assert.isTrue': () => assert.isTrue(false),
    'assert.throws': () => assert.throws(() => ${a}),
  };
  for (const [what, lie] of Object.entries(lies)) claim(what, lie);
  return through.length === 0;
};
const ${id}_later = async () => {
  const through = [];
  const claim = async (what, lie) => { try { await lie(); through.push(what); } catch {} };
  await claim('resolves', () => ${id}_expect(Promise.resolve(${a})).resolves.toBe(${b}));
  await claim('rejects', () => ${id}_expect(Promise.resolve(${a})).rejects.toThrow());
  await claim('rejects another', () => ${id}_expect(Promise.reject(new Error('${a}'))).rejects.toThrow(/^${b}$/));
  return through.length === 0;
};
${id}_test(${asserts}, () => {
  if (${id}_now()) ${id}_expect(${a}).toBe(${b});
});
${id}_test(${waits}, async () => {
  if (${id}_now() && (await ${id}_later())) ${end}
});
${id}_test(${takes}, () => {
  if (${id}_now()) ${end}
});
`;
}
