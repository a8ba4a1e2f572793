import { isRecord } from '../../../domain/record.ts';
import type { TreeFiles } from '../../../world/gates/tree-files.ts';
import { isTestFile } from '../test-file.ts';
import { MAKES } from './prepare.ts';

type Scripts = Readonly<Record<string, string>>;

const COMPILES = /^(?:npx\s+)?(?:tsc|tshy|tsup|tsdown|rollup|unbuild|microbundle|esbuild|babel|swc|pkgroll|bunchee)\b/;
const builds = (part: string): boolean =>
  !/--noEmit\b|--dry-run\b/.test(part) && (COMPILES.test(part) || MAKES.test(part));

/** Programs that look at what is published. */
const PUBLISHED = /\b(?:publint|attw|size-limit|bundlesize|bundlewatch|es-check)\b/;

/**
 * The steps of `prepare` that build, for a script that needs what they make. Installing by hand runs them, and a fresh checkout has
 * nothing of it; each judged tree builds its own. Null where the script builds itself, or nothing shows that it needs it.
 */
export async function ownBuild(
  files: TreeFiles,
  manifest: string,
  scripts: Scripts,
): Promise<(script: string) => Promise<string | null>> {
  const parts = partsOf(scripts['prepare']).filter(builds);
  const there = (await files.list()).map(({ path }) => path);
  const value = parsed(manifest);
  const made = entriesOf(value).filter((path) => !there.includes(path) && path.includes('/'));
  const folders = [...new Set(made.map((path) => RegExp.escape(path.slice(0, path.indexOf('/')))))];
  if (parts.length === 0 || folders.length === 0) return async () => null;
  const named = new RegExp(String.raw`(?:^|[\s"'\x60/=])(?:${folders.join('|')})/`);
  const own = typeof value['name'] === 'string' ? value['name'] : '';
  const imports = (text: string): boolean =>
    new RegExp(String.raw`["'\x60](?:\.{1,2}/)+(?:${folders.join('|')})(?:/|["'\x60])`).test(text) ||
    (own !== '' && new RegExp(String.raw`["'\x60]${RegExp.escape(own)}["'\x60/]`).test(text));
  return async (script) => {
    const texts = reachedBy(script, scripts);
    if (texts.some((text) => partsOf(text).some(builds))) return null;
    const needs =
      texts.some((text) => named.test(text) || PUBLISHED.test(text)) ||
      (script === 'test' && (await files.texts(there.filter(isTestFile))).some(imports));
    return needs ? parts.join(' && ') : null;
  };
}

const partsOf = (text = ''): readonly string[] => text.split(/\s*&&\s*/).map((part) => part.trim());

/** The texts of a script and of those that it names. */
function reachedBy(script: string, scripts: Scripts): readonly string[] {
  const seen = new Map<string, string>();
  const open = [script];
  for (let name = open.pop(); name !== undefined; name = open.pop())
    for (const each of [`pre${name}`, name, `post${name}`]) {
      const text = Object.hasOwn(scripts, each) ? scripts[each] : undefined;
      if (text === undefined || seen.has(each)) continue;
      seen.set(each, text);
      open.push(...text.split(/[\s"'&;]+/).filter((word) => Object.hasOwn(scripts, word)));
    }
  return [...seen.values()];
}

const ENTRIES = ['main', 'module', 'types', 'typings', 'browser', 'bin', 'exports'];

/** Files that a package gives to others. */
function entriesOf(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  const found: string[] = [];
  const open: unknown[] = ENTRIES.map((name) => manifest[name]);
  for (let value = open.pop(); open.length > 0 || value !== undefined; value = open.pop())
    if (typeof value === 'string') found.push(value.replace(/^\.\//, ''));
    else if (isRecord(value)) open.push(...Object.values(value).filter((each) => each !== null));
  return found;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
