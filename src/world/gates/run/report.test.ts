import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { TestReport } from '../../../domain/gates/evidence.ts';
import { vitest } from '../../../ecosystems/javascript/vitest/reader.ts';
import { memoryBlobs } from '../testing/blobs.ts';
import { makeFolder, type RunFolder } from './folder.ts';
import { readReport } from './report.ts';

const GOOD = JSON.stringify({
  testResults: [
    {
      name: '/omk/checkout/a.test.js',
      status: 'passed',
      assertionResults: [{ ancestorTitles: [], title: `ghp_${'x'.repeat(30)}`, status: 'passed' }],
    },
  ],
});

async function folderFor(t: TestContext): Promise<RunFolder> {
  const stateDir = await mkdtemp(join(tmpdir(), 'omk-report-'));
  t.after(() => rm(stateDir, { recursive: true, force: true }));
  return makeFolder(stateDir, 'ab12', { kind: 'bubblewrap', version: '0', network: false });
}

const why = async (folder: RunFolder): Promise<string> => {
  const report: TestReport = await readReport(
    vitest,
    folder,
    { key: Buffer.from('k'), reporterName: 'omk_1', runs: 1 },
    false,
    {
      blobs: memoryBlobs(),
      secrets: [],
    },
  );
  return report.kind === 'unreadable' ? report.why : report.kind;
};

test('one regular file is read, and names in it lose their secrets', async (t) => {
  const folder = await folderFor(t);
  await writeFile(join(folder.report, 'r.json'), GOOD);
  const report = await readReport(vitest, folder, { key: Buffer.from('k'), reporterName: 'omk_1', runs: 1 }, false, {
    blobs: memoryBlobs(),
    secrets: [],
  });
  assert.ok(report.kind === 'tests');
  assert.deepEqual(report.tests.passed, ['a.test.js > [redacted]']);
});

test('none is missing, two are several', async (t) => {
  const folder = await folderFor(t);
  await writeFile(join(folder.report, 'key'), 'k');
  assert.equal(await why(folder), 'missing');
  await writeFile(join(folder.report, 'r.json'), GOOD);
  await writeFile(join(folder.report, 's.json'), GOOD);
  assert.equal(await why(folder), 'several');
});

test('a link is not followed', async (t) => {
  const folder = await folderFor(t);
  await writeFile(join(folder.dir, 'elsewhere.json'), GOOD);
  await symlink(join(folder.dir, 'elsewhere.json'), join(folder.report, 'r.json'));
  assert.equal(await why(folder), 'invalid');
});

test('a pipe is not waited for', { skip: process.platform === 'win32' && 'no pipes in folders here' }, async (t) => {
  const folder = await folderFor(t);
  execFileSync('mkfifo', [join(folder.report, 'r.json')], { env: { PATH: '/usr/bin:/bin' } });
  assert.equal(await why(folder), 'invalid');
});

test('a report of each run is read, as many as the command starts, in their order', async (t) => {
  const folder = await folderFor(t);
  const read = async (runs: number) =>
    readReport(vitest, folder, { key: Buffer.from('k'), reporterName: 'omk_1', runs }, false, {
      blobs: memoryBlobs(),
      secrets: [],
    });
  await writeFile(join(folder.report, 'r-10.json'), GOOD);
  await writeFile(join(folder.report, 'r-9.json'), GOOD.replace('"passed"}', '"failed"}'));
  const report = await read(2);
  assert.ok(report.kind === 'tests');
  assert.deepEqual(report.tests.failed, ['a.test.js > [redacted]']);
  assert.deepEqual(report.tests.passed, ['a.test.js > [redacted] #2']);
  assert.equal((await read(1)).kind, 'unreadable');
});
