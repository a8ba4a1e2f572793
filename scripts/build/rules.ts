import { createHash } from 'node:crypto';
import { build } from 'esbuild';

export interface RulesBundle {
  readonly bytes: Uint8Array;
  /** Hex of sha256. */
  readonly digest: string;
  /** The sources of what is in it. */
  readonly modules: readonly string[];
}

/** The rules as they are in the sources, as one file that needs nothing else: what is frozen, and what a digest names. */
export async function bundleRules(root: string): Promise<RulesBundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/proof/rules/set.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  return {
    bytes,
    digest: createHash('sha256').update(bytes).digest('hex'),
    modules: Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)),
  };
}
