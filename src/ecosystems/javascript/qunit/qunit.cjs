// Loaded before QUnit: listens to its events and writes one JSON line for each test, for QUnit 2.2 and later.
// `OMK_REPORT_DIR` names the directory, `OMK_ENTRIES` the scripts that are started as tests. In any other process it does nothing.
const Module = require('node:module');
const { claim, entryOf } = require(__filename.replace(/\.cjs$/, '.seal.cjs'));

const SOURCE = /\/node_modules\/qunit(?:js)?\/(?:qunit|dist)\/qunit\.js$/;
const OUTCOMES = { passed: 'passed', failed: 'failed', skipped: 'skipped', todo: 'skipped' };

const entry = entryOf();
const entries = JSON.parse(process.env.OMK_ENTRIES ?? '[]');
if (/\/node_modules\/qunit(?:js)?\/bin\//.test(entry) || entries.some((each) => entry.endsWith(`/${each}`))) {
  const start = claim(process.env.OMK_REPORT_DIR ?? '');
  if (start !== null) whenLoaded(start('qunit'));
}

function whenLoaded(report) {
  const { prototype } = Module;
  const { _compile: compile } = prototype;
  prototype._compile = function (source, filename, ...rest) {
    const compiled = compile.call(this, source, filename, ...rest);
    // Its program loads it more than once, and uses the last.
    if (SOURCE.test(String(filename).replaceAll('\\', '/'))) listen(this.exports, report);
    return compiled;
  };
}

function listen(QUnit, { write, end }) {
  QUnit.on('testEnd', ({ fullName, status }) => {
    const file = fileIn(QUnit.config.current?.stack ?? '');
    write({ event: 'test', file, titles: fullName.map(String), outcome: OUTCOMES[status] ?? 'failed' });
  });
  QUnit.on('runEnd', end);
  try {
    QUnit.on('error', () => write({ event: 'broken', file: 'qunit' }));
  } catch {
    // Before version 2.17 what is thrown outside of tests is a failed test.
  }
}

/** QUnit keeps where a test was defined, as a line of a stack. */
function fileIn(stack) {
  const files = stack.split('\n').map((line) => /(?:file:\/\/)?(\/[^()]+?):\d+:\d+\)?$/.exec(line)?.[1] ?? '');
  return files.find((file) => file !== '' && !file.includes('/node_modules/')) ?? 'qunit';
}
