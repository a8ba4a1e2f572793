import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { factText, filesOf, holds, parseFact, type Fact } from './fact.ts';

const FILES: Readonly<Record<string, string>> = { 'README.md': 'Install it', 'src/a.js': 'old()', 'src/b/c.js': 'x' };

const inFiles = (fact: Fact | null, files: Readonly<Record<string, string>> = FILES): boolean | null =>
  fact && holds(fact, filesOf(fact, Object.keys(files)), (path, text) => (files[path] ?? '').includes(text));

describe('facts', () => {
  test('are paths and texts that are there or not', () => {
    for (const [text, is] of [
      ['README.md exists', true],
      ['README.md is gone', false],
      ['src exists', true],
      ['srcs exists', false],
      ['lib is gone', true],
      ['README.md contains Install', true],
      ['README.md lacks Install', false],
      ['src contains old(', true],
      ['src lacks old(', false],
      ['. contains "Install it"', true],
      ['. lacks nothing of it', true],
      ['gone.md lacks x', false],
      ['./src/ contains x', true],
    ] as const)
      assert.equal(inFiles(parseFact(text)), is, text);
  });

  test('what leaves the tree, or is no fact, is none', () => {
    for (const text of [
      '',
      'README.md',
      '../a exists',
      '/etc/passwd exists',
      '.git/config contains x',
      'a contains ',
      'a//b exists',
    ])
      assert.equal(parseFact(text), null, text);
  });

  test('property: a fact and its opposite never both hold, and its text reads as itself', () => {
    const name = fc.stringMatching(/^[a-z]{1,3}$/);
    const facts = fc.oneof(
      fc.record({ kind: fc.constant('path' as const), path: name, there: fc.boolean() }, { noNullPrototype: true }),
      fc.record(
        { kind: fc.constant('text' as const), path: name, text: name, there: fc.boolean() },
        { noNullPrototype: true },
      ),
    );
    fc.assert(
      fc.property(facts, fc.dictionary(name, name), (fact, files) => {
        const opposite = { ...fact, there: !fact.there };
        assert.ok(!(inFiles(fact, files) === true && inFiles(opposite, files) === true));
        assert.deepEqual(parseFact(factText(fact)), fact);
      }),
    );
  });
});
