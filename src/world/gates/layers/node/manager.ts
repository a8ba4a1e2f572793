import type { ManifestReader } from '../plan.ts';

/** Lock files in the order in which they decide, when `packageManager` does not. */
const LOCKS = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['package-lock.json', 'npm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
] as const;

export type NodeManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** The package manager of a JavaScript project: the one it names, if its lock file is there, else the one whose lock file is there; null without any. */
export function nodeManager(
  packageJson: string,
  paths: readonly string[],
): { readonly manager: NodeManager; readonly lock: string } | null {
  const declared = /"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@/.exec(packageJson)?.[1];
  const there = LOCKS.filter(([lock]) => paths.includes(lock));
  const [lock, manager] = there.find(([, each]) => each === declared) ?? there[0] ?? [];
  return lock === undefined || manager === undefined ? null : { manager, lock };
}

/** Whether a manager's lock file decides here. */
export async function isMeant(files: ManifestReader, manager: NodeManager): Promise<boolean> {
  const manifest = await files.text('package.json');
  return (
    manifest !== null &&
    nodeManager(
      manifest,
      files.entries.map(({ path }) => path),
    )?.manager === manager
  );
}
