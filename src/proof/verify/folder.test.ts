import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { OWNER, failures, readyBundle } from '../testing/bundle.ts';
import { trust } from '../testing/signer.ts';
import { verifyBundle } from './bundle.ts';
import { readFolder } from './folder.ts';
import { LIMITS } from './limits.ts';
import { readLog } from './log.ts';
import { recorder, type VerifyReport } from './report.ts';

const POSIX = process.platform === 'win32' ? 'links and pipes work otherwise here' : false;

async function written(t: TestContext): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'omk-bundle-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, content] of (await readyBundle()).files) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
  return dir;
}
const verify = (dir: string): Promise<VerifyReport> =>
  verifyBundle({ ...readFolder(dir), trusted: [trust(OWNER)], level: 'V0', git: null, expect: {} });

test('a bundle in a folder verifies', async (t) => {
  assert.equal((await verify(await written(t))).reached, 'V0');
});

test('links, pipes and deeper folders are refused, not followed', { skip: POSIX }, async (t) => {
  const dir = await written(t);
  const stdout = join(dir, 'gates', 'unit.contract.1.stdout');
  rmSync(stdout);
  symlinkSync('/etc/hostname', stdout);
  assert.deepEqual(failures(await verify(dir)), ['E_BUNDLE']);
  rmSync(stdout);
  assert.equal(spawnSync('mkfifo', [stdout]).status, 0);
  assert.deepEqual(failures(await verify(dir)), ['E_BUNDLE']);
  rmSync(stdout);
  mkdirSync(join(dir, 'gates', 'more'));
  assert.deepEqual(failures(await verify(dir)), ['E_BUNDLE']);
});

test('a file over the limit is E_TOO_LARGE before it is read', async (t) => {
  const dir = await written(t);
  truncateSync(join(dir, 'change.patch'), LIMITS.file + 1);
  assert.deepEqual(failures(await verify(dir)), ['E_TOO_LARGE']);
});

test('too many files, a name twice and an unsafe name are refused', async () => {
  const read = (): never => assert.fail('nothing is read');
  const run = (names: readonly string[]): Promise<VerifyReport> =>
    verifyBundle({ names, read, trusted: [], level: 'V0', git: null, expect: {} });
  assert.deepEqual(failures(await run(Array.from({ length: LIMITS.files + 1 }, (_, index) => `f${index}`))), [
    'E_TOO_LARGE',
  ]);
  assert.deepEqual(failures(await run(['a', 'a'])), ['E_BUNDLE']);
  assert.deepEqual(failures(await run(['../a'])), ['E_BUNDLE']);
});

test('all files together are bounded too', async () => {
  const large = new Uint8Array(LIMITS.file);
  const names = Array.from({ length: LIMITS.bundle / LIMITS.file + 1 }, (_, index) => `f${index}`);
  const report = await verifyBundle({ names, read: () => large, trusted: [], level: 'V0', git: null, expect: {} });
  assert.deepEqual(failures(report), ['E_TOO_LARGE']);
});

test('a log of too many lines, or one that is cut off, is refused in words that say so', () => {
  const failed = (bytes: Uint8Array): readonly string[] => {
    const to = recorder();
    assert.equal(readLog(bytes, new Map(), to), null);
    return to.checks.filter((each) => !each.ok).map(({ code, text }) => `${code} ${text}`);
  };
  assert.deepEqual(failed(Buffer.alloc(LIMITS.lines + 1, '\n')), [
    `E_TOO_LARGE the log has ${LIMITS.lines + 1} lines, more than the ${LIMITS.lines} that are read`,
  ]);
  assert.deepEqual(failed(Buffer.from('{"a":')), ['E_LOG_TORN the last line of the log is cut off']);
});

test('no folder is a sentence, not a crash', () => {
  assert.throws(() => readFolder('/nonexistent/proof'), /is not a folder with a proof/);
});
