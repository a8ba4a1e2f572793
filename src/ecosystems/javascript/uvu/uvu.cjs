// Loaded before uvu, which has no reporters: adds to its source, as it is loaded, that it tells of its tests, for uvu 0.3 and later.
// `OMK_REPORT_DIR` names the directory, `OMK_ENTRIES` the scripts that are started as tests. In any other process it does nothing.
// Node loads this file once more, in a thread of its own, for the hook `load`.
const Module = require('node:module');
const { basename } = require('node:path');
const { pathToFileURL } = require('node:url');
const { isMainThread } = require('node:worker_threads');

/** Random, as the name of this file is: where the source finds what it tells. */
const LISTENER = basename(__filename, '.cjs');
const SOURCE = /\/node_modules\/uvu\/dist\/index\.m?js$/;
const RUNNER = 'async function runner(ctx, name';
const TELLING = (listen) =>
  `async function runner(ctx, name, file) { return ${listen}.suite(ctx, name, file, tellingRunner); }`;
const OVER = /if \(isNode\) process\.exit(?:\(code\)|Code = code);/;

exports.load = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  return SOURCE.test(url) && loaded.source ? { ...loaded, source: telling(String(loaded.source)) } : loaded;
};

if (isMainThread) start();

function start() {
  const { claim, entryOf } = require(__filename.replace(/\.cjs$/, '.seal.cjs'));
  const entry = entryOf();
  const entries = JSON.parse(process.env.OMK_ENTRIES ?? '[]');
  const isProgram = /\/node_modules\/uvu\/bin\.js$/.test(entry);
  if (!isProgram && !entries.some((each) => entry.endsWith(`/${each}`))) return;
  const begin = claim(process.env.OMK_REPORT_DIR ?? '');
  if (begin === null) return;
  Object.defineProperty(globalThis, LISTENER, { value: listener(begin('uvu')) });
  const { _compile: compile } = Module.prototype;
  Module.prototype._compile = function (source, filename, ...rest) {
    const isUvu = typeof source === 'string' && SOURCE.test(String(filename).replaceAll('\\', '/'));
    return compile.call(this, isUvu ? telling(source) : source, filename, ...rest);
  };
  // Loaders such as esm compile by themselves what is not there yet.
  if (isProgram) Module.createRequire(entry)('uvu');
  Module.register?.(pathToFileURL(__filename));
}

function telling(source) {
  const listen = `globalThis[${JSON.stringify(LISTENER)}]`;
  return source
    .replace(RUNNER, `${TELLING(listen)}\n${RUNNER.replace('runner', 'tellingRunner')}`)
    .replace(OVER, (ending) => `${listen}.over(); ${ending}`)
    .replace('runner.bind(0, copy, name)', `runner.bind(0, copy, name, ${listen}.file())`)
    .replace('Object.assign(ctx, context(copy.state))', 'Object.assign(ctx, context(copy.state), { skipped: [] })')
    .replace('test.skip = () => {', 'test.skip = (name) => { (ctx.skipped = ctx.skipped || []).push(name);');
}

function listener({ write, end }) {
  let isOver = false;
  process.on('exit', () => {
    if (isOver) end();
  });
  return {
    file,
    over: () => void (isOver = true),
    async suite(ctx, name, path, runner) {
      isOver = false;
      const tell = (test, outcome) => write({ event: 'test', file: path, titles: [name, String(test)], outcome });
      const left = ctx.only.length > 0 ? ctx.tests : [];
      for (const test of [...(ctx.skipped ?? []), ...left.map((each) => each.name)]) tell(test, 'skipped');
      const states = (ctx.only.length > 0 ? ctx.only : ctx.tests).map(({ name: title }) => ({
        title,
        ran: false,
        over: 0,
        done: 0,
      }));
      const result = await runner(watched(ctx, states), name);
      for (const { title, ran, over, done } of states)
        tell(title, ran && over === 1 && done === 1 ? 'passed' : 'failed');
      return result;
    },
  };
}

/** A test has passed when it came to its end, and all that is done after it once. */
function watched(ctx, states) {
  let now = null;
  let at = 0;
  const watch = (tests) =>
    tests.map((test, index) => ({
      ...test,
      async handler(state) {
        await test.handler(state);
        states[index].ran = true;
      },
    }));
  return {
    ...ctx,
    tests: ctx.only.length > 0 ? ctx.tests : watch(ctx.tests),
    only: watch(ctx.only),
    bEach: [() => void (now = states[at++]), ...ctx.bEach],
    aEach: [() => void now.over++, ...ctx.aEach, () => void now.done++],
  };
}

/** The file that runs a suite: the first of the stack that is neither uvu's nor Node's. */
function file() {
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  const files = lines.map((line) => /(?:file:\/\/)?(\/[^()]+?):\d+:\d+\)?$/.exec(line)?.[1] ?? '');
  return files.find((each) => each !== '' && each !== __filename && !each.includes('/node_modules/')) ?? 'uvu';
}
