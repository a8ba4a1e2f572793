/** JavaScript that defines `<id>_chai(chai)`: false claims made to a chai. True when every one of them was refused. */
export const chaiClaims = (id: string, [a, b]: readonly [number, number]): string =>
  `const ${id}_chai = ({ assert, expect }) => {
  const through = [];
  const claim = (what, lie) => { try { lie(); through.push(what); } catch {} };
  const lies = {
    assert: () => assert(${a} === ${b}),
    'assert.equal': () => assert.equal(${a}, ${b}),
    'assert.notEqual': () => assert.notEqual(${a}, ${a}),
    'assert.strictEqual': () => assert.strictEqual(${a}, ${b}),
    'assert.deepEqual': () => assert.deepEqual({ a: [${a}] }, { a: [${b}] }),
    'assert.isTrue': () => assert.isTrue(false),
    'assert.isOk': () => assert.isOk(0),
    'assert.throws': () => assert.throws(() => ${a}),
    'assert.include': () => assert.include([${a}], ${b}),
    'assert.match': () => assert.match('${a}', /^${b}$/),
    equal: () => expect(${a}).to.equal(${b}),
    not: () => expect(${a}).to.not.equal(${a}),
    eql: () => expect({ a: [${a}] }).to.eql({ a: [${b}] }),
    deep: () => expect({ a: [${a}] }).to.deep.equal({ a: [${b}] }),
    true: () => expect(false).to.be.true,
    false: () => expect(true).to.be.false,
    null: () => expect(${a}).to.be.null,
    undefined: () => expect(${a}).to.be.undefined,
    ok: () => expect(0).to.be.ok,
    exist: () => expect(null).to.exist,
    empty: () => expect([${a}]).to.be.empty,
    a: () => expect(${a}).to.be.a('string'),
    include: () => expect([${a}]).to.include(${b}),
    property: () => expect({ a: ${a} }).to.have.property('b'),
    length: () => expect([${a}]).to.have.lengthOf(2),
    match: () => expect('${a}').to.match(/^${b}$/),
    above: () => expect(${a}).to.be.above(${b}),
    below: () => expect(${b}).to.be.below(${a}),
    throw: () => expect(() => ${a}).to.throw(),
    instanceof: () => expect({}).to.be.an.instanceof(Map),
  };
  for (const [what, lie] of Object.entries(lies)) claim(what, lie);
  return through.length === 0;
};
`;
