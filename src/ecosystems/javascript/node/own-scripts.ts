import { isRecord } from '../../../domain/record.ts';
import type { ManifestReader } from '../../../world/gates/layers/plan.ts';

/** What is started of the tree's own packages. `prepare`, which many have for git hooks, is not. */
const STARTED = ['preinstall', 'install', 'postinstall'] as const;
const MANIFEST = /(?:^|\/)package\.json$/;

/** Whether a package of the base runs a script when it is installed: it may write to what is installed, and use any file of the tree. */
export async function runsOwnScripts({ entries, text }: ManifestReader['base']): Promise<boolean> {
  const manifests = entries.filter(({ path }) => MANIFEST.test(path) && !path.includes('node_modules/'));
  const texts = await Promise.all(manifests.map(({ path }) => text(path)));
  return texts.some((each) => startsSome(each ?? ''));
}

function startsSome(manifest: string): boolean {
  try {
    const value: unknown = JSON.parse(manifest);
    const scripts = isRecord(value) ? value['scripts'] : null;
    return isRecord(scripts) && STARTED.some((name) => typeof scripts[name] === 'string');
  } catch {
    return false;
  }
}
