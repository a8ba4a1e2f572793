import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ONLY_RECOGNISED } from './only-recognised.ts';
import { ownFirst } from './own-first.ts';
import { bundleRules } from './rules.ts';

/** Some libraries are CommonJS inside and ask for `require`, which ES modules do not have. */
const REQUIRE =
  "import{createRequire as omkCreateRequire}from'node:module';const require=omkCreateRequire(import.meta.url);";

const ABOUT = `The verifier of omk: V0 and V1 of a proof (omk-verify.mjs --help; docs/proof.md of omk).
Each module begins with a comment that names its source. What decides is in src/proof: read it first, in the order below. It takes
the state that the log makes from src/domain, and the gates that the base says from src/world and src/ecosystems (docs/verifier.md).`;

/** The files of an hour's reading, in their order, as the page for readers lists them. */
export async function readingOrder(root: string): Promise<readonly string[]> {
  const page = await readFile(join(root, 'docs', 'verifier.md'), 'utf8');
  return [...page.matchAll(/^\| \d+ +\| `(src\/[^`]+)`/gm)].map(([, file = '']) => file);
}

/** The verifier as one file that can be read: names and lines as in the sources, every library inside. */
export async function bundleVerifier(root: string): Promise<{
  readonly code: Uint8Array;
  readonly external: readonly string[];
  /** The sources of what is in it. */
  readonly modules: readonly string[];
}> {
  const rules = await bundleRules(root);
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/surfaces/verify/main.ts'],
    outfile: 'omk-verify.mjs',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minifySyntax: true,
    legalComments: 'eof',
    banner: { js: REQUIRE },
    define: { OMK_RULES_BUILD: JSON.stringify(rules.digest.slice(0, 12)) },
    plugins: [ONLY_RECOGNISED],
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const [file] = outputFiles;
  if (!file) throw new Error('nothing was built');
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return {
    code: Buffer.from(ownFirst(file.text, `${ABOUT}\n\n${(await readingOrder(root)).join('\n')}`)),
    modules: Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)),
    external: [...new Set(imports.map(({ path }) => path))].sort(),
  };
}
