import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

const ENTRIES: Readonly<Record<string, string>> = {
  omk: 'src/surfaces/cli/main.ts',
  'read-tests': 'src/world/syntax/worker.ts',
  'scripted-agent': 'src/world/agents/scripted/main.ts',
};

/** Some libraries are CommonJS inside and ask for `require`, which ES modules do not have. */
const REQUIRE = "import{createRequire as omkCreateRequire}from'node:module';const require=omkCreateRequire(import.meta.url);";

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
  const result = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(present),
    outdir: dist,
    entryNames: '[name]',
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Names stay, so that a stack trace in a bug report can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: false,
    legalComments: 'none',
    define: { OMK_VERSION: JSON.stringify(version) },
    banner: { js: REQUIRE },
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const outputs = Object.values(result.metafile.outputs);
  const inputs = new Set(outputs.flatMap((output) => Object.keys(output.inputs)));
  return {
    files: new Map(result.outputFiles.map((file) => [relative(dist, file.path), file.contents])),
    inputs: [...inputs].sort(),
    external: [
      ...new Set(outputs.flatMap((output) => output.imports.filter(({ external }) => external === true).map(({ path }) => path))),
    ].sort(),
    skipped: all.filter((entry) => !present.includes(entry)).map(([, file]) => file),
  };
}
