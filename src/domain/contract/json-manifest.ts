import { isRecord, type Members } from '../record.ts';
import type { ManifestContract } from './manifest-contract.ts';

/** What a manifest in JSON has of the candidate's own, and where it names packages. */
export interface Sections {
  readonly own: ReadonlySet<string>;
  readonly dependencies: readonly string[];
  readonly isRunner: (name: string) => boolean;
  /** Names of scripts that run without being asked for. */
  readonly events: RegExp;
  /** Programs that stand before those of the machine on the path of scripts. */
  readonly onThePath: RegExp;
}

export function packageContract(base: string, candidate: string, known: Sections): ManifestContract {
  const before = parse(base);
  const after = parse(candidate);
  if (!before || !after) return { kind: 'restore' };
  const local = madeLocal(before, after, known);
  const own = takesNameOf(before, after, known) ? known.own.difference(new Set(['name'])) : known.own;
  const sections = { ...known, own, isRunner: (name: string) => known.isRunner(name) || local.has(name) };
  const compared = withoutFreshImports(before, withoutIdleScripts(before, after, sections));
  if (same(runnerPart(before, sections), runnerPart(compared, sections))) return { kind: 'same' };
  const merged = Object.entries(after).filter(([key]) => isOwn(after, key, sections));
  const theirs = Object.entries(before).filter(([key]) => !isOwn(after, key, sections));
  const text = JSON.stringify(withRunnersOf(before, Object.fromEntries([...merged, ...theirs]), sections), null, 2);
  return { kind: 'merged', text: `${text}\n` };
}

/** Out of a folder, an archive or a repository: anything may be in it. */
const LOCAL = /^(?:file:|link:|portal:|git[+:@]|github:|https?:|\.{0,2}\/|~\/|[\w-]+\/[\w.-]+(?:#|$))/;

/** A package finds itself under its own name before those that are installed: a new one may be that of none which tests load. */
function takesNameOf({ name: old, ...before }: Members, { name, ...after }: Members, known: Sections): boolean {
  if (typeof name !== 'string' || name === old) return false;
  const isNeeded = (manifest: Members): boolean =>
    known.dependencies.some((section) => sorted(manifest[section]).some(([each]) => each === name));
  return known.isRunner(name) || isNeeded(before) || isNeeded(after);
}

/** Another package of the registry, under this name. */
const ALIAS = /^npm:((?:@[^/]+\/)?[^@]+)/;
const packageOf = (name: string, spec: unknown): string =>
  (typeof spec === 'string' ? ALIAS.exec(spec)?.[1] : null) ?? name;

/** Packages that the base has from a registry by name and version, and the candidate from elsewhere or as another package. */
function madeLocal(before: Members, after: Members, { dependencies }: Sections): ReadonlySet<string> {
  const specs = (manifest: Members): ReadonlyMap<string, unknown> =>
    new Map(dependencies.flatMap((section) => sorted(manifest[section])));
  const old = specs(before);
  const isLocal = (spec: unknown): boolean => typeof spec === 'string' && LOCAL.test(spec);
  return new Set(
    [...specs(after)]
      .filter(([name, spec]) => {
        const before = old.get(name);
        return (
          old.has(name) && !isLocal(before) && (isLocal(spec) || packageOf(name, spec) !== packageOf(name, before))
        );
      })
      .map(([name]) => name),
  );
}

/** A new script that nothing of the base starts, and that npm does not run beside another, decides nothing. */
function withoutIdleScripts(base: Members, manifest: Members, { events }: Sections): Members {
  const known = new Map(sorted(base['scripts']));
  const idle = (name: string): boolean =>
    !known.has(name) &&
    !events.test(name) &&
    !/^(test|lint|check|type-?check)/.test(name) &&
    ![...known.values()].some((script) => String(script).includes(name));
  const scripts = sorted(manifest['scripts']).filter(([name]) => !idle(name));
  return manifest['scripts'] === undefined || (scripts.length === 0 && base['scripts'] === undefined)
    ? Object.fromEntries(Object.entries(manifest).filter(([key]) => key !== 'scripts'))
    : { ...manifest, scripts: Object.fromEntries(scripts) };
}

/** A new name of its own, which no pattern of the base could have meant, leads nothing of the base elsewhere. */
function withoutFreshImports(base: Members, manifest: Members): Members {
  const { imports, ...rest } = manifest;
  if (!isRecord(imports)) return manifest;
  const known = sorted(base['imports']).map(([name]) => name);
  const isFresh = (name: string): boolean =>
    name.startsWith('#') &&
    !name.includes('*') &&
    !known.some((each) => each === name || name.startsWith(each.split('*')[0] ?? each));
  const left = sorted(imports).filter(([name]) => !isFresh(name));
  return left.length === 0 && base['imports'] === undefined ? rest : { ...rest, imports: Object.fromEntries(left) };
}

/** A package may bring programs, but none in the place of those that judge it. */
function isOwn(manifest: Members, key: string, { own, isRunner, onThePath }: Sections): boolean {
  if (key !== 'bin') return own.has(key);
  const { bin, name } = manifest;
  const programs =
    typeof bin === 'string' ? [String(name).replace(/^@[^/]+\//, '')] : sorted(bin).map(([each]) => each);
  return own.has(key) && !programs.some((each) => onThePath.test(each) || isRunner(each));
}

const runnerPart = (manifest: Members, sections: Sections): readonly unknown[] => [
  sorted(manifest)
    .filter(([key]) => !isOwn(manifest, key, sections))
    .map(([key, value]) => [key, key === 'scripts' ? sorted(value) : value]),
  sections.dependencies.map((section) => sorted(manifest[section]).filter(([name]) => sections.isRunner(name))),
];

/** Runner packages as `base` asks for them, the rest as `manifest` does. */
function withRunnersOf(base: Members, manifest: Members, { dependencies, isRunner }: Sections): Members {
  const sections = dependencies.flatMap((section) => {
    const own = sorted(manifest[section]).filter(([name]) => !isRunner(name));
    const theirs = sorted(base[section]).filter(([name]) => isRunner(name));
    const all = [...own, ...theirs];
    return all.length > 0 || manifest[section] !== undefined ? [[section, Object.fromEntries(all)] as const] : [];
  });
  return { ...manifest, ...Object.fromEntries(sections) };
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export const sorted = (value: unknown): readonly (readonly [string, unknown])[] =>
  isRecord(value) ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : [];

export function parse(text: string): Members | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
