import type { NodeManager } from './manager.ts';

/** What to do where another major version of a manager is installed than `package.json` names; null where that is not so. */
export function otherVersion(manifest: string, manager: NodeManager, installed: string): string | null {
  const named = new RegExp(`"packageManager"\\s*:\\s*"${manager}@(\\d+)([\\w.-]*)`).exec(manifest);
  const there = /^\d+/.exec(installed)?.[0];
  if (named === null || there === undefined || named[1] === there) return null;
  const wanted = `${named[1]}${named[2]}`;
  return `package.json names ${manager} ${wanted}, and ${installed} is installed: run "corepack enable", or install ${wanted}`;
}
