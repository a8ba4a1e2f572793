import { numbers, type Names } from '../../../world/gates/canary/names.ts';

/**
 * JavaScript that defines `<id>_expects()` and `<id>_expects_later()`: false claims made to `<id>_expect`, with spies made by
 * `<id>_spy`. True when every one of them was refused. A matcher that a runner does not have refuses by not being there.
 */
export const expectClaims = (id: string, [a, b]: readonly [number, number]): string =>
  `const ${id}_expects = () => {
  const through = [];
  const claim = (what, lie) => { try { lie(); through.push(what); } catch {} };
  const expect = ${id}_expect;
  const called = ${id}_spy((value) => value);
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
    toHaveBeenCalled: () => expect(${id}_spy()).toHaveBeenCalled(),
    toHaveBeenCalledTimes: () => expect(called).toHaveBeenCalledTimes(2),
    toHaveBeenCalledWith: () => expect(called).toHaveBeenCalledWith(${b}),
    toHaveBeenLastCalledWith: () => expect(called).toHaveBeenLastCalledWith(${b}),
    toHaveBeenNthCalledWith: () => expect(called).toHaveBeenNthCalledWith(1, ${b}),
    toHaveReturned: () => expect(${id}_spy()).toHaveReturned(),
    toHaveReturnedWith: () => expect(called).toHaveReturnedWith(${b}),
    notToHaveBeenCalled: () => expect(called).not.toHaveBeenCalled(),
  };
  for (const [what, lie] of Object.entries(lies)) claim(what, lie);
  return through.length === 0;
};
const ${id}_expects_later = async () => {
  const through = [];
  const claim = async (what, lie) => { try { await lie(); through.push(what); } catch {} };
  await claim('resolves', () => ${id}_expect(Promise.resolve(${a})).resolves.toBe(${b}));
  await claim('rejects', () => ${id}_expect(Promise.resolve(${a})).rejects.toThrow());
  await claim('rejects another', () => ${id}_expect(Promise.reject(new Error('${a}'))).rejects.toThrow(/^${b}$/));
  return through.length === 0;
};
`;

/**
 * Three tests, of other shapes and ended by other errors; see the one for node:test. `last`: what the third one is given, and asks.
 */
export function expectingTests(
  id: string,
  names: Names,
  last: { readonly given: string; readonly and: string },
): string {
  const [a, b] = numbers(names[0]);
  const [asserts, waits, takes] = names.map((each) => JSON.stringify(each));
  const end = `throw new Error('${a} is not ${b}');`;
  return `${expectClaims(id, [a, b])}${id}_test(${asserts}, () => {
  if (${id}_expects()) ${id}_expect(${a}).toBe(${b});
});
${id}_test(${waits}, async () => {
  if (${id}_expects() && (await ${id}_expects_later())) ${end}
});
${id}_test(${takes}, (${last.given}) => {
  if (${id}_expects()${last.and}) ${end}
});
`;
}
