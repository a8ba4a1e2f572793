// Loaded first into every Node process of a run of the base: writes down who loads what. `OMK_LOADS` is JSON: the checkout and an empty
// folder, in which each thread leaves a file of JSON lines: `{process, by, main}`, then `[from, to]` for each pair once. Code of the
// checkout is named by its path, that of a package by `package:<name>`, and `null` is the command line. Plain JavaScript for
// Node 18.17 and later.
const { openSync, writeSync } = require('node:fs');
const { join } = require('node:path');
const { fileURLToPath } = require('node:url');
const { threadId } = require('node:worker_threads');
const Module = require('node:module');

function start({ checkout, folder }) {
  const nameOf = namer(checkout, fileURLToPath);
  const own = `${process.pid}-${threadId}`;
  const file = openSync(join(folder, `${own}.jsonl`), 'a');
  const write = (line) => writeSync(file, `${JSON.stringify(line)}\n`);
  const by = threadId === 0 ? (process.env.OMK_LOADED_BY ?? null) : `${process.pid}-0`;
  write({ process: own, by, main: nameOf(process.argv[1]) });
  if (threadId === 0) process.env.OMK_LOADED_BY = own;
  const seen = new Set();
  const note = (from, to) => {
    const pair = [nameOf(from), nameOf(to)];
    const line = pair.join('\0');
    if (pair[1] === null || pair[0] === pair[1] || seen.has(line)) return;
    seen.add(line);
    write(pair);
  };

  const { _load } = Module;
  const tellsAll = typeof Module.registerHooks === 'function';
  Module._load = function load(request, parent, ...rest) {
    // What an ES module imports has no parent here, and is seen where that is resolved.
    if (!tellsAll && (parent || rest[0] === true) && !/^node:/.test(request)) {
      try {
        note(parent?.filename, Module._resolveFilename(request, parent, ...rest));
      } catch {
        // It is not there, or was put there by a hook and has no file.
      }
    }
    const loaded = Reflect.apply(_load, this, [request, parent, ...rest]);
    if (/(?:^|\/)jest-runtime(?:\/|$)/.test(request)) watchJest(loaded?.default ?? loaded, note);
    return loaded;
  };
  if (tellsAll)
    Module.registerHooks({
      resolve(specifier, context, next) {
        const found = next(specifier, context);
        if (found.url.startsWith('file:')) note(context.parentURL, found.url);
        return found;
      },
    });
  else if (threadId === 0 && typeof Module.register === 'function')
    Module.register(HOOKS, { data: { checkout, folder, own } });
}

/** What a path or an address is called: by its path in the checkout, or by its package; null for what is in neither. */
function namer(checkout, fileURLToPath) {
  return (place) => {
    if (typeof place !== 'string') return null;
    const path = place.startsWith('file:') ? fileURLToPath(place.replace(/[?#].*$/, '')) : place;
    const inside = path.split('/node_modules/').at(-1);
    if (inside !== path) return `package:${inside.split('/', inside.startsWith('@') ? 2 : 1).join('/')}`;
    return path.startsWith(`${checkout}/`) && !path.endsWith('/') ? path.slice(checkout.length + 1) : null;
  };
}

/** Before Node 22.15 ES modules are resolved in a thread of their own. */
const HOOKS = `data:text/javascript,${encodeURIComponent(`
  import { appendFileSync } from 'node:fs';
  import { fileURLToPath } from 'node:url';
  ${namer}
  let nameOf, file;
  const seen = new Set();
  export const initialize = ({ checkout, folder, own }) => {
    nameOf = namer(checkout, fileURLToPath);
    file = folder + '/' + own + '.jsonl';
  };
  export const resolve = async (specifier, context, next) => {
    const found = await next(specifier, context);
    const pair = JSON.stringify([nameOf(context.parentURL), found.url.startsWith('file:') ? nameOf(found.url) : null]);
    if (!pair.endsWith('null]') && !seen.has(pair)) appendFileSync(file, pair + '\\n');
    seen.add(pair);
    return found;
  };
`)}`;

/** Jest loads code by itself: what it is told to load has no importer, all else is resolved by one of these. */
function watchJest(Runtime, note) {
  const kind = Runtime?.prototype;
  if (!kind || kind.omkWatched) return;
  Object.defineProperty(kind, 'omkWatched', { value: true });
  for (const name of ['requireModule', 'unstable_importModule']) {
    const load = kind[name];
    if (typeof load !== 'function') continue;
    kind[name] = function loaded(from, request, ...rest) {
      if (request === undefined) note(null, from);
      return Reflect.apply(load, this, [from, request, ...rest]);
    };
  }
  for (const name of ['_resolveModule', '_resolveCjsModule']) {
    const resolve = kind[name];
    if (typeof resolve !== 'function') continue;
    kind[name] = function resolved(from, ...rest) {
      const found = Reflect.apply(resolve, this, [from, ...rest]);
      if (typeof found === 'string') note(from, found);
      else if (typeof found?.then === 'function')
        found.then(
          (path) => note(from, path),
          () => undefined,
        );
      return found;
    };
  }
}

if (process.env.OMK_LOADS !== undefined) start(JSON.parse(process.env.OMK_LOADS));
