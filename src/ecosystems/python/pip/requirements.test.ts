import assert from 'node:assert/strict';
import { test } from 'node:test';
import { includedFrom, readRequirements } from './requirements.ts';

const kinds = (text: string): readonly string[] =>
  readRequirements(text).map((line) => (line.kind === 'named' ? `named ${line.name}` : line.kind));

test('each kind of line is told', () => {
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['six', ['named six']],
    ['PyTest_Mock[extra] >= 1.0, < 2 ; python_version > "3.8"  # why', ['named pytest-mock']],
    ['requests==2.0 \\\n  --hash=sha256:abc', ['named requests']],
    ['# only a comment\n\n', []],
    ['-r base.txt\n--requirement=more.txt\n-c limits.txt', ['include', 'include', 'include']],
    [
      '-e .\n--editable=./sub\n.\n./sub[test]\n../x\n/abs/dir\nfile:///abs/dir',
      Array.from({ length: 7 }, () => 'folder'),
    ],
    ['name @ file:///abs/dir', ['folder']],
    ['./wheels/x-1.0-py3-none-any.whl\nwheels/x-1.0.tar.gz', ['direct', 'direct']],
    ['git+https://example.com/x.git@main#egg=x\n-e git+https://example.com/x.git#egg=x', ['direct', 'direct']],
    ['name@https://example.com/x-1.0.zip', ['direct']],
    ['--index-url https://example.com\n-i https://example.com', ['option', 'option']],
  ];
  for (const [text, expected] of lines) assert.deepEqual(kinds(text), expected, text);
});

test('T14 only a wheel is no source', () => {
  const wheels = readRequirements(
    './x-1.0-py3-none-any.whl\nhttps://e.com/x.whl#sha256=1\nhttps://e.com/x.tar.gz\ngit+https://e.com/x.git',
  ).map((line) => line.kind === 'direct' && line.wheel);
  assert.deepEqual(wheels, [true, true, false, false]);
});

test('an include is relative to its file and stays in the tree', () => {
  assert.equal(includedFrom('requirements/dev.txt', '../requirements.txt'), 'requirements.txt');
  assert.equal(includedFrom('requirements/dev.txt', 'base.txt'), 'requirements/base.txt');
  for (const path of ['../../etc/passwd', '/etc/passwd', 'https://example.com/r.txt'])
    assert.equal(includedFrom('requirements/dev.txt', path), null);
});
