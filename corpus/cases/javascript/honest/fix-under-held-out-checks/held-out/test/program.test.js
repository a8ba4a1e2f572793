import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

const PROGRAM = "import { add } from './src/add.js'; process.stdout.write(String(add(20, 22)));";

test('adds in a program that is no test', () => {
  assert.equal(execFileSync(process.execPath, ['--input-type=module', '-e', PROGRAM], { env: {}, encoding: 'utf8' }), '42');
});
