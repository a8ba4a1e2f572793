import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { TestReport } from '../../../domain/gates/evidence.ts';
import { toBundle } from '../readers/bundle.ts';
import { isSealed } from '../readers/lines.ts';
import type { Reader } from '../readers/port.ts';
import { CHECKOUT, type RunFolder } from './folder.ts';
import { readFileIfAny, redactBytes, type Keeping } from './output.ts';

/** A report larger than this, in bytes, is not read. */
export const REPORT_CAP = 64 * 1024 * 1024;
/** Holds the secret that seals a report; a reporter takes it away before the first test. */
export const KEY_FILE = 'key';

type Found = { readonly kind: 'found'; readonly content: Buffer } | Extract<TestReport, { kind: 'unreadable' }>;

/** The tests of a run that has ended, read from what is kept of the report: nobody can see more in it later than omk did. */
export async function readReport(
  reader: Reader,
  folder: RunFolder,
  { key, reporterName }: { readonly key: Buffer; readonly reporterName: string },
  stdoutTruncated: boolean,
  { blobs, secrets }: Keeping,
): Promise<TestReport> {
  const found = await find(reader, folder, key, reporterName, stdoutTruncated);
  if (found.kind !== 'found') return found;
  // What is kept does not depend on where the run was.
  const text = withoutPlace(redactBytes(found.content, secrets).toString('utf8'), folder.seen.checkout);
  const result = reader.read(text, CHECKOUT);
  if (result.kind === 'unreadable') return { ...result, reader: reader.name };
  return {
    kind: 'tests',
    reader: reader.name,
    tests: result.tests,
    blob: await blobs.putBlob(Buffer.from(text, 'utf8')),
  };
}

const unreadable = (
  reader: Reader,
  why: 'missing' | 'invalid' | 'several',
  detail: string,
): Extract<TestReport, { kind: 'unreadable' }> => ({
  kind: 'unreadable',
  reader: reader.name,
  why,
  detail,
});

function find(
  reader: Reader,
  folder: RunFolder,
  key: Buffer,
  reporterName: string,
  stdoutTruncated: boolean,
): Promise<Found> {
  switch (reader.report) {
    case 'stdout':
      return fromStdout(reader, folder, stdoutTruncated);
    case 'directory':
      return fromDirectory(reader, folder, key);
    case 'files':
      return fromFiles(reader, folder.report, () => true);
    case 'checkout':
      return fromFiles(reader, folder.checkout, (name) => name.includes(reporterName));
  }
}

async function fromStdout(reader: Reader, folder: RunFolder, truncated: boolean): Promise<Found> {
  if (truncated) return unreadable(reader, 'invalid', `the output is longer than ${REPORT_CAP} bytes`);
  return { kind: 'found', content: await readFileIfAny(folder.stdout) };
}

async function fromDirectory(reader: Reader, folder: RunFolder, key: Buffer): Promise<Found> {
  const names = (await readdir(folder.report)).filter((name) => name !== KEY_FILE);
  const [name] = names;
  if (name === undefined) return unreadable(reader, 'missing', `${reader.name} wrote no report`);
  if (names.length > 1)
    return unreadable(reader, 'several', `${names.length} reports were written where one was expected`);
  const content = await readRegular(join(folder.report, name));
  if (typeof content === 'string') return unreadable(reader, 'invalid', content);
  if (reader.reporter !== null && !isSealed(content, key)) {
    return unreadable(
      reader,
      'invalid',
      'the report breaks off or was not written by the reporter alone: the runner did not end by itself',
    );
  }
  return { kind: 'found', content };
}

/** Every file below `root` whose name is wanted, as one bundle. */
async function fromFiles(reader: Reader, root: string, wanted: (name: string) => boolean): Promise<Found> {
  const entries = (await readdir(root, { recursive: true, withFileTypes: true })).filter(
    ({ name }) => /\.(?:xml|trx)$/.test(name) && wanted(name),
  );
  const files: { path: string; text: string }[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const at = join(entry.parentPath, entry.name);
    const content = await readRegular(at);
    if (typeof content === 'string') return unreadable(reader, 'invalid', content);
    bytes += content.length;
    if (bytes > REPORT_CAP) return unreadable(reader, 'invalid', `the reports are larger than ${REPORT_CAP} bytes`);
    files.push({ path: relative(root, at), text: content.toString('utf8') });
  }
  if (files.length === 0) return unreadable(reader, 'missing', `${reader.name} wrote no report`);
  return { kind: 'found', content: Buffer.from(toBundle(files), 'utf8') };
}

/** Never follows a link, never waits on a pipe: the name was in the gate's hands. A sentence when there is nothing to read. */
async function readRegular(path: string): Promise<Buffer | string> {
  let handle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return 'the report is not a regular file';
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return 'the report is not a regular file';
    if (stat.size > REPORT_CAP) return `the report is larger than ${REPORT_CAP} bytes`;
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function withoutPlace(text: string, checkout: string): string {
  return checkout === CHECKOUT ? text : text.replaceAll(JSON.stringify(checkout).slice(1, -1), CHECKOUT);
}
