import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { readDisputes, whyDisputed } from './claimed.ts';
import { declaredTypes, unknownDeclared } from './declared.ts';

const read = (disputes: unknown) => readDisputes(JSON.stringify({ disputes }));

suite('checks that a worker calls wrong', () => {
  test('are read with their reason, without the space around it', () =>
    assert.deepEqual(read([{ check: 'a.test.js > adds', why: ' it asks for 3\n' }]), [
      { check: 'a.test.js > adds', why: 'it asks for 3' },
    ]));
  test('without a name or a reason are none, and do not hide others', () => {
    const good = { check: 'a', why: 'b' };
    const bad = [
      null,
      7,
      'text',
      [],
      {},
      { check: 'a' },
      { why: 'b' },
      { check: '', why: 'b' },
      { check: 'a', why: ' ' },
      { check: 1, why: 'b' },
    ];
    for (const each of bad) assert.deepEqual(read([each, good]), [good], JSON.stringify(each));
  });
  test('are cut, and are twenty at most', () => {
    const [first] = read([{ check: 'c'.repeat(501), why: 'w'.repeat(1001) }]);
    assert.deepEqual([first?.check.length, first?.why.length], [500, 1000]);
    assert.equal(read(Array(25).fill({ check: 'a', why: 'b' })).length, 20);
  });
  test('are none in what cannot be read', () => {
    for (const text of ['', '{', 'null', '7', '"text"', '[]', '{}', '{"disputes":7}', '{"disputes":{"a":1}}'])
      assert.deepEqual(readDisputes(text), [], text);
    fc.assert(fc.property(fc.string(), (text) => readDisputes(text).length === 0));
  });
  test('are told to whoever writes others, five by name', () =>
    assert.equal(
      whyDisputed(['a', 'b', 'c', 'd', 'e', 'f']),
      'a person says that these checks are wrong: a, b, c, d, e',
    ));
});

suite('names that only a wrong solution declares', () => {
  test('are types, by whatever word a language declares them', () => {
    const words = ['struct', 'class', 'enum', 'trait', 'interface', 'record', 'union', 'module', 'type'];
    assert.deepEqual(
      declaredTypes(words.map((word, at) => `pub ${word}  Name_${at} {`).join('\n')),
      words.map((_, at) => `Name_${at}`),
    );
    assert.deepEqual(declaredTypes('subclass A; classB; class 1x; function f'), []);
  });
  test('property: are named once, if the check uses them as a word and nobody knows them', () => {
    const name = fc.constantFrom<string>('Alpha', 'Beta', 'AlphaBeta', '$x', 'gamma_1');
    fc.assert(
      fc.property(fc.array(name), fc.array(name), fc.array(name), (used, declared, known) => {
        const found = unknownDeclared(used.join(' + '), declared, (each) => known.includes(each));
        assert.deepEqual(
          [...found].sort(),
          [...new Set(declared)].filter((each) => used.includes(each) && !known.includes(each)).sort(),
        );
      }),
    );
  });
});
