import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { planContract } from '../../../domain/contract/overlay.ts';
import { isWholeExtension } from '../../../domain/contract/extension.ts';
import type { ManifestContract } from '../../../domain/contract/manifest-contract.ts';
import { testsInside } from './modules.ts';

const rustContract = (path: string, before: string | null, candidate: string | null): ManifestContract =>
  testsInside(path, { base: before, candidate }, isWholeExtension);

const tests =
  '#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn adds() {\n        assert_eq!(add(2, 3), 5, "not }} {}");\n    }\n}';
const file = (subject: string, inside = tests): string => `${subject}\n\n${inside}\n`;
const base = file("pub fn add(a: u8, b: u8) -> u8 {\n    let _open = '{';\n    // }\n    a - b\n}");
const fixed = base.replace('a - b', 'a + b');
const contract = (candidate: string | null) => rustContract('src/lib.rs', base, candidate);

test("what stands outside of the modules of tests is the candidate's own", () => {
  assert.deepEqual(contract(fixed), { kind: 'same' });
  assert.deepEqual(rustContract('src/new.rs', null, fixed), { kind: 'same' });
  assert.deepEqual(rustContract('src/plain.rs', 'fn a() {}\n', null), { kind: 'same' });
});

const CHEATS: Readonly<Record<string, string>> = {
  'a weaker assertion': fixed.replace('add(2, 3), 5', 'add(2, 3), add(2, 3)'),
  'an ignored test': base.replace('#[test]', '#[test]\n    #[ignore]'),
  'a test less': base.replace(/ {4}#\[test\][\s\S]*5, .*\n {4}\}\n/, ''),
  'a statement in a test': base.replace('        assert_eq!', '        return;\n        assert_eq!'),
};
for (const [what, candidate] of Object.entries(CHEATS))
  test(`${what}: the base's tests judge the new code`, () => {
    const relation = contract(candidate);
    assert.ok(relation.kind === 'merged');
    assert.equal(relation.grew, undefined);
    assert.ok(relation.text.includes(tests));
    assert.equal(relation.text.replace(tests, ''), candidate.replace(/#\[cfg\(test\)\][\s\S]*\}\n/, '\n'));
  });

test('a module that is gone comes back at the end', () => {
  assert.deepEqual(contract(fixed.replace(tests, '')), {
    kind: 'merged',
    text: `${fixed.replace(tests, '').trimEnd()}\n\n${tests}\n`,
  });
});

test("a whole new test is no changed contract, but the base's tests judge", () => {
  const more = fixed.replace(
    /\n\}\n$/,
    '\n\n    #[test]\n    fn adds_more() {\n        assert_eq!(add(20, 22), 42);\n    }\n}\n',
  );
  assert.deepEqual(contract(more), { kind: 'merged', text: fixed, grew: true });
});

test("a file whose brackets do not match, or that is gone with its tests, is the base's", () => {
  assert.deepEqual(contract(fixed.replace(/\}\n$/, '')), { kind: 'restore' });
  assert.deepEqual(contract(null), { kind: 'restore' });
});

test('the overlay merges them, and says what changed', () => {
  const candidate = CHEATS['a weaker assertion'] ?? '';
  const change = { path: 'src/lib.rs', change: 'modified', oldMode: '100644', newMode: '100644' } as const;
  const plan = planContract([change], () => ({ base, candidate }));
  assert.deepEqual(
    [plan.edits, plan.changes, plan.extended],
    [[{ path: 'src/lib.rs', action: 'merge' }], [{ path: 'src/lib.rs', change: 'edited' }], []],
  );
  assert.equal(plan.merged.get('src/lib.rs'), fixed);
  const gone = planContract([{ ...change, change: 'deleted', newMode: '000000' }], () => ({ base, candidate: null }));
  assert.deepEqual(gone.changes, [{ path: 'src/lib.rs', change: 'deleted' }]);
});

test('property: no text makes it throw, and a merged file has the tests of the base', () => {
  const piece = fc.constantFrom(
    '#[cfg(test)]\n',
    'mod tests {',
    'mod more {',
    '{',
    '}',
    '\n',
    '"',
    "'",
    '//',
    '/*',
    '*/',
    'r#"',
    '#[test]\n',
    'fn a() {}',
    'x',
  );
  fc.assert(
    fc.property(fc.array(piece), fc.array(piece), (before, after) => {
      const old = before.join('');
      const relation = rustContract('src/a.rs', old, after.join(''));
      const again = relation.kind === 'merged' ? rustContract('src/a.rs', old, relation.text).kind : 'same';
      assert.ok(again === 'same' || again === 'restore' || again === 'merged');
    }),
  );
});
