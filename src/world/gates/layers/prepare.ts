import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { canonical } from '../../../domain/canonical.ts';
import type { TreeId } from '../../../domain/ids.ts';
import type { Vault } from '../../git/port.ts';
import type { Sandboxes } from '../../sandbox/port.ts';
import type { LayerResult } from '../port.ts';
import { sha256 } from './listing.ts';
import { PLANNERS } from './all.ts';
import type { Build, Failed, Plan, Planned, Shape, Trust } from './plan.ts';
import { checkoutFor, manifestsOf } from './settings.ts';
import type { Shelf, Shelved } from './shelf.ts';
import { versionsOf } from './versions.ts';

/** Changes when layers are built in another way. */
const BUILD_VERSION = 2;

export interface Workshop {
  readonly stateDir: string;
  readonly sandboxes: Sandboxes;
  readonly env: NodeJS.ProcessEnv;
  readonly path: string;
  readonly shelf: () => Promise<Shelf>;
  readonly versions: (tools: readonly string[]) => Promise<Readonly<Record<string, string>>>;
  /** Folders of layers that the path leads to. */
  readonly programs: readonly string[];
}

export interface Part {
  readonly shape: Shape;
  readonly shelved: Shelved;
}

type Prepared =
  | Extract<LayerResult, { kind: 'none' }>
  | { readonly kind: 'parts'; readonly parts: readonly Part[] }
  | Failed;

/** The tree to install for, and the base whose settings hold; the same tree for the base's own layer. */
interface Wanted {
  readonly vault: Vault;
  readonly tree: TreeId;
  readonly base: TreeId;
}

/** Finds or builds what the manifests of a tree need: a part for each package manager. */
export async function prepareParts(workshop: Workshop, wanted: Wanted): Promise<Prepared> {
  const planned = await plansFor(workshop, wanted, wanted.tree);
  const failed = planned.find((each) => each.kind === 'failed');
  if (failed !== undefined) return { ...failed, tail: '' };
  const plans = planned.filter((each): each is Plan => each.kind === 'plan');
  if (plans.length === 0) return none(planned);
  const parts: Part[] = [];
  const without: string[] = [];
  let equipped = workshop;
  for (const plan of plans) {
    const missing = await missingTool(equipped, plan);
    if (missing !== null && plan.startedByGates) {
      without.push(`${missing} is not on the PATH or does not work`);
      continue;
    }
    const before = new Map(
      parts.map(({ shape, shelved }) => [shape.manager, join(shelved.dir, 'content', shape.folder)]),
    );
    const shelved = await obtain(equipped, wanted, plan, before);
    if ('kind' in shelved) return shelved;
    parts.push({ shape: plan, shelved });
    if (plan.programs) equipped = equippedWith(equipped, plan, join(shelved.dir, 'content', plan.folder));
  }
  return parts.length === 0
    ? { kind: 'none', why: [...without, ...whysOf(planned)].join('; ') }
    : { kind: 'parts', parts };
}

function equippedWith(workshop: Workshop, { pathPrefix }: Plan, dir: string): Workshop {
  const path = [...pathPrefix.map((each) => each.replaceAll('$DIR', dir)), workshop.path].join(delimiter);
  const programs = [...workshop.programs, dir];
  return { ...workshop, path, programs, versions: versionsOf(workshop.sandboxes, path, programs) };
}

async function missingTool({ versions }: Workshop, { tools }: Plan): Promise<string | null> {
  const found = await versions(tools);
  return tools.find((tool) => found[tool] === 'none') ?? null;
}

async function plansFor({ env }: Workshop, { vault, base }: Wanted, tree: TreeId): Promise<readonly Planned[]> {
  const files = await manifestsOf(vault, tree, base);
  return Promise.all(PLANNERS.map((plan) => plan(files, tree, env)));
}

async function obtain(
  workshop: Workshop,
  wanted: Wanted,
  plan: Plan,
  before: Build['before'],
): Promise<Shelved | Failed> {
  const { vault, tree, base } = wanted;
  const trust = tree === base ? 'base' : 'candidate';
  const { sandboxes, env, path, programs, stateDir } = workshop;
  const shelf = await workshop.shelf();
  const tools = await workshop.versions(plan.tools);
  const missing = await missingTool(workshop, plan);
  if (missing !== null)
    return {
      kind: 'failed',
      detail: `${missing} is not on the PATH or does not work: install ${missing}, which this repository's dependencies need`,
      tail: '',
    };
  const keyFor = (who: Trust, { manager, inputs }: Plan = plan): string =>
    sha256(
      canonical({
        build: BUILD_VERSION,
        manager,
        trust: who,
        inputs,
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
    await checkoutFor(vault, tree, base, checkout);
    const same =
      trust === 'base'
        ? undefined
        : (await plansFor(workshop, wanted, base)).find(
            (each) => each.kind === 'plan' && each.manager === plan.manager,
          );
    const installed = same?.kind === 'plan' ? await shelf.take(keyFor('base', same)) : null;
    const seed = installed === null ? null : join(installed.dir, 'content', plan.folder);
    return plan.install({
      trust,
      checkout,
      out,
      final,
      scratch,
      downloads,
      seed,
      before,
      path,
      programs,
      env,
      sandboxes,
    });
  });
}

/** What stands in the way of installing says more than what is not there. */
function none(planned: readonly Planned[]): Prepared {
  const declared = whysOf(planned);
  if (declared.length > 0) return { kind: 'none', why: declared.join('; '), lacking: true };
  const reasons = planned.flatMap((each) => (each.kind === 'none' ? (each.why ?? []) : []));
  return { kind: 'none', why: reasons.join('; ') || 'no manifest of a package manager was found' };
}

const whysOf = (planned: readonly Planned[]): readonly string[] =>
  planned.flatMap((each) => (each.kind === 'none' && each.declared ? (each.why ?? []) : []));
