import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { CURRENT_RULES } from '../../src/proof/rules/current.ts';
import { withComments } from './doc-comments.ts';
import { ONLY_RECOGNISED } from './only-recognised.ts';
import { ownFirst, type Section } from './own-first.ts';
import { bundleRules, type RulesBundle } from './rules.ts';

/** Some libraries are CommonJS inside and ask for `require`, which ES modules do not have. */
const REQUIRE =
  "import{createRequire as omkCreateRequire}from'node:module';const require=omkCreateRequire(import.meta.url);";

const ABOUT = `The verifier of omk: V0 and V1 of a proof. It needs Node and git, and nothing of omk: node omk-verify.mjs --help.

Read section 1 in an hour: what is compared with what, and that nothing is left out. What the other sections compute is one side of a
comparison. Lines that you, or somebody whom you trust, have read in another release have the same digest in this one:
sed -n '<from>,<to>p' omk-verify.mjs | sha256sum. More is in docs/verifier.md of omk.

Each module begins with a comment that names its source. Types are left out, and a name that two modules have got a number.`;

/** The parts of the file, in their order. */
const sections = (rules: RulesBundle): readonly Section[] => {
  const judging = new Set(rules.modules);
  return [
    {
      title: '1. What decides whether a proof holds: an hour',
      about: 'Begin with openVerified and verifyContent in the first module: they make all checks, in their order.',
      has: (path) => /^src\/proof\/(?:verify|format)\//.test(path),
    },
    {
      title: '2. What is signed, made again from the log',
      about: 'The statements that a proof must have, as they follow from the log. They are part of the rule set.',
      has: (path) => /^src\/proof\/(?:statement|rules)\//.test(path),
    },
    {
      title: '3. The bundle, the keys and the repository, read; the report, printed',
      about: 'This is all that reads files, starts git or prints.',
      has: (path) => /^src\/(?:app|surfaces|world\/(?!gates\/))/.test(path) && path !== ENTRY,
    },
    {
      title: `4. The rule set, ${CURRENT_RULES.replace(/-.*/, '')}-${rules.digest.slice(0, 12)}`,
      about: `From here on: rules. How a log becomes a state, when a goal is ready, what stays as it was in the base. You can skip
them if you trust the digest of these lines, or the rule set by its name, which the signed statement has too. They import nothing, and name
nothing of Node or of another section: what they are handed is all that they see, and what they return is all that they do.`,
      has: (path) => judging.has(path) || path.startsWith('src/domain/'),
    },
    {
      title: '5. The gates of a base, found in its files',
      about: `You can skip these too if you look at the gates in the log, which are commands, and find that they are those of the base:
what is found here has to be the same, or nothing is verified. They read the files of the base through what they are handed.`,
      has: (path) => /^src\/(?:world\/gates|ecosystems)\//.test(path) && !judging.has(path),
    },
    { title: '6. It begins here', about: 'All that is above is loaded.', has: (path) => path === ENTRY },
  ];
};

const ENTRY = 'src/surfaces/verify/main.ts';

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
    entryPoints: [ENTRY],
    outfile: 'omk-verify.mjs',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
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
    code: Buffer.from(
      ownFirst(file.text.replaceAll('/* @__PURE__ */ ', ''), {
        about: ABOUT,
        sections: sections(rules),
        entry: ENTRY,
        order: await readingOrder(root),
        write: ({ path, text }) => withComments(text, readFileSync(join(root, path), 'utf8')),
      }),
    ),
    modules: Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)),
    external: [...new Set(imports.map(({ path }) => path))].sort(),
  };
}
