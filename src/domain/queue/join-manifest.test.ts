import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { joinJson } from './join-json.ts';
import { joinLines, joinManifest } from './join-manifest.ts';

const json = (value: unknown, indent: string | number = 2): string => `${JSON.stringify(value, null, indent)}\n`;

test('two sides that each add a dependency to a package.json give one with both, in order and written as it was', () => {
  const base = { name: 'a', dependencies: { m: '1' }, scripts: { test: 'x' } };
  const ours = { ...base, dependencies: { b: '1', m: '1' } };
  const theirs = { ...base, dependencies: { m: '1', z: '^2' }, devDependencies: { q: '3' } };
  assert.equal(
    joinJson(json(base), json(ours, '\t'), json(theirs)),
    json({ ...base, dependencies: { b: '1', m: '1', z: '^2' }, devDependencies: { q: '3' } }, '\t'),
  );
});

test('what both sides changed in different ways is not joined', () => {
  const of = (version: string): string => json({ dependencies: { a: version } });
  assert.equal(joinJson(of('1'), of('2'), of('3')), null);
  assert.equal(joinJson(of('1'), of('2'), json({ dependencies: {} })), null, 'taken out and changed');
  assert.equal(joinJson('{}', json({ files: ['a'] }), json({ files: ['b'] })), null, 'lists');
  assert.equal(joinJson('{}', '{', '{}'), null, 'not JSON');
  assert.equal(joinJson(of('1'), of('2'), of('2')), of('2'));
});

const object = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', '__proto__'),
  fc.oneof(fc.integer({ max: 3, min: 0 }), fc.dictionary(fc.constantFrom('x', 'y'), fc.integer({ max: 3, min: 0 }))),
);

test('joining loses no side: what it gives has each change of both, and the order of sides does not matter', () => {
  fc.assert(
    fc.property(object, object, object, (base, ours, theirs) => {
      const [from, one, other] = [base, ours, theirs].map((each) => json(each)) as [string, string, string];
      const joined = joinJson(from, one, other);
      const turned = joinJson(from, other, one);
      assert.equal(joined === null, turned === null);
      if (joined === null || turned === null) return;
      assert.deepEqual(JSON.parse(joined), JSON.parse(turned));
      const [had, has, left, right] = [from, joined, one, other].map((text) => JSON.parse(text)) as [
        Record<string, unknown>,
        Record<string, unknown>,
        Record<string, unknown>,
        Record<string, unknown>,
      ];
      for (const side of [left, right])
        for (const [name, value] of Object.entries(side))
          if (typeof value === 'number' && value !== had[name]) assert.equal(has[name], value);
    }),
  );
});

const marked = (ours: string, base: string, theirs: string): string =>
  `[dependencies]\n<<<<<<< aa\n${ours}||||||| bb\n${base}=======\n${theirs}>>>>>>> cc\n[features]\n`;

test('lines that both sides only added are kept where each names something else', () => {
  assert.equal(
    joinLines(marked('rand = "0.8"\n', '', 'serde = { version = "1" }\n')),
    '[dependencies]\nrand = "0.8"\nserde = { version = "1" }\n[features]\n',
  );
  for (const [ours, base, theirs] of [
    ['rand = "0.8"\n', '', 'rand = "0.9"\n'],
    ['a = "2"\n', 'a = "1"\n', 'b = "1"\n'],
    ['[x]\na = 1\n', '', '[y]\nb = 1\n'],
  ] as const)
    assert.equal(joinLines(marked(ours, base, theirs)), null, ours);
  const sides = { base: '', ours: '', theirs: '' };
  assert.equal(joinManifest('Cargo.toml', { ...sides, marked: '<<<<<<< aa\nno end\n' }), null);
  assert.equal(
    joinManifest('go.mod', { ...sides, marked: marked('require a.b/c v1\n', '', 'require d.e/f v1\n') }),
    '[dependencies]\nrequire a.b/c v1\nrequire d.e/f v1\n[features]\n',
  );
});
