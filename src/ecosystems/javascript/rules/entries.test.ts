import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptEntries } from './entries.ts';

const BASE = JSON.stringify({ main: './a.js', exports: { '.': './a.js', './testing': { import: './t.js' } } });
const kept = (candidate: object, gone: readonly string[] = []): unknown => {
  const text = keptEntries(BASE, JSON.stringify(candidate), (path) => gone.includes(path));
  return text === null ? null : JSON.parse(text);
};

test('an entry leads to the file of the base as long as that is there', () => {
  const moved = { main: './b.js', exports: { '.': './a.js', './testing': { import: './lenient.js' } } };
  assert.deepEqual(kept(moved), JSON.parse(BASE));
  assert.equal(kept(moved, ['a.js', 't.js']), null);
});

test('new entries are the candidate’s own, and taken ones are taken', () => {
  assert.equal(kept({ main: './a.js', exports: { '.': './a.js', './more': './more.js' } }), null);
  assert.equal(kept({ version: '2.0.0' }), null);
});
