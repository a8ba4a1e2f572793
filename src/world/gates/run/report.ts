import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { TestReport } from '../../../domain/gates/evidence.ts';
import { withWords } from '../../../domain/text/standing.ts';
import { toBundle } from '../readers/bundle.ts';
import { isSealed, nextKey } from '../readers/lines.ts';
import { together } from '../readers/outcomes.ts';
import type { Reader } from '../readers/port.ts';
import { CHECKOUT, type RunFolder } from './folder.ts';
import { readFileIfAny, redactBytes, type Keeping } from './output.ts';

/** A report larger than this, in bytes, is not read. */
export const REPORT_CAP = 64 * 1024 * 1024;
/** Holds the secret that seals a report; a reporter takes it away before the first test. */
export const KEY_FILE = 'key';

/** A report for each run of the runner, in their order. */
type Found =
  | { readonly kind: 'found'; readonly contents: readonly Buffer[] }
  | Extract<TestReport, { kind: 'unreadable' }>;

/** The tests of a run that has ended, read from what is kept of the report: nobody can see more in it later than omk did. */
export async function readReport(
  reader: Reader,
  folder: RunFolder,
  asked: Asked,
  stdoutTruncated: boolean,
  { blobs, secrets, places = [] }: Keeping,
): Promise<TestReport> {
  const found = await find(reader, folder, asked, stdoutTruncated);
  if (found.kind !== 'found') return found;
  // What is kept does not depend on where the run was.
  const texts = found.contents.map((content) =>
    withWords(withoutPlace(redactBytes(content, secrets).toString('utf8'), folder.seen.checkout), places),
  );
  const [text = ''] = texts;
  const results = texts.map((each) => reader.read(each, CHECKOUT));
  const result = results.length === 1 ? (results[0] ?? together([])) : together(results);
  if (result.kind === 'unreadable') return { ...result, reader: reader.name };
  return {
    kind: 'tests',
    reader: reader.name,
    tests: result.tests,
    ...(result.loaded ? { loaded: result.loaded } : {}),
    ...(result.reordered ? { reordered: true } : {}),
    blob: await blobs.putBlob(Buffer.from(texts.length === 1 ? text : bundleOf(texts), 'utf8')),
  };
}

/** What a report must have been made with. */
export interface Asked {
  readonly key: Buffer;
  readonly reporterName: string;
  /** How often the command starts the runner. */
  readonly runs: number;
}

const bundleOf = (texts: readonly string[]): string =>
  toBundle(texts.map((text, index) => ({ path: `run-${String(index + 1).padStart(4, '0')}`, text })));

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
  { key, reporterName, runs }: Asked,
  stdoutTruncated: boolean,
): Promise<Found> {
  switch (reader.report) {
    case 'stdout':
      return fromStdout(reader, folder, stdoutTruncated);
    case 'directory':
      return fromDirectory(reader, folder, key, runs);
    case 'files':
      return fromFiles(reader, folder.report, () => true);
    case 'checkout':
      return fromFiles(reader, folder.checkout, (name) => name.includes(reporterName));
  }
}

async function fromStdout(reader: Reader, folder: RunFolder, truncated: boolean): Promise<Found> {
  if (truncated) return unreadable(reader, 'invalid', `the output is longer than ${REPORT_CAP} bytes`);
  return { kind: 'found', contents: [await readFileIfAny(folder.stdout)] };
}

async function fromDirectory(reader: Reader, folder: RunFolder, key: Buffer, runs: number): Promise<Found> {
  const names = (await readdir(folder.report)).filter((name) => name !== KEY_FILE).sort(byNumber);
  if (names.length === 0) return unreadable(reader, 'missing', `${reader.name} wrote no report`);
  const expected = runs === 1 ? 'one was' : `${runs} were`;
  if (names.length > runs)
    return unreadable(reader, 'several', `${names.length} reports were written where ${expected} expected`);
  const contents: Buffer[] = [];
  let secret = key;
  for (const name of names) {
    const content = await readRegular(join(folder.report, name));
    if (typeof content === 'string') return unreadable(reader, 'invalid', content);
    if (reader.reporter !== null && !isSealed(content, secret)) return unreadable(reader, 'invalid', NOT_SEALED);
    contents.push(content);
    secret = nextKey(secret);
  }
  if (contents.reduce((sum, { length }) => sum + length, 0) > REPORT_CAP)
    return unreadable(reader, 'invalid', `the reports are larger than ${REPORT_CAP} bytes`);
  return { kind: 'found', contents };
}

const NOT_SEALED = 'the report breaks off or was not written by the reporter alone: the runner did not end by itself';

/** `report-2` before `report-10`. */
const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

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
  return { kind: 'found', contents: [Buffer.from(toBundle(files), 'utf8')] };
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
