import type { Loaded } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { classify } from './classify.ts';
import { foundElsewhere } from './found-elsewhere.ts';
import { redefiningHeaders } from './macros.ts';
import { planContract, type ContractPlan, type ReadSides } from './overlay.ts';
import { deniedIn, testsMeeting, type Reading } from './reach.ts';
import { seenLoading, standIns } from './stand-ins.ts';
import { mayBeSupport, supportsTests } from './support.ts';
import { manifestsAbove } from './support-packages.ts';
import { vendoredForTests } from './vendored.ts';

type Side = 'base' | 'candidate';
export type Texts = ReadonlyMap<RepoPath, string>;

/** How the base and the candidate are read. Null from either: something that must be there could not be read. */
export interface ContractDoor {
  /** By path, without what does not exist on that side and what is not text. */
  texts(side: Side, paths: readonly RepoPath[]): Promise<Texts | null>;
  /** Text files of the base that hold one of these strings. */
  mentions(needles: readonly string[]): Promise<readonly { readonly path: RepoPath; readonly text: string }[] | null>;
}

export interface Contract {
  readonly plan: ContractPlan;
  /** Changed files outside of the folders of tests that only tests of the base use. */
  readonly support: ReadonlySet<RepoPath>;
  /** Test files of the base that lead to changed code. */
  readonly meets: readonly RepoPath[];
  /** What was read of the files that judge; null where there is no text. */
  readonly sides: ReadonlyMap<RepoPath, { readonly base: string | null; readonly candidate: string | null }>;
}

/** Changed files whose text decides how they are laid over. */
const judgedByText = (changes: readonly PathChange[]): readonly RepoPath[] =>
  changes
    .filter((change) => ['test', 'manifest', 'source'].includes(classify(change.path, change.newMode)))
    .map(({ path }) => path);

/**
 * What trust rule T6 makes of a change: the one function that engine and verifier both ask, so that they cannot
 * differ. Null when the door could not read what decides.
 */
export async function contractOf(
  changes: readonly PathChange[],
  files: ReadonlySet<RepoPath>,
  door: ContractDoor,
  /** Of the base. Null: what is not shown to be the product is let in, as in logs of before. */
  gates: readonly GateSpec[] | null,
  /** Test files of the change that were given with the goal, and are as good as those of the base. */
  checks: readonly RepoPath[] = [],
  /** What runs of the base were seen to load; none in logs of before. */
  loaded: readonly Loaded[] = [],
  /** Files of the change that checks name which are in neither tree. */
  named: readonly RepoPath[] = [],
  /** Code that runs of the base opened before their first file of tests; none in logs of before. */
  early: ReadonlySet<RepoPath> = new Set(),
): Promise<Contract | null> {
  const inBase = (path: RepoPath): boolean => files.has(path);
  const judging = judgedByText(changes);
  const manifests = manifestsAbove(changes, inBase);
  const base = await door.texts('base', [...new Set([...judging, ...manifests])]);
  const candidate = await door.texts('candidate', judging);
  if (!base || !candidate) return null;
  const support = await supportIn(changes, textsOf(base, manifests), door);
  if (!support) return null;
  const sides = new Map(
    judging.map((path) => [path, { base: base.get(path) ?? null, candidate: candidate.get(path) ?? null }]),
  );
  const read: ReadSides = (path) => sides.get(path) ?? { base: null, candidate: null };
  const reached =
    gates === null ? NOTHING : await reachedBy(changes, { files, read, gates, checks, named, loaded, early }, door);
  if (!reached) return null;
  const plugins = loaded.flatMap((each) => each.plugins ?? []);
  const denied = new Set([...reached.denied, ...standIns(changes, loaded), ...plugins]);
  const plan = planContract(changes, read, support, denied);
  return { plan, support, sides, meets: reached.meets };
}

interface Reached {
  readonly denied: ReadonlySet<RepoPath>;
  readonly meets: readonly RepoPath[];
}
const NOTHING: Reached = { denied: new Set(), meets: [] };

/** Null when the door could not read what decides. */
async function reachedBy(
  changes: readonly PathChange[],
  {
    files,
    read,
    gates,
    checks,
    named,
    loaded,
    early,
  }: {
    readonly files: ReadonlySet<RepoPath>;
    readonly read: ReadSides;
    readonly gates: readonly GateSpec[];
    readonly checks: readonly RepoPath[];
    readonly named: readonly RepoPath[];
    readonly loaded: readonly Loaded[];
    readonly early: ReadonlySet<RepoPath>;
  },
  door: ContractDoor,
): Promise<Reached | null> {
  let isMissing = false;
  const reading: Reading = {
    mentions: async (needles) => {
      const found = await door.mentions(needles);
      isMissing ||= found === null;
      return found ?? [];
    },
    candidate: (path) => read(path).candidate,
    before: (path) => read(path).base,
    base: files,
    gates,
    checks,
    named,
    seen: seenLoading(loaded, early),
  };
  const denied = new Set([
    ...(await deniedIn(changes, reading)),
    ...(await redefiningHeaders(changes, reading)),
    ...(await foundElsewhere(changes, loaded, reading)),
    ...(await vendoredForTests(changes, reading)),
  ]);
  const reached = { denied, meets: await testsMeeting(changes, reading) };
  return isMissing ? null : reached;
}

const textsOf = (texts: Texts, paths: readonly RepoPath[]): Texts =>
  new Map(paths.map((path) => [path, texts.get(path) ?? '']));

async function supportIn(
  changes: readonly PathChange[],
  manifests: Texts,
  door: ContractDoor,
): Promise<ReadonlySet<RepoPath> | null> {
  const asked = mayBeSupport(changes, manifests);
  if (asked.length === 0) return new Set();
  const naming = await door.mentions(asked.flatMap(({ needles }) => needles));
  const texts = await door.texts(
    'base',
    asked.map(({ path }) => path),
  );
  if (!naming || !texts) return null;
  const found = asked.filter(({ path, own }) => supportsTests({ path, own, text: texts.get(path) ?? '' }, naming));
  return new Set(found.map(({ path }) => path));
}
