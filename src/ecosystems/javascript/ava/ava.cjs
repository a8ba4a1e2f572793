// Loaded before AVA, which has no reporters of its own: listens to its runs, and writes one JSON line per test, for AVA 3
// and later. `OMK_REPORT_DIR` names the directory. In any other process it does nothing.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { claim, entryOf } = require(__filename.replace(/\.cjs$/, '.seal.cjs'));

const ENTRY = /\/node_modules\/ava\/(?:entrypoints\/cli\.mjs|(?:entrypoints\/)?cli\.js)$/;
const FILE_FAILS = new Set([
  'hook-failed',
  'internal-error',
  'missing-ava-import',
  'process-exit',
  'timeout',
  'uncaught-exception',
  'unhandled-rejection',
  'worker-failed',
  'shared-worker-error',
]);

const entry = entryOf();
if (ENTRY.test(entry)) {
  const start = claim(process.env.OMK_REPORT_DIR ?? '');
  const home = join(entry.slice(0, entry.lastIndexOf('/node_modules/ava/')), 'node_modules/ava');
  const api = join(home, 'lib/api.js');
  if (start !== null && isModule(home))
    void import(pathToFileURL(api).href).then(({ default: Api }) => listen(Api, start('ava')));
  else if (start !== null) whenRequired(api, (Api) => listen(Api, start('ava')));
}

function isModule(home) {
  return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).type === 'module';
}

/** AVA 3 has to set itself up before this file is loaded, so it is waited for. */
function whenRequired(file, then) {
  const { _load: load } = Module;
  Module._load = function (request, parent, ...rest) {
    const loaded = load.call(this, request, parent, ...rest);
    if (
      Module._load !== load &&
      /(?:^|\/)api(?:\.js)?$/.test(request) &&
      Module._resolveFilename(request, parent) === file
    ) {
      Module._load = load;
      then(loaded);
    }
    return loaded;
  };
}

function listen(Api, { write, end }) {
  const { run } = Api.prototype;
  Api.prototype.run = async function (...args) {
    // Every test has to have its say, also after one that failed.
    this.options.failFast = false;
    const test = (event, outcome) => write({ event: 'test', file: event.testFile, titles: [event.title], outcome });
    this.on('run', (plan) => {
      plan.status.on('stateChange', (event) => {
        if (event.type === 'test-passed') test(event, event.knownFailing ? 'skipped' : 'passed');
        else if (event.type === 'test-failed') test(event, 'failed');
        else if (event.type === 'selected-test' && (event.skip || event.todo)) test(event, 'skipped');
        else if (FILE_FAILS.has(event.type)) write({ event: 'broken', file: event.testFile ?? 'ava' });
      });
    });
    const status = await run.apply(this, args);
    end();
    return status;
  };
}
