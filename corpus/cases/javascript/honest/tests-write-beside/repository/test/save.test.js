import { test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, renameSync } from 'node:fs';
import { save } from '../src/save.js';
const dir = import.meta.dirname + '/tmp';
test('saves', () => { rmSync(dir, { recursive: true, force: true }); mkdirSync(dir); save(dir, 'x'); assert.equal(readFileSync(dir + '/out.txt', 'utf8'), 'x\n'); rmSync(dir, { recursive: true }); });
test('moves', () => { mkdirSync(dir + '1'); renameSync(dir + '1', dir + '2'); rmSync(dir + '2', { recursive: true }); });
