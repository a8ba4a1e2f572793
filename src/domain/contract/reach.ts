import type { GateSpec } from '../gates/gate.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { classify } from './classify.ts';
import type { Text } from './language-rules.ts';
import { isCompiled, isScript, languageOf, withoutComments } from './languages.ts';
import { isRepointed } from './repointed.ts';
import { isComparedWith } from './compared.ts';
import { isStartedBy } from './started-by.ts';
import { folderOf, namesFile, namesPlaceOf, needlesOf, placesOf } from './names.ts';
import { manifestRule } from './manifest.ts';
import type { Seen } from './stand-ins.ts';
import { usesTestLibrary } from './support-checks.ts';

export interface Reading {
  /** Files of the base that hold one of these, with their texts; none for a needle that more than 500 files hold. */
  mentions(needles: readonly string[]): Promise<readonly Text[]>;
  /** Text of the candidate, null where it has none. */
  candidate(path: RepoPath): string | null;
  /** The same of the base. */
  before(path: RepoPath): string | null;
  /** All files of the base. */
  readonly base: ReadonlySet<RepoPath>;
  readonly gates: readonly GateSpec[];
  /** Test files of the candidate that are none of its own: what they name is the product. */
  readonly checks: readonly RepoPath[];
  /** Files that checks name which are in neither tree. */
  readonly named: readonly RepoPath[];
  /** What runs of the base showed. */
  readonly seen: Seen;
}

/** For people: no runner reads it but as what it tests. */
const PROSE =
  /(^|\/)[^./][^/]*\.(md|mdx|rst|adoc|txt|png|jpe?g|gif|svg|webp|pdf)$|(^|\/)(licen[cs]e|copying|notice|authors|readme)$/i;
const DEEPEST = 6;
const WIDEST = 80;

/**
 * Changed files that are not shown to be the product and so stay as in the base while its tests judge (default deny): what only runners
 * and their settings lead to, and new files that nothing leads to.
 */
export async function deniedIn(changes: readonly PathChange[], reading: Reading): Promise<ReadonlySet<RepoPath>> {
  const asked = changes.filter(
    ({ path, newMode, change }) =>
      classify(path, change === 'deleted' ? '100644' : newMode) === 'source' &&
      !isCompiled(path) &&
      (!PROSE.test(path) || reading.gates.some((gate) => isComparedWith(gate, path))),
  );
  if (asked.length === 0) return new Set();
  const kin = asked.flatMap(({ path, change }) => (change === 'added' ? kinOfRunners(path, reading) : []));
  const namers = await namersOf([...new Set([...asked.map(({ path }) => path), ...kin])], reading);
  const old = asked
    .filter(({ change }) => change !== 'added')
    .filter(({ path }) => isRunners(path, namers, reading.seen));
  const armed = asked.filter(({ path, change }) => change !== 'deleted' && becameHelper(path, reading));
  return new Set([...[...old, ...armed].map(({ path }) => path), ...deniedAdditions(changes, asked, namers, reading)]);
}

/** Code that uses a library of tests and did not at the base: it reaches into what judges it. */
const becameHelper = (path: RepoPath, { candidate, before }: Reading): boolean =>
  isScript(path) && usesTestLibrary(path, candidate(path) ?? '') && !usesTestLibrary(path, before(path) ?? '');

type Side = 'tests' | 'runner' | 'source';
interface Namer extends Text {
  readonly side: Side;
}
type Namers = ReadonlyMap<RepoPath, readonly Namer[]>;

/** Who names these files in the base, and who names those, up to tests and runners. */
async function namersOf(paths: readonly RepoPath[], reading: Reading): Promise<Namers> {
  const namers = new Map<RepoPath, readonly Namer[]>();
  let open = paths.slice(0, WIDEST);
  for (let depth = 0; depth < DEEPEST && open.length > 0; depth += 1) {
    const texts = await reading.mentions([
      ...new Set(open.flatMap((path) => [...needlesOf(path), ...placesToNeed(path)])),
    ]);
    const found = texts.map((each): Namer => ({ ...each, side: sideOf(each.path) }));
    for (const path of open)
      namers.set(path, [
        ...found.filter((each) => each.path !== path && isNamed(each, path)),
        ...commandsNaming(path, reading.gates),
      ]);
    open = [
      ...new Set(
        open.flatMap((path) =>
          (namers.get(path) ?? []).filter((each) => sideFor(each, path) === 'source').map((each) => each.path),
        ),
      ),
    ]
      .filter((path) => path !== '' && !namers.has(path))
      .slice(0, WIDEST);
  }
  return namers;
}

const isData = (path: RepoPath): boolean => languageOf(path) === null;
/** Programs find data by its folder too. */
const placesToNeed = (path: RepoPath): readonly string[] =>
  isData(path) ? placesOf(path).map((folder) => folder.slice(folder.lastIndexOf('/') + 1)) : [];
export const isNamed = ({ path, text }: Text, target: RepoPath): boolean =>
  namesFile(path, text, target) || (isData(target) && namesPlaceOf(path, text, target));

/** A command starts what checks, compares with what is expected, or tries what the product is. */
const commandsNaming = (path: RepoPath, gates: readonly GateSpec[]): readonly Namer[] =>
  gates.flatMap((gate): readonly Namer[] => {
    const text = gate.argv.join(' ');
    if (isStartedBy(gate, path) || isComparedWith(gate, path)) return [{ path: '', text, side: 'runner' }];
    const isNamed = namesFile(`${gate.cwd}/command`, text, path) || namesFile(`${gate.cwd}/c.py`, codeIn(gate), path);
    return isNamed ? [{ path: '', text, side: 'tests' }] : [];
  });

/** What a command gives to a language to run, in lines of its own: `python3 -c 'import a; from b import c'`. */
const codeIn = ({ argv }: GateSpec): string => argv.flatMap((word) => word.split(/['";]/)).join('\n');

const sideOf = (path: RepoPath): Side => {
  const kind = classify(path);
  if (kind === 'test') return 'tests';
  return kind === 'runner' || kind === 'policy' ? 'runner' : 'source';
};

/** Of a manifest, whether what it says of the product names a file, or its scripts and settings of tools do. */
function sideFor({ path, text, side }: Namer, target: RepoPath): Side {
  if (side === 'source' && classify(path) !== 'manifest') return 'source';
  const product = manifestRule(path)?.product;
  if (product) return namesFile(path, product(text), target) ? 'tests' : 'runner';
  return side === 'source' ? 'tests' : side;
}

/** Whether runners lead to a file and tests, or entries of the product, do not. */
function isRunners(path: RepoPath, namers: Namers, { runners, reached, apart }: Seen): boolean {
  if (runners.has(path)) return true;
  if (reached.has(path)) return false;
  let runner = false;
  const seen = new Set<RepoPath>();
  const open = [path];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const known = namers.get(next);
    // Too far away to be followed.
    if (known === undefined) return false;
    for (const namer of known) {
      const side = sideFor(namer, next);
      if (side === 'tests') return false;
      if (side === 'runner') runner = true;
      else open.push(namer.path);
    }
  }
  // Something that tests do not lead to puts its name together, and loads it before them.
  if (apart.has(path)) return true;
  // What nothing leads to is found by a name that something puts together, or that a tool knows.
  return runner || (isData(path) && (namers.get(path) ?? []).length === 0);
}

/** Test files of the base that lead to changed code, which a change may make fail now and then. */
export async function testsMeeting(changes: readonly PathChange[], reading: Reading): Promise<readonly RepoPath[]> {
  const changed = changes
    .filter(({ path, change }) => change !== 'added' && languageOf(path) !== null && sideOf(path) === 'source')
    .map(({ path }) => path);
  if (changed.length === 0) return [];
  const namers = await namersOf(changed, reading);
  const beside = [...reading.base].filter(
    (path) => sideOf(path) === 'tests' && changed.some((each) => isCompiled(each) && folderOf(each) === folderOf(path)),
  );
  const named = [...namers.values()].flat().filter(({ path, side }) => side === 'tests' && path !== '');
  return [...new Set([...beside, ...named.map(({ path }) => path)])].sort();
}

/** New files that neither the product nor tests of the base name, in the candidate's own changes neither. */
function deniedAdditions(
  changes: readonly PathChange[],
  asked: readonly PathChange[],
  namers: Namers,
  reading: Reading,
): readonly RepoPath[] {
  const added = asked.filter(({ change }) => change === 'added').map(({ path }) => path);
  if (added.length === 0) return [];
  const isLet = (path: RepoPath): boolean => {
    const known = namers.get(path) ?? [];
    if (isFoundElsewhere(path, known)) return false;
    if (reading.named.includes(path)) return true;
    const sides = known.map((each) => sideFor(each, path));
    return sides.some((side) => side !== 'runner') || (sides.length === 0 && isKin(path, reading.base));
  };
  const denied = new Set(added.filter((path) => !isLet(path)));
  const isAmongRunners = (path: RepoPath): boolean => {
    const kin = kinOfRunners(path, reading);
    return kin.length > 0 && kin.every((each) => isRunners(each, namers, reading.seen));
  };
  // Runners of the base look for it, or load all that lies beside it: whatever the candidate says of it, they would load it.
  const awaited = new Set(
    [...denied].filter(
      (path) => (namers.get(path) ?? []).some((each) => sideFor(each, path) === 'runner') || isAmongRunners(path),
    ),
  );
  const product = changes.filter(
    ({ path, change }) =>
      reading.checks.includes(path) ||
      (change === 'modified' && isRepointed(path, reading.before(path), reading.candidate(path), changes)) ||
      (change !== 'deleted' && ['source', 'manifest'].includes(classify(path)) && !PROSE.test(path)),
  );
  for (let grew = true; grew;) {
    grew = false;
    for (const path of denied.difference(awaited)) {
      const isTheirs = product.some(
        (each) =>
          each.path !== path &&
          !denied.has(each.path) &&
          isNamed({ path: each.path, text: withoutComments(each.path, reading.candidate(each.path) ?? '') }, path),
      );
      if (!isTheirs) continue;
      denied.delete(path);
      grew = true;
    }
  }
  return [...denied];
}

/** The code of the base imports a module of this name, which it does not have: it finds it elsewhere, and would find this one first. */
function isFoundElsewhere(path: RepoPath, namers: readonly Namer[]): boolean {
  const language = languageOf(path);
  const imports = language?.foundFirstBy?.(path);
  return (
    imports != null &&
    namers.some(({ side, text, path: by }) => side === 'source' && languageOf(by) === language && imports.test(text))
  );
}

/** All code in the folder of new code, where runs of the base showed it to be loaded by others than tests; else none. */
function kinOfRunners(path: RepoPath, { base, seen }: Reading): readonly RepoPath[] {
  const folder = folderOf(path);
  const kin = isScript(path) ? [...base].filter((each) => folderOf(each) === folder && isScript(each)) : [];
  return kin.every((each) => seen.runners.has(each) || seen.apart.has(each)) ? kin : [];
}

/** Data beside data of its sort, which programs find by looking into the folder. */
function isKin(path: RepoPath, base: ReadonlySet<RepoPath>): boolean {
  const folder = folderOf(path);
  const extension = /\.[^./]+$/.exec(path)?.[0];
  if (isScript(path) || folder === '' || extension === undefined || /(^|\/)\./.test(path)) return false;
  for (const each of base) if (folderOf(each) === folder && each.endsWith(extension)) return true;
  return false;
}
