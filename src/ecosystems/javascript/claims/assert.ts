/**
 * JavaScript that defines `<id>_now(more)` and `<id>_later(more)`: false claims made to every function of `node:assert`,
 * which `<id>_loose` must be if there is one, and of another assertion object of its kind. True when every one of them was
 * refused; one that is let through makes the canary pass, and a canary that passes gives the tampering away.
 */
export const assertClaims = (id: string, [a, b]: readonly [number, number]): string =>
  `const ${id}_each = (more) => [${id}_loose, ${id}_loose?.strict, typeof ${id}_loose?.Assert === 'function' && new \
${id}_loose.Assert(), more].filter(Boolean);
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
`;
