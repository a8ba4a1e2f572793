import type { ManifestReader } from '../../../world/gates/layers/plan.ts';

const MANIFEST = /(?:^|\/)Cargo\.toml$/;
const DEPENDENCIES = /^\[(?:[\w.'"()=\s,-]+\.)?(?:dev-|build-)?dependencies\b/m;

/** Whether a manifest of the tree declares dependencies, of its own or those of other packages of the tree. */
export async function declaresCrates(files: Pick<ManifestReader, 'entries' | 'text'>): Promise<boolean> {
  const manifests = files.entries.filter(({ path }) => MANIFEST.test(path));
  const texts = await Promise.all(manifests.map(({ path }) => files.text(path)));
  return texts.some((text) => DEPENDENCIES.test(text ?? ''));
}

/** Whether compiling tests of the tree runs programs of the tree: build scripts, and macros that are programs. */
export async function compilesWithOwn(files: Pick<ManifestReader, 'entries' | 'text'>): Promise<boolean> {
  if (files.entries.some(({ path }) => /(?:^|\/)build\.rs$/.test(path))) return true;
  const manifests = files.entries.filter(({ path }) => MANIFEST.test(path));
  const texts = await Promise.all(manifests.map(({ path }) => files.text(path)));
  return texts.some((text) => /^\s*(?:proc-macro|proc_macro)\s*=\s*true|^\s*build\s*=\s*["']/m.test(text ?? ''));
}
