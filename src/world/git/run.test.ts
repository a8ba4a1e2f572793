import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { environment, safePath } from './environment.ts';
import { git, pipeGit, tryGit } from './run.ts';
import { temporaryDir, writeFiles } from './testing/repository.ts';
import { checkVersion } from './version.ts';

test('T15 a git older than 2.38 is refused with a sentence', () => {
  for (const text of [
    'git version 2.38.0',
    'git version 2.39.5 (Apple Git-154)',
    'git version 3.0.rc1',
    'git version 2.50.windows.1',
  ])
    checkVersion(text);
  for (const text of ['git version 2.37.9', 'git version 1.99', 'something else', ''])
    assert.throws(() => checkVersion(text), { code: 'GIT_TOO_OLD', exit: 2 });
});

test('T15 the environment of git is built from nothing, and its settings cannot be added to from outside', async (t) => {
  const dir = temporaryDir(t);
  writeFiles(dir, { git: { program: '#!/bin/sh\nexit 3\n' } });
  process.env['GIT_DIR'] = dir;
  process.env['GIT_CONFIG_PARAMETERS'] = "'core.pager=false'";
  t.after(() => {
    delete process.env['GIT_DIR'];
    delete process.env['GIT_CONFIG_PARAMETERS'];
  });
  const listed = (await git(['config', '--list', '--show-scope', '-z'], { cwd: dir })).toString();
  assert.equal(listed.includes('core.pager'), false);
  assert.match(listed, /core\.hookspath\n\/dev\/null/);
  assert.equal(
    listed.split('\0').every((part) => part === '' || part === 'command' || part.includes('\n')),
    true,
  );
  const env = environment('/bin', {
    whose: 'omk',
    durable: true,
    readsUser: false,
    network: false,
    config: [['a.b', 'c']],
  });
  const expected = ['PATH', 'HOME', 'LC_ALL'];
  assert.deepEqual(
    Object.keys(env).filter((name) => !name.startsWith('GIT_')),
    expected,
  );
  assert.equal(env['HOME'], '/nonexistent');
});

test('T15 a relative folder on the PATH never provides git', () => {
  assert.equal(safePath('.:/usr/bin:bin::/bin'), '/usr/bin:/bin');
  assert.equal(safePath(''), '/usr/local/bin:/usr/bin:/bin');
  assert.equal(safePath(undefined), '/usr/local/bin:/usr/bin:/bin');
});

test('git without git on the PATH is said', async (t) => {
  const dir = temporaryDir(t);
  const path = process.env['PATH'];
  process.env['PATH'] = dir;
  t.after(() => {
    process.env['PATH'] = path;
  });
  await assert.rejects(git(['version'], {}), { code: 'GIT_NOT_FOUND', exit: 2 });
});

test('a command that fails, takes too long or says too much ends with its reason', async (t) => {
  const cwd = temporaryDir(t);
  await assert.rejects(git(['rev-parse', 'HEAD'], { cwd }), { code: 'GIT_FAILED', exit: 6 });
  assert.equal((await tryGit(['rev-parse', 'HEAD'], { cwd })).code, 128);
  await assert.rejects(git(['version'], { maxBytes: 3 }), { code: 'GIT_STOPPED' });
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      yield Buffer.from('x\n');
      await new Promise(setImmediate);
    }
  }
  await assert.rejects(git(['hash-object', '--stdin'], { cwd, input: endless(), timeoutMs: 200 }), {
    code: 'GIT_STOPPED',
  });
});

test('input that fails fails the command, and of two joined commands the one to blame is named', async (t) => {
  const cwd = temporaryDir(t);
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('x');
    throw new RangeError('source');
  }
  await assert.rejects(git(['hash-object', '--stdin'], { cwd, input: broken() }), RangeError);
  const good = { args: ['version'], call: { cwd } };
  const bad = { args: ['no-such-command'], call: { cwd } };
  const hash = { args: ['hash-object', '--stdin'], call: { cwd } };
  assert.equal((await pipeGit(good, hash)).length, 41);
  await assert.rejects(pipeGit(bad, hash), /no-such-command/);
  await assert.rejects(pipeGit(good, bad), /no-such-command/);
  const worse = { args: ['no-such-other'], call: bad.call };
  for (let round = 0; round < 5; round++) await assert.rejects(pipeGit(bad, worse), /no-such-command/);
});

test('a git that ends before it has read all is judged by its exit code, whatever its input is', async (t) => {
  const dir = temporaryDir(t);
  function* endless(): Generator<Uint8Array> {
    for (let n = 0; n < 500; n++) yield Buffer.alloc(1024 * 1024);
  }
  const failed = await tryGit(['no-such-command'], { cwd: dir, input: endless() });
  assert.equal(failed.code, 1);
});

test('no other file of the room starts a process', () => {
  const room = import.meta.dirname;
  const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('testing'),
  );
  assert.deepEqual(
    files.filter((name) => /child_process|execa/.test(readFileSync(join(room, name), 'utf8'))),
    ['run.ts'],
  );
});
