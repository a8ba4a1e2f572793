import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parser } from '@lezer/javascript';
import { transform, type Plugin } from 'esbuild';

/** What only a run of a gate needs of a runner: how it is told to report, how its report is read, what is planted in its tests. */
const OF_RUNS = new Set(['canary', 'human', 'inject', 'loads', 'read']);

const RUNNERS = /[\\/]src[\\/]ecosystems[\\/].*[\\/](?:runners|reader|loads)\.ts$/;
const LIBRARIES = /[\\/]node_modules[\\/].*\.[cm]?js$/;
/** What the reader of XML needs for numbers and for entities of a DOCTYPE: it is asked for no number, and reads no DOCTYPE. */
const NOT_CALLED = /[\\/]node_modules[\\/](?:is-unsafe|strnum|anynum)[\\/].*\.[cm]?js$/;
const BUILT_IN = /^node:/;

/**
 * A verifier runs no gate: it only has to recognise what a command starts. The members of runners that run are taken out, and with them all
 * that nothing else needs. One that was called all the same would not be there, and nothing would be verified.
 */
export const ONLY_RECOGNISED: Plugin = {
  name: 'only recognised',
  setup({ onLoad, onResolve, resolve }) {
    onLoad({ filter: RUNNERS }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'ts', target: 'node24' });
      return { contents: withoutRuns(code), loader: 'js' };
    });
    // What a library has for the sake of options that are not used goes when its syntax is made shorter; omk's own stays as it is.
    onLoad({ filter: NOT_CALLED }, async ({ path }) => {
      const names = Object.keys((await import(pathToFileURL(path).href)) as object);
      const without = names.map((name) =>
        name === 'default' ? 'export default null;' : `export const ${name} = null;`,
      );
      return { contents: without.join('\n'), loader: 'js' };
    });
    onLoad({ filter: LIBRARIES }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { minifySyntax: true, target: 'node24' });
      return { contents: code, loader: 'js' };
    });
    // No module does anything when it is loaded, so that one of which nothing is used can go.
    onResolve({ filter: /./ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === ONLY_RECOGNISED.name || importer === '' || BUILT_IN.test(path)) return undefined;
      const found = await resolve(path, { importer, kind, resolveDir, pluginData: ONLY_RECOGNISED.name });
      return { ...found, sideEffects: false };
    });
  },
};

/** A module without those members of its object literals. */
export function withoutRuns(code: string): string {
  const gone: { readonly from: number; readonly to: number }[] = [];
  parser.parse(code).iterate({
    enter: ({ name, node, from, to }) => {
      if (name !== 'Property') return true;
      const named = node.firstChild?.name === 'async' ? node.firstChild.nextSibling : node.firstChild;
      if (!named || !OF_RUNS.has(code.slice(named.from, named.to))) return true;
      const comma = /^\s*,/.exec(code.slice(to))?.[0].length ?? 0;
      gone.push({ from, to: to + comma });
      return false;
    },
  });
  return gone.toReversed().reduce((text, { from, to }) => text.slice(0, from) + text.slice(to), code);
}
