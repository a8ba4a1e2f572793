import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import stringWidth from 'string-width';
import { table } from './table.ts';

test('columns are aligned by what they take on a terminal, without trailing space', () => {
  assert.deepEqual(
    table(
      ['GATE', 'VERDICT'],
      [
        ['test', 'pass'],
        ['型チェック', 'fail'],
        ['lint', ''],
      ],
      { columns: null },
    ),
    ['GATE        VERDICT', 'test        pass', '型チェック  fail', 'lint'],
  );
});

test('the widest column gives way first', () => {
  assert.deepEqual(
    table(null, [['g-0131abcdef', 'ready', 'Make the failing test pass and say why']], { columns: 40 }),
    ['g-0131abcdef  ready  Make the failing t…'],
  );
});

test('no rows, no lines', () => {
  assert.deepEqual(table(null, [], { columns: 10 }), []);
});

test('no line is ever wider than the terminal', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replace(/\s|\p{C}/gu, ''));
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 4 }),
      fc.integer({ min: 1, max: 60 }),
      (rows, columns) => {
        for (const line of table(null, rows, { columns }))
          assert.ok(stringWidth(line) <= columns, `${line} is ${stringWidth(line)}`);
      },
    ),
  );
});
