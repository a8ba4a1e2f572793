import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { addedSuppressions, removedDemands, speaksOf, takenAway } from './suppressions.ts';

const SILENCED: readonly string[] = [
  '// @ts-nocheck',
  '  // @ts-ignore',
  '// @ts-expect-error it is fine',
  '/* eslint-disable no-undef */',
  'x = y // eslint-disable-line',
  '// biome-ignore lint/suspicious: x',
  '// oxlint-disable-next-line no-undef',
  'return a + b  # type: ignore[operator]',
  'import os  # noqa: F401',
  '# pylint: disable=all',
  '# pyright: ignore',
  '# fmt: off',
  'x = cast(Any, y)',
  '#[allow(dead_code)]',
  '#![allow(clippy::all)]',
  '#[cfg_attr(all(), allow(unused))]',
  'return f() //nolint:errcheck',
  '//lint:ignore U1000 later',
  '@SuppressWarnings("unchecked")',
  '@file:Suppress("ALL")',
  'int x = y; // NOSONAR',
  '#pragma warning disable CS0168',
  '#pragma GCC diagnostic ignored "-Wunused"',
  'int x = y; // NOLINT',
  '# rubocop:disable Style/All',
  '/** @phpstan-ignore-next-line */',
  '// phpcs:disable',
  '# shellcheck disable=SC2086',
  'return String(a) as any',
  'return a as unknown  as number',
];
const HONEST: readonly string[] = [
  'return a + b',
  'const enabled = options.ignore === false',
  '// adds two numbers',
  '# Returns the sum.',
  'if (user.disabled) return null',
  'export function anyOf(list: readonly string[]): string {',
];

suite('suppressions', () => {
  for (const line of SILENCED)
    test(`found: ${line}`, () => {
      assert.deepEqual(
        addedSuppressions('a.x', 'one\n', `one\n${line}\n`).map(({ line: at }) => at),
        [2],
      );
    });
  for (const line of HONEST)
    test(`none: ${line}`, () => assert.deepEqual(addedSuppressions('a.x', 'one\n', `one\n${line}\n`), []));

  test('what was there before is none, wherever it stands now', () => {
    assert.deepEqual(addedSuppressions('a.ts', '// @ts-ignore\na\n', 'b\n// @ts-ignore\na\n'), []);
  });

  test('a line that asked for more and is gone is one too', () => {
    for (const line of [
      '// @ts-check',
      '#![deny(warnings)]',
      '# mypy: strict',
      '# typed: strict',
      'declare(strict_types=1);',
    ])
      assert.deepEqual(removedDemands('a.x', `${line}\none\n`, 'one\n'), [
        { path: 'a.x', line: 1, text: `without ${line}` },
      ]);
    assert.deepEqual(removedDemands('a.js', '// @ts-check\na\n', 'b\n// @ts-check\n'), []);
    assert.deepEqual(removedDemands('a.js', 'a\n', 'b\n'), []);
  });

  test('a checker speaks of a file by its name and folder', () => {
    assert.equal(speaksOf('/omk/checkout/packages/one/src/add.ts\n  2:3  error', 'packages/one/src/add.ts'), true);
    assert.equal(speaksOf('src/add.ts(2,3): error TS2322', 'src/add.ts'), true);
    assert.equal(speaksOf('src/sub.ts(2,3): error TS2322', 'src/add.ts'), false);
  });

  test('a file that lies under another extension now was taken from its checker', () => {
    assert.deepEqual(takenAway('src/add.ts', ['src/add.js', 'src/b.ts']), [
      { path: 'src/add.ts', line: 0, text: 'now src/add.js' },
    ]);
    assert.deepEqual(takenAway('src/add.ts', ['src/sum.ts']), []);
  });
});
