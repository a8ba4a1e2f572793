// A node:test reporter that writes one JSON line per test event. Plain JavaScript for Node 18.17 and later.
//
// The query of its own URL names an empty directory with a file `key` in it. The key is read and removed before any
// test runs, and seals the report at the end: a test process cannot write a report of its own. A second runner finds
// no key, writes a second report, and two reports are refused. A runner started from inside a test stays silent.
import { createHmac } from 'node:crypto';
import { openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const MARK = 'OMK_REPORTING';
const nested = process.env[MARK] !== undefined;
process.env[MARK] = '1';

const dir = new URL(import.meta.url).searchParams.get('dir') ?? '';
const key = nested ? null : takeKey();

function takeKey() {
  const path = join(dir, 'key');
  try {
    const value = readFileSync(path);
    unlinkSync(path);
    return value;
  } catch {
    return null;
  }
}

export default async function* report(source) {
  if (nested) {
    for await (const _ of source);
    return;
  }
  const file = openSync(join(dir, `report-${process.pid}.jsonl`), 'ax');
  const seal = createHmac('sha256', key ?? '');
  const write = (event) => {
    const line = `${JSON.stringify(event)}\n`;
    seal.update(line);
    writeSync(file, line);
  };
  write({ event: 'begin', reporter: 'node-test', version: 1 });
  for await (const { type, data } of source) {
    if (type !== 'test:start' && type !== 'test:pass' && type !== 'test:fail') continue;
    write({
      event: type.slice(5),
      name: String(data.name),
      nesting: data.nesting,
      file: data.file ?? '',
      suite: data.details?.type === 'suite',
      // `skip: false` and `todo: false` mean that the test is neither; an empty reason means that it is.
      skipped: given(data.skip) || given(data.todo),
    });
  }
  write({ event: 'end' });
  writeSync(file, `${JSON.stringify({ seal: key === null ? null : seal.digest('hex') })}\n`);
}

const given = (value) => value !== undefined && value !== false && value !== null;
