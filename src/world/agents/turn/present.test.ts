import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SECRETS } from '../../../domain/testing/secret-corpus.ts';
import { maskFor } from '../acp/mask.ts';
import type { Activity } from '../port.ts';
import { presenter } from './present.ts';

const token = SECRETS['npm token'] ?? '';
const said = (shown: readonly Activity[]): string =>
  shown.map((each) => ('text' in each ? each.text : `<${each.kind}>`)).join('');

test('a secret in two pieces of what an agent says is never shown, and what it thinks is another text', () => {
  const present = presenter(maskFor([]));
  const shown = [
    ...present.activity({ kind: 'says', text: `use ${token.slice(0, 20)}` }),
    ...present.activity({ kind: 'usage', session: 's', reports: [] }),
    ...present.activity({ kind: 'says', text: `${token.slice(20)} now, n` }),
    ...present.activity({ kind: 'thinks', text: 'pm_' }),
    ...present.activity({ kind: 'tool', id: '1', title: token, status: 'pending' }),
    ...present.activity({ kind: 'says', text: 'gh' }),
    ...present.end(),
  ];
  assert.equal(said(shown), 'use <usage>[redacted] now, npm_<tool>gh');
  assert.deepEqual(present.end(), []);
  assert.ok(!JSON.stringify(shown).includes(token.slice(4, 16)));
});
