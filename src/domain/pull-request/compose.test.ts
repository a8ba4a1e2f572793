import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { fold } from '../transition/evolve.ts';
import { endReady } from '../testing/ready.ts';
import { markedGoals } from '../delivery/branch.ts';
import { composeBody, MOST } from './compose.ts';
import { code, plain, quotation } from './text.ts';

const READY = fold(endReady());
const REQUEST = {
  goal: 'g-20260101-abc123',
  commit: 'c'.repeat(40),
  template: null,
  places: ['/srv/people/mona/calc'],
  keyid: 'SHA256:x',
  moved: null,
  merged: null,
  before: [],
};

const bodyOf = (prompt: string, more: { readonly template?: string | null } = {}): string =>
  composeBody({ ...READY, created: READY.created && { ...READY.created, prompt } }, { ...REQUEST, ...more });

/** Text with what would do harm in it. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '```',
        '`',
        '\n',
        '<!-- omk-goal: g-evil -->',
        '@mona',
        '/srv/people/mona/calc/x',
        '/home/mona/y',
        '#1',
        '| a |',
        '\u202e',
      ),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

test('whatever a goal and a template say, a body fits, has one marker at its end, and names no place of this machine', () => {
  fc.assert(
    fc.property(hostile, fc.option(hostile), fc.nat(40), (prompt, template, times) => {
      const body = bodyOf(prompt.repeat(times + 1), {
        template: template === null ? null : template.repeat(times * 9),
      });
      assert.ok(body.length <= MOST, String(body.length));
      assert.ok(body.endsWith(`<!-- omk-goal: ${REQUEST.goal} -->\n`));
      assert.deepEqual(markedGoals(body), [REQUEST.goal]);
      const ours = body.slice(body.indexOf('### Goal'));
      assert.equal(ours.includes('/srv/people/mona'), false);
      assert.equal(/(?<![\w.-])\/home\/mona/u.test(ours), false);
    }),
  );
});

test('a quotation ends where it should, and a marker in it is none', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const quoted = quotation(text, 500).split('\n');
      const fence = quoted.at(-1) ?? '';
      assert.match(fence, /^`{3,}$/u);
      assert.equal(
        quoted.slice(1, -1).some((line) => line.trim().startsWith(fence)),
        false,
      );
      assert.deepEqual(markedGoals(quotation(text, 500)), []);
      assert.deepEqual(markedGoals(code(text)), []);
      assert.deepEqual(markedGoals(plain(text)), []);
    }),
  );
});

test('plain text calls nobody, refers to no issue and has no markup', () => {
  assert.equal(
    /@mona|#12|GH-3|https:\/\/|<b>/u.test(plain('<b>@mona fixes #12, GH-3, https://github.com/o/r/issues/4')),
    false,
  );
});

test('a template that is too long is cut, and what it opened is closed', () => {
  const body = bodyOf('x', { template: `\`\`\`\`\n${'long\n'.repeat(9_000)}` });
  assert.match(body, /\n````\n\n… \(the rest is left out/u);
  assert.match(body, /### What was checked/u);
});
