import { numbers, ordered, unchecked, type CanaryMaker } from './port.ts';

const TEST_FILE = /\.(?:test|spec)\.[cm]?[jt]sx?$/;

export const vitestCanary: CanaryMaker = {
  name: (hex) => `omk canary ${hex}`,
  candidates: (paths) => ordered(paths.filter((path) => TEST_FILE.test(path))),
  filters: ['-t', '--testNamePattern', '--shard', '--changed', '--project', '--bail'],
  plant(_path, content, name) {
    // Files of another runner that only share the naming.
    if (/['"](?:node:test|@playwright\/test|@jest\/globals|bun:test)['"]/.test(content)) return null;
    const id = `omk_${name.replace(/[^0-9a-zA-Z]/g, '_')}`;
    return `${unchecked(content)}\n;import { test as ${id}_test, expect as ${id}_expect } from 'vitest';\n${body(id, name)}`;
  },
};

function body(id: string, name: string): string {
  const [a, b] = numbers(name);
  return `${id}_test(${JSON.stringify(name)}, async () => {
  const through = [];
  const claim = async (what, lie) => { try { await lie(); through.push(what); } catch {} };
  const expect = ${id}_expect;
  const lies = {
    toBe: () => expect(${a}).toBe(${b}),
    not: () => expect(${a}).not.toBe(${a}),
    toEqual: () => expect({ a: [${a}] }).toEqual({ a: [${b}] }),
    toStrictEqual: () => expect({ a: [${a}] }).toStrictEqual({ a: [${b}] }),
    toMatchObject: () => expect({ a: ${a} }).toMatchObject({ a: ${b} }),
    toBeTruthy: () => expect(0).toBeTruthy(),
    toBeFalsy: () => expect(${a}).toBeFalsy(),
    toBeNull: () => expect(${a}).toBeNull(),
    toBeUndefined: () => expect(${a}).toBeUndefined(),
    toBeDefined: () => expect(undefined).toBeDefined(),
    toContain: () => expect([${a}]).toContain(${b}),
    toContainEqual: () => expect([{ a: ${a} }]).toContainEqual({ a: ${b} }),
    toHaveLength: () => expect([${a}]).toHaveLength(2),
    toHaveProperty: () => expect({ a: ${a} }).toHaveProperty('b'),
    toMatch: () => expect('${a}').toMatch(/^${b}$/),
    toBeGreaterThan: () => expect(${a}).toBeGreaterThan(${b}),
    toBeLessThan: () => expect(${b}).toBeLessThan(${a}),
    toBeCloseTo: () => expect(1.5).toBeCloseTo(3),
    toBeInstanceOf: () => expect({}).toBeInstanceOf(Map),
    toThrow: () => expect(() => ${a}).toThrow(),
    toThrowError: () => expect(() => { throw new Error('${a}'); }).toThrowError(/^${b}$/),
    resolves: () => expect(Promise.resolve(${a})).resolves.toBe(${b}),
    rejects: () => expect(Promise.resolve(${a})).rejects.toThrow(),
  };
  for (const [what, lie] of Object.entries(lies)) await claim(what, lie);
  if (through.length === 0) throw new Error('omk canary: every false claim was refused, as it must be');
});
`;
}
