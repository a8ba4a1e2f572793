import { isRecord, type Members } from '../../../domain/record.ts';
import type { EntryPoint, ProgramRules } from '../../../domain/project/project-rules.ts';

const MANIFEST = 'package.json';

/** `bin` of a package, and its main file where that is a program as well. */
export const programs: ProgramRules = {
  manifests: [MANIFEST],
  reads: ({ data }) => mainsOf(data(MANIFEST)),
  find: ({ there, texts, data }) => [
    ...binsOf(data(MANIFEST))
      .filter(([, path]) => there.has(path))
      .map(([name, path]) => entry(path, name, `npx ${name}`)),
    ...mainsOf(data(MANIFEST))
      .filter((path) => there.has(path) && isRunnable(texts.get(path) ?? ''))
      .map((path) => entry(path)),
  ],
};

const entry = (path: string, ...names: readonly string[]): EntryPoint => ({
  path,
  run: `node ${path}`,
  spelled: [`node ${path}`, ...names, `./${path}`],
});

const membersOf = (manifest: unknown): Members => (isRecord(manifest) ? manifest : {});

function binsOf(manifest: unknown): readonly (readonly [name: string, path: string])[] {
  const { bin, name } = membersOf(manifest);
  const all = typeof bin === 'string' ? [[typeof name === 'string' ? name : bin, bin]] : Object.entries(bin ?? {});
  return all.flatMap(([one, path]) =>
    typeof one === 'string' && typeof path === 'string' ? [[one, path.replace(/^\.\//, '')] as const] : [],
  );
}

/** Files that a package gives to whoever imports it, the first of which may be a program as well. */
function mainsOf(manifest: unknown): readonly string[] {
  const value = membersOf(manifest);
  const exported = value['exports'];
  const root = isRecord(exported) && '.' in exported ? exported['.'] : exported;
  const ways = isRecord(root) ? ['import', 'node', 'require', 'default'].map((key) => root[key]) : [root];
  const paths = [value['main'], ...ways].flatMap((path) => (typeof path === 'string' ? path.replace(/^\.\//, '') : []));
  return [...new Set(paths)];
}

/** Code that only runs where it is started itself, or that reads arguments. */
const isRunnable = (text: string): boolean =>
  /^#!|\brequire\.main\s*===?\s*module\b|\bimport\.meta\.main\b|\bprocess\.argv\b/.test(text);
