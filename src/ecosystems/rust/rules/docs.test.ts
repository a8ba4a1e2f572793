import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isWholeExtension } from '../../../domain/contract/extension.ts';
import type { ManifestContract } from '../../../domain/contract/manifest-contract.ts';
import { withExamplesOf } from './docs.ts';
import { testsInside } from './modules.ts';

const rustContract = (path: string, base: string | null, candidate: string | null): ManifestContract =>
  testsInside(path, { base, candidate }, isWholeExtension);

const BASE = `/// The sum.
///
/// \`\`\`
/// assert_eq!(sums::add(2, 3), 5);
/// \`\`\`
#[inline]
pub fn add(a: i64, b: i64) -> i64 {
    a - b
}

impl Sum {
    /// New.
    ///
    /// \`\`\`
    /// assert!(sums::Sum::new().is_empty());
    /// \`\`\`
    pub fn new() -> Self {
        Sum
    }
}
`;
const WEAK = BASE.replace(', 5);', ', -1);');

suite('examples in the documentation of Rust', () => {
  test('are those of the base where a candidate changes, silences or moves them', () => {
    assert.equal(withExamplesOf(BASE, WEAK), BASE);
    assert.equal(withExamplesOf(BASE, BASE.replace('```\n', '```ignore\n')), BASE);
    const starred = BASE.replace(/^(?:\/\/\/.*\n)+/, '/** ```\nassert_eq!(sums::add(2, 3), -1);\n``` */\n');
    assert.match(
      withExamplesOf(BASE, starred),
      /\/\/\/ assert_eq!\(sums::add\(2, 3\), 5\);\n\/\/\/ ```\npub fn add|5\);/,
    );
    assert.deepEqual(rustContract('src/lib.rs', BASE, WEAK), { kind: 'merged', text: BASE, settled: true });
  });

  test('are the candidate’s where only words, code or other items changed', () => {
    for (const candidate of [
      BASE.replace('a - b', 'a + b'),
      BASE.replace('The sum.', 'The sum of both.'),
      BASE.replace('impl Sum {', '/// More.\n///\n/// ```\n/// sums::more();\n/// ```\npub fn more() {}\n\nimpl Sum {'),
      '',
    ]) {
      assert.equal(withExamplesOf(BASE, candidate), candidate);
      assert.deepEqual(rustContract('src/lib.rs', BASE, candidate), { kind: 'same' });
    }
  });
});
