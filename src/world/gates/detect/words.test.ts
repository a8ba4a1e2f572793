import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { gateSpec } from '../../../domain/testing/build.ts';
import { LOOKS_FOR, whenApart } from './words.ts';

const detected = (id: string, detector: string): GateSpec =>
  gateSpec({ id, source: { kind: 'detected', detector, because: 'there is one' } });

test('every detector says what it looks for, and no two say the same', () => {
  assert.equal(new Set(LOOKS_FOR).size, LOOKS_FOR.length);
  assert.ok(LOOKS_FOR.every((clause) => /^\S.*\S$/.test(clause)));
});

test('a package of a workspace that failed alone is told of the whole workspace', () => {
  const [a, b] = [detected('cargo-a', 'cargo'), detected('cargo-b', 'cargo')];
  assert.match(whenApart(a, [a, b]) ?? '', /cargo test --workspace/);
  assert.equal(whenApart(a, [a]), null);
  assert.equal(whenApart(a, [a, detected('npm-test', 'npm')]), null);
});

test('nothing is said of a detector without such a hint, and of a gate that a person wrote', () => {
  const [a, b] = [detected('go-a', 'go'), detected('go-b', 'go')];
  assert.equal(whenApart(a, [a, b]), null);
  const written = gateSpec({ source: { kind: 'check', text: 'own' } });
  assert.equal(whenApart(written, [written, written]), null);
});
