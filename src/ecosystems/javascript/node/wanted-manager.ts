import { nodeManager } from './manager.ts';
import type { RepoPath } from '../../../domain/ids.ts';

/** A package manager that a project is set up for. */
export interface WantedManager {
  readonly tool: 'pnpm' | 'yarn';
  /** Of npm's registry. */
  readonly package: string;
  /** `10.14.0`, or a major version alone: the newest of it. */
  readonly version: string;
  /** The major versions that will do; without a last one, all later ones. */
  readonly majors: { readonly first: number; readonly last?: number };
}

const NAMED = /"packageManager"\s*:\s*"(pnpm|yarn)@(\d+(?:\.\d+){0,2}(?:-[\w.]+)?)(?:\+[\w.]+)?"/;

interface Project {
  readonly manifest: string;
  readonly paths: readonly RepoPath[];
  /** Of `pnpm-workspace.yaml`, `pnpm-lock.yaml`, `yarn.lock` and `.yarnrc.yml`, where they are there. */
  readonly texts: Readonly<Record<string, string | undefined>>;
}

/** The version of pnpm or yarn that a project is set up for, as far as it says so; null for others, and where yarn is in the tree. */
export function wantedManager({ manifest, paths, texts }: Project): WantedManager | null {
  const { manager } = nodeManager(manifest, paths);
  if (manager !== 'pnpm' && manager !== 'yarn') return null;
  if (manager === 'yarn' && /^yarnPath:/m.test(texts['.yarnrc.yml'] ?? '')) return null;
  const [, tool, version] = NAMED.exec(manifest) ?? [];
  if (tool === manager && version !== undefined) return exactly(manager, version);
  return manager === 'pnpm' ? pnpmShown(texts) : yarnShown(texts['yarn.lock'] ?? '');
}

function exactly(tool: WantedManager['tool'], version: string): WantedManager {
  const major = Number.parseInt(version, 10);
  return {
    tool,
    package: tool === 'yarn' && major > 1 ? '@yarnpkg/cli-dist' : tool,
    version,
    majors: { first: major, last: major },
  };
}

/** Settings without packages came with version 10; versions 9 and 10 have one format of lock files, and those before one each. */
function pnpmShown(texts: Project['texts']): WantedManager | null {
  const workspace = texts['pnpm-workspace.yaml'];
  if (workspace !== undefined && !/^packages\s*:/m.test(workspace))
    return { ...exactly('pnpm', '10'), majors: { first: 10 } };
  const format = /^lockfileVersion: ['"]?(\d+)/m.exec(texts['pnpm-lock.yaml'] ?? '')?.[1];
  if (format === '9') return { ...exactly('pnpm', '10'), majors: { first: 9 } };
  if (format === '6') return exactly('pnpm', '8');
  return format === '5' ? exactly('pnpm', '7') : null;
}

function yarnShown(lock: string): WantedManager | null {
  if (lock === '') return null;
  const format = /^__metadata:\n\s+version: (\d+)/m.exec(lock)?.[1];
  return format === undefined
    ? exactly('yarn', '1')
    : { ...exactly('yarn', Number(format) < 8 ? '3' : '4'), majors: { first: 2 } };
}

/** Whether what is installed will do. `installed` is what it says itself; a corepack fetches what is named. */
export function does({ majors: { first, last } }: WantedManager, installed: string): boolean {
  const there = Number.parseInt(installed, 10);
  return installed.startsWith('corepack') || (there >= first && (last === undefined || there <= last));
}
