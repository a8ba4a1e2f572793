import type { NodeManager } from './manager.ts';

/** What to do where another major version of a manager is installed than `package.json` names; null where that is not so. */
export function otherVersion(manifest: string, manager: NodeManager, installed: string): string | null {
  const named = new RegExp(`"packageManager"\\s*:\\s*"${manager}@(\\d+)([\\w.-]*)`).exec(manifest);
  const there = /^\d+/.exec(installed)?.[0];
  if (named === null || there === undefined || named[1] === there) return null;
  const wanted = `${named[1]}${named[2]}`;
  return `package.json names ${manager} ${wanted}, and ${installed} is installed: run "corepack enable", or install ${wanted}`;
}

/** What to do where a project is set up for a later pnpm than is installed: settings without packages came with version 10. */
export function laterPnpm(workspace: string | null, installed: string): string | null {
  const there = Number.parseInt(installed, 10);
  if (workspace === null || /^packages\s*:/m.test(workspace) || !(there < 10)) return null;
  const why = 'pnpm-workspace.yaml names no packages, which pnpm reads from version 10 on';
  return `${why}, and ${installed} is installed: install pnpm 10 or later`;
}
