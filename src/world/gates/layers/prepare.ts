import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canonical } from '../../../domain/canonical.ts';
import type { TreeId } from '../../../domain/ids.ts';
import type { Vault } from '../../git/port.ts';
import type { Sandboxes } from '../../sandbox/port.ts';
import { sha256 } from './listing.ts';
import { planNpm } from './npm/plan.ts';
import { planPip } from './pip/plan.ts';
import type { Failed, ManifestReader, Plan, Planned, Shape, Trust } from './plan.ts';
import type { Shelf, Shelved } from './shelf.ts';

/** Changes when layers are built in another way. */
const BUILD_VERSION = 1;

export interface Workshop {
  readonly stateDir: string;
  readonly sandboxes: Sandboxes;
  readonly env: NodeJS.ProcessEnv;
  readonly path: string;
  readonly shelf: () => Promise<Shelf>;
  readonly versions: (tools: readonly string[]) => Promise<Readonly<Record<string, string>>>;
}

export interface Part {
  readonly shape: Shape;
  readonly shelved: Shelved;
}

type Prepared = { readonly kind: 'none'; readonly why: string } | { readonly kind: 'parts'; readonly parts: readonly Part[] } | Failed;

/** Finds or builds what the manifests of a tree need: a part for each package manager. */
export async function prepareParts(workshop: Workshop, vault: Vault, tree: TreeId, trust: Trust): Promise<Prepared> {
  const entries = await vault.listTree(tree);
  const files: ManifestReader = { entries, text: async (path) => (await vault.readFile(tree, path))?.content.toString('utf8') ?? null };
  const planned = await Promise.all([planNpm, planPip].map((plan) => plan(files, tree)));
  const failed = planned.find((each) => each.kind === 'failed');
  if (failed !== undefined) return { ...failed, tail: '' };
  const plans = planned.filter((each): each is Plan => each.kind === 'plan');
  if (plans.length === 0) return { kind: 'none', why: whyNone(planned) };
  const parts: Part[] = [];
  for (const plan of plans) {
    const shelved = await obtain(workshop, vault, tree, trust, plan);
    if ('kind' in shelved) return shelved;
    parts.push({ shape: plan, shelved });
  }
  return { kind: 'parts', parts };
}

async function obtain(workshop: Workshop, vault: Vault, tree: TreeId, trust: Trust, plan: Plan): Promise<Shelved | Failed> {
  const { sandboxes, env, path, stateDir } = workshop;
  const shelf = await workshop.shelf();
  const tools = await workshop.versions(plan.tools);
  const keyFor = (who: Trust): string =>
    sha256(
      canonical({
        build: BUILD_VERSION,
        manager: plan.manager,
        trust: who,
        inputs: plan.inputs,
        tools,
        platform: process.platform,
        arch: process.arch,
      }),
    );
  // With the same inputs as a base, what was built for that base is what the candidate asks for.
  const found = (await shelf.take(keyFor('base'))) ?? (trust === 'base' ? null : await shelf.take(keyFor(trust)));
  if (found !== null) return found;
  return shelf.build(keyFor(trust), async (folder, out, final): Promise<Awaited<ReturnType<Plan['install']>>> => {
    const checkout = join(folder, 'checkout');
    const scratch = join(folder, 'scratch');
    const downloads = join(stateDir, 'downloads', `${plan.manager}-${trust}`);
    for (const dir of [scratch, downloads]) await mkdir(dir, { recursive: true, mode: 0o700 });
    await vault.checkout(tree, checkout);
    return plan.install({ trust, checkout, out, final, scratch, downloads, path, env, sandboxes });
  });
}

/** What stands in the way of installing says more than what is not there. */
function whyNone(planned: readonly Planned[]): string {
  const none = planned.filter((each) => each.kind === 'none');
  const declared = none.filter((each) => each.declared);
  return (declared.length > 0 ? declared : none).map(({ why }) => why).join('; ');
}
