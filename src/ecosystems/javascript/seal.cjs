// Where a reporter writes: one JSON line per event, sealed at the end. Plain JavaScript for Node 18.17 and later.
//
// `dir` is an empty directory with a file `key` in it. The key is read and removed when the reporter is loaded, which is
// before the runner starts a test, and seals the report at the end: a test process cannot write a report of its own. The
// key says how many runners the command starts one after the other; each leaves one for the next when it has ended. One
// more finds no key, and its report is refused. A runner started from inside a test stays silent.
const { createHmac } = require('node:crypto');
const { openSync, readFileSync, realpathSync, unlinkSync, writeFileSync, writeSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');

const MARK = 'OMK_REPORTING';

/** Claims `dir` for this process: null inside of another run, else a function that starts the report of a reader. */
exports.claim = (dir) => {
  if (process.env[MARK] !== undefined) return null;
  process.env[MARK] = '1';
  const key = takeKey(dir);
  return (reporter) => {
    const file = openSync(join(dir, `report-${key === null ? '' : `${key.run}-`}${process.pid}.jsonl`), 'ax');
    const seal = createHmac('sha256', key?.secret ?? '');
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
        if (key !== null && key.run < key.runs) leaveNext(dir, key);
      },
    };
  };
};

/** The file that this process was started with; '' in other threads. Before nyc 15 a file of its own stands before it. */
exports.entryOf = () => {
  const [, first = '', second = ''] = isMainThread ? process.argv : [];
  try {
    return realpathSync(/\/\.node-spawn-wrap-[^/]+\/[^/]+$/.test(first) ? second : first).replaceAll('\\', '/');
  } catch {
    return '';
  }
};

function takeKey(dir) {
  const path = join(dir, 'key');
  try {
    const [secret, runs = '1', run = '1'] = readFileSync(path, 'utf8').split(' ');
    unlinkSync(path);
    return { secret, runs: Number(runs), run: Number(run) };
  } catch {
    return null;
  }
}

function leaveNext(dir, { secret, runs, run }) {
  const next = createHmac('sha256', secret).update('next').digest('hex');
  writeFileSync(join(dir, 'key'), `${next} ${runs} ${run + 1}`, { flag: 'wx' });
}
