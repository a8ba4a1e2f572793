import { build, type Plugin } from 'esbuild';
import { ownFirst } from './own-first.ts';
import { bundleRules } from './rules.ts';

/** Some libraries are CommonJS inside and ask for `require`, which ES modules do not have. */
const REQUIRE =
  "import{createRequire as omkCreateRequire}from'node:module';const require=omkCreateRequire(import.meta.url);";

/** A verifier looks at commands and runs none: the parser of TAP, with one of YAML inside, would be a quarter of the file. */
const WITHOUT_REPORTS: Plugin = {
  name: 'without reports',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^tap-parser$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: `export class Parser { constructor() { throw new Error('a verifier reads no reports of tests'); } }`,
    }));
  },
};

const ABOUT = `The verifier of omk: V0 and V1 of a proof (omk-verify.mjs --help; docs/proof.md of omk).
Each module begins with a comment that names its source. What decides is in src/proof: read it first. It takes the state that
the log makes from src/domain, and the gates that the base says from src/world and src/ecosystems.`;

/** The verifier as one file that can be read: names and lines as in the sources, every library inside. */
export async function bundleVerifier(
  root: string,
): Promise<{ readonly code: Uint8Array; readonly external: readonly string[] }> {
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
    plugins: [WITHOUT_REPORTS],
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const [file] = outputFiles;
  if (!file) throw new Error('nothing was built');
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return {
    code: Buffer.from(ownFirst(file.text, ABOUT)),
    external: [...new Set(imports.map(({ path }) => path))].sort(),
  };
}
