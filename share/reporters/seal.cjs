// Where a reporter writes: one JSON line per event, sealed at the end. Plain JavaScript for Node 18.17 and later.
//
// `dir` is an empty directory with a file `key` in it. The key is read and removed when the reporter is loaded, which is
// before the runner starts a test, and seals the report at the end: a test process cannot write a report of its own. A
// second runner finds no key, writes a second report, and two reports are refused. A runner started from inside a test
// stays silent.
const { createHmac } = require('node:crypto');
const { openSync, readFileSync, unlinkSync, writeSync } = require('node:fs');
const { join } = require('node:path');

const MARK = 'OMK_REPORTING';

/** Claims `dir` for this process: null inside of another run, else a function that starts the report of a reader. */
exports.claim = (dir) => {
  if (process.env[MARK] !== undefined) return null;
  process.env[MARK] = '1';
  const key = takeKey(dir);
  return (reporter) => {
    const file = openSync(join(dir, `report-${process.pid}.jsonl`), 'ax');
    const seal = createHmac('sha256', key ?? '');
    const write = (event) => {
      const line = `${JSON.stringify(event)}\n`;
      seal.update(line);
      writeSync(file, line);
    };
    write({ event: 'begin', reporter, version: 1 });
    return {
      write,
      end() {
        write({ event: 'end' });
        writeSync(file, `${JSON.stringify({ seal: key === null ? null : seal.digest('hex') })}\n`);
      },
    };
  };
};

function takeKey(dir) {
  const path = join(dir, 'key');
  try {
    const value = readFileSync(path);
    unlinkSync(path);
    return value;
  } catch {
    return null;
  }
}
