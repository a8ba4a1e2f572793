// Loaded before jasmine: adds a reporter to its environment that writes one JSON line for each spec, for jasmine 3 and later.
// `OMK_REPORT_DIR` names the directory, `OMK_ENTRIES` the scripts that are started as tests. In any other process it does nothing.
const Module = require('node:module');
const { claim, entryOf } = require(__filename.replace(/\.cjs$/, '.seal.cjs'));

const OUTCOMES = { passed: 'passed', failed: 'failed', pending: 'skipped', excluded: 'skipped', disabled: 'skipped' };

const entry = entryOf();
const entries = JSON.parse(process.env.OMK_ENTRIES ?? '[]');
if (/\/node_modules\/(?:jasmine\/bin|jasmine-ts\/)/.test(entry) || entries.some((each) => entry.endsWith(`/${each}`))) {
  const start = claim(process.env.OMK_REPORT_DIR ?? '');
  if (start !== null) whenLoaded(start('jasmine'));
}

function whenLoaded(report) {
  const { _load: load } = Module;
  const seen = new WeakSet();
  const once = (value) => typeof value === 'object' && value !== null && !seen.has(value) && Boolean(seen.add(value));
  const found = (jasmine) => {
    if (!once(jasmine) || typeof jasmine.getEnv !== 'function') return;
    const { getEnv } = jasmine;
    // From version 7 on nothing can be put in its place, and there is one environment.
    if (Object.getOwnPropertyDescriptor(jasmine, 'getEnv')?.writable === false)
      return listen(jasmine.getEnv({ suppressLoadErrors: true }), report, false);
    jasmine.getEnv = function (...args) {
      const env = getEnv.apply(this, args);
      if (once(env)) listen(env, report, Number.parseInt(jasmine.version ?? '', 10) < 6);
      return env;
    };
  };
  Module._load = function (request, ...rest) {
    const loaded = load.call(this, request, ...rest);
    if (/(?:^|\/)jasmine-core$/.test(request) && once(loaded)) {
      found(loaded.jasmine);
      for (const name of ['boot', 'noGlobals']) {
        const make = loaded[name];
        if (typeof make !== 'function') continue;
        loaded[name] = function (...args) {
          const made = make.apply(this, args);
          found(made?.jasmine ?? made);
          return made;
        };
      }
    }
    return loaded;
  };
}

/** Later versions say of each spec where it is, and mind being changed. */
function listen(env, { write, end }, isEarly) {
  const files = new Map();
  const suites = [];
  const reporter = {
    suiteStarted: ({ description }) => void suites.push(description),
    specDone({ id, description, status, filename }) {
      const outcome = OUTCOMES[status] ?? 'failed';
      write({ event: 'test', file: files.get(id) ?? filename ?? 'jasmine', titles: [...suites, description], outcome });
    },
    suiteDone({ status, filename }) {
      suites.pop();
      if (status === 'failed') write({ event: 'broken', file: filename ?? 'jasmine' });
    },
    jasmineDone({ failedExpectations = [] } = {}) {
      if (failedExpectations.length > 0) write({ event: 'broken', file: 'jasmine' });
      end();
    },
  };
  env.addReporter(reporter);
  if (!isEarly) return;
  const { clearReporters } = env;
  env.clearReporters = function (...args) {
    const cleared = clearReporters.apply(this, args);
    env.addReporter(reporter);
    return cleared;
  };
  for (const name of ['it', 'xit', 'fit']) {
    const define = env[name];
    env[name] = function (...args) {
      const spec = define.apply(this, args);
      files.set(spec?.id, caller());
      return spec;
    };
  }
}

/** The file that defines a spec: the first of the stack that is neither jasmine's nor Node's. */
function caller() {
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  const paths = lines.map((line) => /(?:file:\/\/)?(\/[^()]+?):\d+:\d+\)?$/.exec(line)?.[1] ?? '');
  return paths.find((path) => path !== '' && path !== __filename && !path.includes('/node_modules/'));
}
