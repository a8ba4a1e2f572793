import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { KNOWN_SETS } from '../../src/proof/rules/known.ts';
import { changedSince } from '../rules/sets.ts';
import { reporters } from './reporters.ts';
import { bundleRules } from './rules.ts';
import { wasm } from './wasm.ts';

const ENTRIES: Readonly<Record<string, string>> = {
  omk: 'src/surfaces/cli/main.ts',
  judge: 'src/app/judge/judge.ts',
  'read-tests': 'src/world/syntax/worker.ts',
  'scripted-agent': 'src/world/agents/scripted/main.ts',
};

/** Built as one file each, with nothing shared: the others load them when they are needed. */
const ALONE: Readonly<Record<string, string>> = {
  'quick-status': 'src/surfaces/cli/quick-status.ts',
  'role-server': 'src/world/agents/roles/server.ts',
};

/** Some libraries are CommonJS inside and ask for `require`, which ES modules do not have. */
const REQUIRE =
  "import{createRequire as omkCreateRequire}from'node:module';const require=omkCreateRequire(import.meta.url);";

const besides = new Set(Object.keys(ALONE).map((name) => `./${name}.js`));

const leaveAlone: Plugin = {
  name: 'leave alone',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/.*\.ts$/ }, ({ path, kind }) => {
      const name = path.slice(2, -'.ts'.length);
      return kind === 'dynamic-import' && Object.hasOwn(ALONE, name) ? { path: `./${name}.js`, external: true } : null;
    }),
};

export interface Bundle {
  /** Path below `dist` to content. */
  readonly files: Map<string, Uint8Array>;
  /** Source files that ended up in the output, relative to the root. */
  readonly inputs: readonly string[];
  /** Modules the output still asks for. */
  readonly external: readonly string[];
  readonly skipped: readonly string[];
}

/** Bundles the entries that exist; writes nothing. */
export async function bundle(root: string, dist: string, version: string): Promise<Bundle> {
  const all = Object.entries(ENTRIES);
  const present = all.filter(([, file]) => existsSync(join(root, file)));
  const rules = await bundleRules(root);
  const changed = changedSince(KNOWN_SETS, rules.digest);
  if (changed !== null) throw new Error(changed);
  const options = {
    absWorkingDir: root,
    outdir: dist,
    entryNames: '[name]',
    chunkNames: 'chunk-[hash]',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Names stay, so that a stack trace in a bug report can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: false,
    legalComments: 'none',
    define: { OMK_VERSION: JSON.stringify(version), OMK_RULES_BUILD: JSON.stringify(rules.digest.slice(0, 12)) },
    banner: { js: REQUIRE },
    metafile: true,
    write: false,
    logLevel: 'warning',
  } satisfies BuildOptions;
  const together = await build({
    ...options,
    entryPoints: Object.fromEntries(present),
    splitting: true,
    plugins: [leaveAlone],
  });
  const alone = await build({ ...options, entryPoints: { ...ALONE } });
  const results = [together, alone];
  const outputs = results.flatMap(({ metafile }) => Object.values(metafile.outputs));
  const inputs = new Set(outputs.flatMap((output) => Object.keys(output.inputs)));
  const grammars = wasm(root);
  return {
    files: new Map([
      ...grammars.files,
      ...reporters(),
      ...results
        .flatMap(({ outputFiles }) => outputFiles)
        .map((file) => [relative(dist, file.path), file.contents] as const),
    ]),
    inputs: [...inputs, ...grammars.inputs].sort(),
    external: [
      ...new Set(
        outputs.flatMap((output) =>
          output.imports
            .filter(({ external, path }) => external === true && !besides.has(path))
            .map(({ path }) => path),
        ),
      ),
    ].sort(),
    skipped: all.filter((entry) => !present.includes(entry)).map(([, file]) => file),
  };
}
