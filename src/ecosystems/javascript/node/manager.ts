import type { ManifestReader } from '../../../world/gates/layers/plan.ts';
import type { RepoPath } from '../../../domain/ids.ts';

/** Lock files in the order in which they decide, when `packageManager` does not. */
const LOCKS = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['package-lock.json', 'npm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
] as const;

/** Settings that only one manager reads, for trees without any lock file. */
const SETTINGS = [
  ['pnpm-workspace.yaml', 'pnpm'],
  ['.yarnrc.yml', 'yarn'],
  ['bunfig.toml', 'bun'],
] as const;

export type NodeManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** The package manager that `package.json` names, if any. */
export const declaredManager = (packageJson: string): NodeManager | null =>
  MANAGERS.find((name) => name === /"packageManager"\s*:\s*"(\w+)@/.exec(packageJson)?.[1]) ?? null;

const MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const;

/**
 * The package manager of a JavaScript project: the one it names, if its lock file is there, else the one whose lock file is
 * there. Without any, the one it names or has settings of, else npm; `lock` is null then.
 */
export function nodeManager(
  packageJson: string,
  paths: readonly RepoPath[],
): { readonly manager: NodeManager; readonly lock: string | null } {
  const declared = declaredManager(packageJson);
  const there = LOCKS.filter(([lock]) => paths.includes(lock));
  const [lock, manager] = there.find(([, each]) => each === declared) ?? there[0] ?? [];
  if (lock !== undefined && manager !== undefined) return { manager, lock };
  const [, set] = SETTINGS.find(([file]) => paths.includes(file)) ?? [];
  return { manager: declared ?? set ?? 'npm', lock: null };
}

/** Whether this manager installs here, and the lock file that it has; null where it does not. */
export async function meant(
  files: ManifestReader,
  manager: NodeManager,
): Promise<{ readonly manifest: string; readonly lock: string | null } | null> {
  const manifest = await files.text('package.json');
  if (manifest === null) return null;
  const found = nodeManager(manifest, [
    ...files.entries.map(({ path }) => path),
    ...(files.remade === undefined ? [] : [files.remade.path]),
  ]);
  return found.manager === manager ? { manifest, lock: found.lock === files.remade?.path ? null : found.lock } : null;
}
