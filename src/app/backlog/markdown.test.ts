import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../domain/testing/fast-check.ts';
import { goalsInMarkdown } from './markdown.ts';

const read = (text: string) => goalsInMarkdown(text).map(({ line, text: goal, done }) => [line, goal, done]);

test('each item of a task list is a goal, with all that is indented below it', () => {
  const text = [
    '---',
    'title: tonight',
    '---',
    '# Tonight',
    'Words for people.',
    '- [ ] Add `sub`',
    '  It is exported.',
    '',
    '  ```sh',
    '  - [ ] no goal, but code',
    '  ```',
    '  - [ ] part of the goal',
    '- [x] Done already',
    '<!--',
    '- [ ] not now',
    '-->',
    '## Later',
    '1. [ ] Numbered',
    '- Group',
    '  - [ ] In a group',
    '    and its body',
    '- no goal',
  ].join('\r\n');
  assert.deepEqual(read(text), [
    [6, 'Add `sub`\nIt is exported.\n\n```sh\n- [ ] no goal, but code\n```\n- [ ] part of the goal', false],
    [13, 'Done already', true],
    [18, 'Numbered', false],
    [20, 'In a group\nand its body', false],
  ]);
});

test('without a task list each section below the title is a goal', () => {
  assert.deepEqual(read('# Goals\n\nIntro.\n\n## Add sub\nIt is exported.\n### How\nSoon.\n## Add mul\n'), [
    [5, 'Add sub\n\nIt is exported.\n### How\nSoon.', false],
    [9, 'Add mul', false],
  ]);
  assert.deepEqual(
    read('# One\na\n# Two\nb\n').map(([, goal]) => goal),
    ['One\n\na', 'Two\n\nb'],
  );
  assert.deepEqual(
    read('## Only\nbody').map(([, goal]) => goal),
    ['Only\n\nbody'],
  );
  assert.deepEqual(
    read('---\ntitle: t\n---\n## One\n## Two\n').map(([line, goal]) => [line, goal]),
    [
      [4, 'One'],
      [5, 'Two'],
    ],
  );
  assert.deepEqual(read('just words\n- a list\n'), []);
  assert.deepEqual(read(''), []);
});

test('any text is read, and each goal says something', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '- [ ] a',
      '  - [ ] b',
      '- [x] c',
      '# h',
      '## i',
      '```',
      '---',
      '> - [ ] q',
      '',
      '    code',
      '<!--',
      '-->',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      for (const { text, line: at } of goalsInMarkdown(lines.join('\n'))) assert.ok(text.trim() !== '' && at >= 1);
    }),
  );
});

test('goals that are written as a task list are read back in their order', () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  fc.assert(
    fc.property(
      fc.array(fc.record({ title: word, body: fc.array(word), done: fc.boolean() }), { minLength: 1 }),
      (goals) => {
        const text = goals
          .map(({ title, body, done }) =>
            [`- [${done ? 'x' : ' '}] ${title}`, ...body.map((each) => `  ${each}`)].join('\n'),
          )
          .join('\n');
        assert.deepEqual(
          goalsInMarkdown(text).map(({ text: goal, done }) => ({ goal, done })),
          goals.map(({ title, body, done }) => ({ goal: [title, ...body].join('\n'), done })),
        );
      },
    ),
  );
});
