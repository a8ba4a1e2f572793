import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { sha256Hex } from '../../proof/format/bytes.ts';
import { openCassettes, readCassette } from './open.ts';

const CONTENT = Buffer.from('what a door gave');
const NAME = sha256Hex(CONTENT);

function cassettes(t: TestContext) {
  const dir = mkdtempSync(join(tmpdir(), 'omk-cassette-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return openCassettes(dir, 1000);
}

test('each execution is a file of its own, numbered after the last', (t) => {
  const all = cassettes(t);
  assert.deepEqual([all.read('g-1'), all.bytesOf('g-1')], [null, 0]);
  for (const run of [1, 2, 3]) {
    const writer = all.begin('g-1');
    assert.equal(writer.run, run);
    writer.append(`${run}\n`);
    writer.close();
  }
  assert.deepEqual(all.read('g-1')?.runs, ['1\n', '2\n', '3\n']);
  assert.equal(all.bytesOf('g-1'), 6);
  rmSync(join(all.folder('g-1'), '2.tape'));
  assert.deepEqual(all.read('g-1')?.runs, ['1\n', '', '3\n'], 'the others keep their numbers');
  assert.equal(all.begin('g-1').run, 4, 'one that is gone gives its number to no other');
});

test('a byte that is no text is not read as the sign that stands for it', (t) => {
  const all = cassettes(t);
  const writer = all.begin('g-1');
  writer.append('an é and a \ufffd\n');
  writer.close();
  const tape = join(all.folder('g-1'), '1.tape');
  const written = readFileSync(tape);
  assert.deepEqual(all.read('g-1')?.runs, ['an é and a \ufffd\n']);
  const half = Buffer.concat([written, Buffer.from('é').subarray(0, 1)]);
  writeFileSync(tape, half);
  assert.deepEqual(all.read('g-1')?.runs, ['an é and a \ufffd\n\ufffd'], 'a process was killed within a letter');
  writeFileSync(tape, Buffer.concat([written.subarray(0, -4), Buffer.from([0xff, 0x0a])]));
  assert.notDeepEqual(all.read('g-1')?.runs, ['an é and a \ufffd\n']);
});

test('content is written once, again where only half of it is there, and is nothing where it cannot be unpacked', (t) => {
  const all = cassettes(t);
  const writer = all.begin('g-1');
  const folder = join(all.folder('g-1'), 'content');
  assert.ok(writer.keep(NAME, CONTENT) > 0);
  assert.equal(writer.keep(NAME, CONTENT), 0);
  truncateSync(join(folder, NAME), 5);
  assert.equal(all.read('g-1')?.content(NAME), null, 'half of it');
  assert.ok(writer.keep(NAME, CONTENT) > 0);
  assert.deepEqual(Buffer.from(all.read('g-1')?.content(NAME) ?? []), CONTENT);
  appendFileSync(join(folder, NAME), 'x');
  assert.equal(all.read('g-1')?.content(NAME), null, 'more than it');
  assert.ok(writer.keep(NAME, CONTENT) > 0);
  writeFileSync(join(all.folder('g-1'), 'beside'), 'x');
  assert.equal(all.read('g-1')?.content('../1.tape'), null);
  assert.deepEqual(readdirSync(folder), [NAME]);
  writer.close();
});

test('a folder, a pipe, a link or a huge file in the place of a file is nothing, and is not waited for', (t) => {
  const all = cassettes(t);
  const writer = all.begin('g-1');
  writer.keep(NAME, CONTENT);
  writer.append('1\n');
  writer.close();
  const folder = all.folder('g-1');
  mkdirSync(join(folder, '2.tape'));
  symlinkSync(join(folder, '1.tape'), join(folder, '3.tape'));
  execFileSync('mkfifo', [join(folder, '4.tape')]);
  writeFileSync(join(folder, '5.tape'), '');
  truncateSync(join(folder, '5.tape'), 2 ** 30);
  assert.deepEqual(readCassette(folder).runs, ['1\n', '', '', '', '']);
  rmSync(join(folder, 'content', NAME));
  mkdirSync(join(folder, 'content', NAME));
  assert.equal(readCassette(folder).content(NAME), null);
  assert.deepEqual(readCassette(join(folder, '1.tape')).runs, []);
});

test('a file in the place of the folder of all cassettes holds none', (t) => {
  const all = cassettes(t);
  writeFileSync(join(all.folder('g-1'), '..'), '');
  assert.equal(all.read('g-1'), null);
});
