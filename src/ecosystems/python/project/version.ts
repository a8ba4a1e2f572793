import type { ManifestReader } from '../../../world/gates/layers/plan.ts';

const NOTES = /^(?:docs?\/(?:source\/)?)?(?:change(?:s|log)|history|news|releases?)(?:\.(?:md|rst|txt))?$/i;
const VERSION = /(?<![\w.])v?(\d+\.\d+(?:\.\d+)*)(?![\w.]*\d\/)/;

/**
 * A version for what takes its own from git, whose history no checkout of omk has: that of the last tag, or the newest that the
 * project's notes name. Zero where there is none.
 */
export async function versionOfTree({ entries, text, tag }: ManifestReader['base']): Promise<string> {
  const packed = /^Version: (\S+)$/m.exec((await text('PKG-INFO')) ?? '')?.[1];
  if (packed !== undefined) return packed;
  const tagged = VERSION.exec((tag ?? '').replace(/^.*[-_/](?=v?\d)/, ''))?.[1];
  if (tagged !== undefined) return tagged;
  for (const { path } of entries.filter((entry) => NOTES.test(entry.path))) {
    const heads = ((await text(path)) ?? '')
      .split('\n')
      .filter((line) => /^(?:[#=[]|v?\d|Version|Release|[\w-]+ v?\d[\w.]*\s*(?:[(-]|$))/i.test(line));
    const found = heads.map((line) => VERSION.exec(line)?.[1]).find((each) => each !== undefined);
    if (found !== undefined) return found;
  }
  return '0.0.0';
}

/** What tools that ask git for a version take it from instead. */
export const versionVariables = (version: string): Readonly<Record<string, string>> => ({
  SETUPTOOLS_SCM_PRETEND_VERSION: version,
  PDM_BUILD_SCM_VERSION: version,
  PBR_VERSION: version,
  POETRY_DYNAMIC_VERSIONING_BYPASS: version,
  UV_DYNAMIC_VERSIONING_BYPASS: version,
});
