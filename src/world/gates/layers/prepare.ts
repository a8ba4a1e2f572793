import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { canonical } from '../../../domain/canonical.ts';
import { touchesDependencies } from '../../../domain/contract/classify.ts';
import type { Sha256, TreeId } from '../../../domain/ids.ts';
import type { Supplies, Vault } from '../../git/port.ts';
import type { Sandboxes } from '../../sandbox/port.ts';
import type { Layer, LayerResult, MadeLock } from '../port.ts';
import { layerOf, type Part } from './layer-of.ts';
import { sha256 } from './listing.ts';
import { downloadsFor } from './downloads.ts';
import { openLocks, putLock, resolveLock, withLock } from './locks.ts';
import type { Build, Failed, Plan, Planned, Trust } from './plan.ts';
import { planAll } from './planned.ts';
import { checkoutFor, manifestsOf } from './settings.ts';
import type { Shelf, Shelved } from './shelf.ts';
import { versionsOf } from './versions.ts';

/** Changes when layers are built in another way. */
const BUILD_VERSION = 3;

export interface Workshop {
  readonly stateDir: string;
  readonly sandboxes: Sandboxes;
  readonly env: NodeJS.ProcessEnv;
  readonly path: string;
  readonly shelf: () => Promise<Shelf>;
  readonly versions: (tools: readonly string[]) => Promise<Readonly<Record<string, string>>>;
  /** Folders of layers that the path leads to. */
  readonly programs: readonly string[];
  /** What was installed before, as gates will see it. */
  readonly installed?: Layer;
}

/** Nothing is installed for the base, which is said where a gate shows nothing for it. */
interface WithoutLock {
  readonly kind: 'unlocked';
  readonly why: string;
}

interface Obtained {
  readonly plan: Plan;
  readonly shelved: Shelved;
  readonly lock?: MadeLock;
}

type Prepared =
  | Extract<LayerResult, { kind: 'none' }>
  | { readonly kind: 'parts'; readonly parts: readonly Part[]; readonly without: readonly string[] }
  | Failed;

/** The tree to install for, and the base whose settings hold; the same tree for the base's own layer. */
export interface Wanted {
  readonly vault: Vault;
  readonly tree: TreeId;
  readonly base: TreeId;
  /** The files of submodules are installed from like those of the tree. Absent: there are none. */
  readonly supplies?: Supplies;
}

/** Finds or builds what the manifests of a tree need: a part for each package manager. */
export async function prepareParts(workshop: Workshop, wanted: Wanted): Promise<Prepared> {
  const planned = await plansFor(workshop, wanted, wanted.tree);
  const depends = await changesDependencies(wanted);
  const failed = planned.find((each) => each.kind === 'failed');
  if (failed !== undefined) return { ...failed, tail: '' };
  const plans = await plansWanted(workshop, planned);
  if (plans.length === 0) return none(planned);
  const parts: Part[] = [];
  const without = planned.flatMap((each) => (each.kind === 'none' && each.told ? (each.why ?? []) : []));
  let lacking: { readonly lacking?: true } = without.length > 0 ? { lacking: true } : {};
  let equipped = workshop;
  for (const plan of plans) {
    const missing = await missingTool(equipped, plan);
    if (missing !== null && plan.startedByGates) {
      without.push(notHere(missing));
      continue;
    }
    const before = new Map(
      parts.map(({ shape, shelved }) => [shape.manager, join(shelved.dir, 'content', shape.folder)]),
    );
    const obtained = await (plan.of === 'base' || !(depends || plan.of === 'tree')
      ? obtainForBase(withParts(equipped, parts), wanted, plan, before)
      : obtain(withParts(equipped, parts), wanted, plan, before));
    if ('kind' in obtained && obtained.kind === 'unlocked') {
      without.push(obtained.why);
      lacking = { lacking: true };
      continue;
    }
    if ('kind' in obtained && plan.of === 'base') {
      without.push(`without the ${plan.manager}: ${obtained.detail}`);
      if (plan.needed) lacking = { lacking: true };
      continue;
    }
    // What could not be had before may be why this fails.
    if ('kind' in obtained) return { ...obtained, detail: [obtained.detail, ...without].join('; ') };
    const { shelved, lock } = obtained;
    parts.push({ shape: plan, shelved, ...(lock === undefined ? {} : { lock }) });
    if (plan.programs) equipped = equippedWith(equipped, plan, join(shelved.dir, 'content', plan.folder));
  }
  return onlyBuilds(parts)
    ? { kind: 'none', why: [...without, ...whysOf(planned)].join('; '), ...lacking }
    : { kind: 'parts', parts, without };
}

/** Whether the tree differs from its base in more than what extension modules are compiled from. */
async function changesDependencies({ vault, tree, base }: Wanted): Promise<boolean> {
  if (tree === base) return true;
  const theirs = new Map((await vault.listTree(base)).map(({ path, id }) => [path, id]));
  const own = await vault.listTree(tree);
  const changed = own.filter(({ path, id }) => theirs.get(path) !== id).map(({ path }) => path);
  const there = new Set(own.map(({ path }) => path));
  return [...changed, ...[...theirs.keys()].filter((path) => !there.has(path))].some(touchesDependencies);
}

async function obtainForBase(
  workshop: Workshop,
  wanted: Wanted,
  plan: Plan,
  before: Build['before'],
): Promise<Obtained | Failed | WithoutLock> {
  const ofBase = { ...wanted, tree: wanted.base };
  const same = wanted.tree === wanted.base ? plan : ((await planOfBase(workshop, wanted, plan, before)) ?? plan);
  return obtain(workshop, ofBase, same, before);
}

const withParts = (workshop: Workshop, parts: readonly Part[]): Workshop =>
  onlyBuilds(parts) ? workshop : { ...workshop, installed: layerOf(parts, []) };

/** What is only built with is seen by no gate. */
const onlyBuilds = (parts: readonly Part[]): boolean => parts.every(({ shape }) => shape.use === 'build');

function equippedWith(workshop: Workshop, { pathPrefix }: Plan, dir: string): Workshop {
  const path = [...pathPrefix.map((each) => each.replaceAll('$DIR', dir)), workshop.path].join(delimiter);
  const programs = [...workshop.programs, dir];
  return { ...workshop, path, programs, versions: versionsOf(workshop.sandboxes, path, programs) };
}

/** Without those that the machine's own programs do for. */
async function plansWanted({ versions }: Workshop, planned: readonly Planned[]): Promise<readonly Plan[]> {
  const wanted: Plan[] = [];
  for (const plan of planned) {
    if (plan.kind !== 'plan') continue;
    const { unless } = plan;
    if (!unless?.does((await versions([unless.tool]))[unless.tool] ?? '')) wanted.push(plan);
  }
  return wanted;
}

export const notHere = (tool: string): string =>
  `${tool} is not on the PATH, or does not say its version within a minute`;

export async function missingTool({ versions }: Workshop, { tools }: Plan): Promise<string | null> {
  const found = await versions(tools);
  return tools.find((tool) => found[tool] === 'none') ?? null;
}

async function plansFor(
  { env }: Workshop,
  { vault, base, supplies }: Wanted,
  tree: TreeId,
): Promise<readonly Planned[]> {
  const files = await manifestsOf(vault, tree, base, supplies?.git.tag);
  const planned = await planAll(files, tree, env);
  const submodules = supplies?.told.submodules ?? [];
  return submodules.length === 0
    ? planned
    : planned.map((each) => (each.kind === 'plan' ? { ...each, inputs: [each.inputs, submodules] } : each));
}

async function obtain(
  workshop: Workshop,
  wanted: Wanted,
  given: Plan,
  before: Build['before'],
): Promise<Obtained | Failed | WithoutLock> {
  const unlocked = await informed(given, before);
  const { tree, base } = wanted;
  const trust = tree === base ? 'base' : 'candidate';
  const shelf = await workshop.shelf();
  const missing = await missingTool(workshop, unlocked);
  if (missing !== null)
    return failure(`${notHere(missing)}: install ${missing}, which this repository's dependencies need`);
  const locked = await lockFor(workshop, wanted, unlocked, trust, before);
  if (locked !== null && typeof locked !== 'string') return locked;
  const plan = locked === null ? unlocked : withLock(unlocked, sha256(locked));
  const lock = plan.unlocked && locked !== null ? { path: plan.unlocked.file, text: locked } : undefined;
  const obtained = (shelved: Shelved): Obtained => ({ plan, shelved, ...(lock === undefined ? {} : { lock }) });
  const keys = await keysOf(workshop, plan);
  // With the same inputs as a base, what was built for that base is what the candidate asks for.
  const found = (await shelf.take(keys('base'))) ?? (trust === 'base' ? null : await shelf.take(keys(trust)));
  if (found !== null) return obtained(found);
  const built = await shelf.build(keys(trust), async (folder, out, final) => {
    const build = await buildIn(workshop, wanted, plan, { folder, out, final, before });
    if (lock !== undefined) await putLock(build.checkout, lock.path, lock.text);
    return plan.install({ ...build, seed: await seedFor(workshop, wanted, plan, trust, before) });
  });
  return 'kind' in built ? built : obtained(built);
}

/** The plan with what earlier layers have to say. */
const informed = async (plan: Plan, before: Build['before']): Promise<Plan> =>
  plan.after === undefined ? plan : { ...plan, after: undefined, inputs: [plan.inputs, await plan.after(before)] };

const failure = (detail: string, tail = ''): Failed => ({ kind: 'failed', detail, tail });

/** The key of a plan's layer, for each trust. */
async function keysOf(workshop: Workshop, { manager, inputs, tools }: Plan): Promise<(trust: Trust) => Sha256> {
  const versions = await workshop.versions(tools);
  const { platform, arch } = process;
  return (trust) =>
    sha256(canonical({ build: BUILD_VERSION, manager, trust, inputs, tools: versions, platform, arch }));
}

/** Folders to build in, with the tree checked out. */
export async function buildIn(
  { sandboxes, env, path, programs, installed: layer, stateDir }: Workshop,
  { vault, tree, base, supplies }: Wanted,
  { manager, downloads: kept = manager }: Plan,
  { folder, ...rest }: Pick<Build, 'out' | 'final' | 'before'> & { readonly folder: string },
): Promise<Build> {
  const trust = tree === base ? 'base' : 'candidate';
  const checkout = join(folder, 'checkout');
  const scratch = join(folder, 'scratch');
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const downloads = await downloadsFor(stateDir, kept, trust);
  await checkoutFor(vault, tree, base, checkout);
  await supplies?.place(tree, checkout, 'submodules');
  const more = { ...(layer ? { layer } : {}), ...(supplies ? { git: supplies.git.dir } : {}) };
  return { trust, checkout, ...rest, scratch, downloads, seed: null, ...more, path, programs, env, sandboxes };
}

/** The plan of the same manager for the base. */
async function planOfBase(
  workshop: Workshop,
  wanted: Wanted,
  { manager }: Plan,
  before: Build['before'],
): Promise<Plan | null> {
  const plans = await plansFor(workshop, wanted, wanted.base);
  const same = plans.find((each): each is Plan => each.kind === 'plan' && each.manager === manager);
  return same === undefined ? null : informed(same, before);
}

/** For a candidate, what the same manager installed for the base. */
async function seedFor(
  workshop: Workshop,
  wanted: Wanted,
  plan: Plan,
  trust: Trust,
  before: Build['before'],
): Promise<string | null> {
  const same = trust === 'base' ? null : await planOfBase(workshop, wanted, plan, before);
  if (same === null) return null;
  const installed = await (await workshop.shelf()).take((await keysOf(workshop, same))('base'));
  return installed === null ? null : join(installed.dir, 'content', plan.folder);
}

/** What a lock file says that the tree does not have; null where it has one. Made once: later versions of packages change nothing. */
async function lockFor(
  workshop: Workshop,
  wanted: Wanted,
  plan: Plan,
  trust: Trust,
  before: Build['before'],
): Promise<string | null | Failed | WithoutLock> {
  if (plan.unlocked === undefined) return null;
  const { unlocked, manager, inputs } = plan;
  const locks = openLocks(workshop.stateDir);
  const key = (who: Trust): Sha256 => sha256(canonical({ lock: unlocked.file, manager, inputs, trust: who }));
  const kept = (await locks.take(key('base'))) ?? (await locks.take(key(trust)));
  if (kept !== null) return kept;
  const ofBase = trust === 'base' ? null : await planOfBase(workshop, wanted, plan, before);
  const ofWanted = { ...wanted, tree: wanted.base };
  const from = ofBase === null ? null : await lockFor(workshop, ofWanted, ofBase, 'base', before);
  const aside = join(workshop.stateDir, 'tmp');
  await mkdir(aside, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(aside, 'lock-'));
  try {
    const build = await buildIn(workshop, wanted, plan, { folder, out: folder, final: folder, before });
    const made = await resolveLock(unlocked, build, typeof from === 'string' ? from : null);
    if (typeof made === 'string') return await locks.keep(key(trust), made);
    const why = `there is no ${unlocked.file}, and none can be made: ${made.detail}`;
    return trust === 'base' ? { kind: 'unlocked', why } : failure(why, made.tail);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
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
