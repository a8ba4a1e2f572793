import assert from 'node:assert/strict';
import { test } from 'node:test';
import { created } from '../domain/testing/build.ts';
import { verifiedPin } from './replay-gates.ts';

const pin = created().repository;

test('gates of a bundle run only where it verifies to V1, whoever signed it', () => {
  const ok = { code: 'E_ENVELOPE', text: 'its signatures hold', ok: true } as const;
  const foreign = { code: 'E_GATE_ARGV', text: 'the gates are not those of the base', ok: false } as const;
  assert.equal(verifiedPin({ report: { reached: 'V1', checks: [ok] }, pin }), pin);
  assert.equal(
    verifiedPin({ report: { reached: 'V0', checks: [ok, foreign] }, pin }),
    'no gate of a bundle that does not verify is run: the gates are not those of the base (E_GATE_ARGV)',
  );
});
