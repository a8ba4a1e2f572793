import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords, spokenInWords } from './disk-error.ts';
import { OmkError } from './error.ts';

const failing = (code: string, more: object = { syscall: 'write' }): Error =>
  Object.assign(new Error(code), { code, ...more });

test('errors of the disk and the system are a sentence with exit code 6, and anything else is a bug', () => {
  const kinds = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE', 'ENOMEM'];
  for (const code of kinds) {
    const known = inWords(failing(code, { syscall: 'open', path: '/a/b' }));
    assert.equal(known?.exit, 6, code);
    assert.match(known?.message ?? '', new RegExp(`^open /a/b: .* \\(${code}\\)$`));
  }
  assert.equal(inWords(failing('ENOSPC'))?.code, 'DISK_FULL');
  assert.equal(inWords(failing('EIO', {})), null, 'no system call: somebody else’s code');
  assert.equal(inWords(failing('ERR_INVALID_ARG_TYPE')), null);
  assert.equal(inWords(new TypeError('x')), null);
  assert.equal(inWords('EIO'), null);
  const own = new OmkError('DISK_IO', 'x', 'y');
  assert.equal(inWords(own), own);
});

test('what git prints of the disk is the same sentence', () => {
  const known = spokenInWords('git fast-import', 'error: x\nfatal: write error: No space left on device\n');
  assert.equal(known?.code, 'DISK_FULL');
  assert.match(known?.message ?? '', /^git fast-import: .*No space left on device\)$/);
  assert.equal(spokenInWords('git fetch', 'fatal: bad object'), null);
});
