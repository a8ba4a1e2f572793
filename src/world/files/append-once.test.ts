import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { appendOnce } from './append-once.ts';

test('each line is appended once, to a file that only its owner reads', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk append '));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const path = join(dir, 'new folder', 'cost.jsonl');
  assert.equal(await appendOnce(path, ['a', 'b']), null);
  assert.equal(await appendOnce(path, ['b', 'c']), null);
  assert.equal(readFileSync(path, 'utf8'), 'a\nb\nc\n');
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('a last line that somebody left open stays a line of its own', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk append '));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const path = join(dir, 'cost.jsonl');
  writeFileSync(path, 'theirs');
  assert.equal(await appendOnce(path, ['ours']), null);
  assert.equal(readFileSync(path, 'utf8'), 'theirs\nours\n');
});

test('a path that cannot be written is said', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk append '));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, 'cost.jsonl'));
  assert.match((await appendOnce(join(dir, 'cost.jsonl'), ['a'])) ?? '', /EISDIR/);
  assert.match((await appendOnce('/proc/nope/cost.jsonl', ['a'])) ?? '', /ENOENT|ENOTDIR/);
  assert.match((await appendOnce(join(dir, 'no', 'such', 'cost.jsonl'), ['a'])) ?? '', /ENOENT/);
});
