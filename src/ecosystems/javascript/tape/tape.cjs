// Loaded before tape, which has no reporters: listens to its tests, and writes one JSON line for each, for tape 4 and later.
// `OMK_REPORT_DIR` names the directory, `OMK_ENTRIES` the scripts that are started as tests. In any other process it does nothing.
const Module = require('node:module');
const { claim, entryOf } = require(__filename.replace(/\.cjs$/, '.seal.cjs'));

const entry = entryOf();
const entries = JSON.parse(process.env.OMK_ENTRIES ?? '[]');
if (/\/node_modules\/tape\/bin\/[^/]+$/.test(entry) || entries.some((each) => entry.endsWith(`/${each}`))) {
  const start = claim(process.env.OMK_REPORT_DIR ?? '');
  if (start !== null) whenLoaded((Results) => listen(Results, start('tape')));
}

/** What tape collects its tests in, before it has any. */
function whenLoaded(then) {
  const { _load: load } = Module;
  Module._load = function (request, parent, ...rest) {
    const loaded = load.call(this, request, parent, ...rest);
    const isResults = Module._load !== load && /(?:^|\/)results(?:\.js)?$/.test(request);
    if (isResults && /\/node_modules\/tape\//.test(parent?.filename ?? '')) {
      Module._load = load;
      then(loaded);
    }
    return loaded;
  };
}

function listen(Results, { write, end }) {
  const { push } = Results.prototype;
  let first = null;
  Results.prototype.push = function (test, ...rest) {
    if (first === null) {
      first = this;
      this.once('done', end);
    }
    if (first === this) watch(test, [], caller(), write);
    return push.call(this, test, ...rest);
  };
}

function watch(test, around, file, write) {
  const titles = [...around, String(test.name)];
  let failed = false;
  test.on('result', (result) => {
    failed ||= typeof result === 'object' && result !== null && !result.ok && !result.todo && !result.skip;
  });
  test.on('test', (inner) => watch(inner, titles, file, write));
  test.once('end', () => {
    const skipped = test._skip || test._todo;
    const ran = failed ? 'failed' : 'passed';
    write({ event: 'test', file, titles, outcome: skipped ? 'skipped' : ran });
  });
}

/** The file that defines a test: the first of the stack that is neither tape's nor Node's. */
function caller() {
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  const files = lines.map((line) => /(?:file:\/\/)?(\/[^()]+?):\d+:\d+\)?$/.exec(line)?.[1] ?? '');
  return files.find((file) => file !== '' && file !== __filename && !file.includes('/node_modules/')) ?? 'tape';
}
