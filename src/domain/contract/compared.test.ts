import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gateSpec } from '../testing/build.ts';
import { isComparedWith } from './compared.ts';

const compares = (command: string, path: string, cwd = '.'): boolean =>
  isComparedWith({ ...gateSpec(), argv: ['sh', '-c', command], cwd }, path);

test('what a command compares its output with is what it expects', () => {
  for (const command of [
    'node cli.js 2 3 | diff - want.txt',
    'diff -u want.txt <(node cli.js 2 3)',
    'node cli.js > /tmp/out && cmp -s /tmp/out ./want.txt',
    './cli | diff want.txt -',
    'sha256sum -c want.txt',
    './cli | grep -qFf want.txt',
  ])
    assert.equal(compares(command, 'want.txt'), true, command);
  assert.equal(compares('./cli | diff - want.txt', 'a/want.txt', 'a'), true, 'below the folder of the gate');
});

test('what it reads, prints or makes is not', () => {
  for (const command of [
    'grep -q timeout out.txt',
    './cli out.txt',
    'diff out.txt expected.txt',
    'cat out.txt | diff - want.txt',
  ])
    assert.equal(compares(command, 'out.txt'), false, command);
});
