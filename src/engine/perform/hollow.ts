import { holdsTestsInside } from '../../domain/contract/languages.ts';
import { classify } from '../../domain/contract/classify.ts';
import { inTheWay } from '../../domain/contract/overlay.ts';
import type { OverlayEdit } from '../../domain/gates/evidence.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import type { RepoPath, TreeId } from '../../domain/ids.ts';
import { MOST_FAULTS, type Fault, type Hollowed } from '../../domain/evidence/hollow.ts';
import type { Vault } from '../../world/git/port.ts';
import type { ChangedSource } from '../../world/syntax/port.ts';
import { created, type Context } from '../context.ts';

const NAMED = 50;

interface Needs {
  readonly world: { readonly syntax: Pick<Context['world']['syntax'], 'hollow'> };
  readonly session: Pick<Context['session'], 'state' | 'append'>;
  readonly vault: Pick<Vault, 'readFile' | 'overlay'>;
}

/** The candidate without what it does: its functions emptied, or where it has none, all but its tests taken back. */
export async function hollow({ world, session, vault }: Needs, candidate: TreeId): Promise<void> {
  const { given, repository } = created(session.state);
  const base = repository.tree;
  const all = session.state.examined.get(candidate)?.changes ?? [];
  const data = await hollowed({ world, vault }, base, candidate, all, given !== undefined);
  await session.append({ type: 'candidate.hollowed', data });
}

/** The hollow candidate for a base and all that changed since; of a given change always what is on the base's code, too. */
export async function hollowed(
  { world, vault }: Pick<Needs, 'world' | 'vault'>,
  base: TreeId,
  candidate: TreeId,
  all: readonly PathChange[],
  isGiven: boolean,
): Promise<Hollowed> {
  const changes = productOf(all);
  const sources = await sourcesOf(vault, base, candidate, changes);
  const results = await world.syntax.hollow(sources);
  const merged = new Map<RepoPath, string>();
  const functions: { readonly path: RepoPath; readonly name: string }[] = [];
  const singles: Single[] = [];
  let isAllNew = true;
  results.forEach((result, index) => {
    const source = sources[index];
    if (result.kind !== 'hollowed' || source === undefined) return;
    const { path } = source;
    merged.set(path, result.text);
    functions.push(...result.functions.map((name) => ({ path, name })));
    singles.push(...result.singles.map((text, at) => ({ path, name: result.functions[at] ?? '', text })));
    isAllNew &&= changes.some((each) => each.path === path && each.change === 'added');
  });
  const idle = results.flatMap((result, index) =>
    result.kind === 'unchanged' && result.idle ? [{ path: sources[index]?.path ?? '', names: result.idle }] : [],
  );
  const isIdle = idle.length > 0 && changes.every(({ path }) => idle.some((each) => each.path === path));
  if (isIdle) for (const { path, names } of idle) functions.push(...names.map((name) => ({ path, name })));
  const back = changes.map(takenBack);
  const takeBack = (): Promise<TreeId> => vault.overlay(base, candidate, [...inTheWay(all, back), ...back], new Map());
  const emptied = [...merged.keys()].map((path): OverlayEdit => ({ path, action: 'merge' }));
  const without = emptied.length > 0 ? await vault.overlay(base, candidate, emptied, merged) : candidate;
  const isEmptied = without !== candidate;
  return {
    candidate,
    ...(isEmptied
      ? { tree: without, how: 'emptied' }
      : { tree: back.length > 0 ? await takeBack() : null, how: 'taken_back' }),
    // A test of what a rewritten function did before fails where it does nothing, and shows nothing of the change.
    ...(isEmptied && (!isAllNew || isGiven) ? { takenBack: await takeBack() } : {}),
    ...(isEmptied && isGiven ? { asksRed: true } : {}),
    ...(isIdle && !isEmptied ? { idle: true } : {}),
    ...(isGiven ? {} : { faults: await planted(vault, { base, candidate }, isEmptied ? singles : []) }),
    functions: functions.slice(0, NAMED),
    count: functions.length,
  };
}

interface Single {
  readonly path: RepoPath;
  readonly name: string;
  readonly text: string;
}

/** One function emptied in each tree, spread over all where there are more; one alone is the hollow candidate. */
async function planted(
  vault: Pick<Vault, 'overlay'>,
  { base, candidate }: { readonly base: TreeId; readonly candidate: TreeId },
  singles: readonly Single[],
): Promise<readonly Fault[]> {
  if (singles.length < 2) return [];
  const step = Math.max(1, singles.length / MOST_FAULTS);
  const chosen = singles.filter((_each, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
  const faults = chosen.slice(0, MOST_FAULTS).map(async ({ path, name, text }): Promise<Fault> => ({
    path,
    name,
    tree: await vault.overlay(base, candidate, [{ path, action: 'merge' }], new Map([[path, text]])),
  }));
  return (await Promise.all(faults)).filter(({ tree }) => tree !== candidate);
}

/** What is neither a test nor decides how tests run; where there is nothing of that, all but the tests. */
function productOf(changes: readonly PathChange[]): readonly PathChange[] {
  const product = changes.filter(({ path, newMode }) => isProduct(path, newMode));
  return product.length > 0
    ? product
    : changes.filter(({ path, newMode }) => ['manifest', 'runner'].includes(classify(path, newMode)));
}

/** Sources that hold tests are looked at like manifests. */
const isProduct = (path: RepoPath, mode: string): boolean => {
  const kind = classify(path, mode);
  return kind === 'source' || (kind === 'manifest' && holdsTestsInside(path));
};

const takenBack = ({ path, change }: PathChange): OverlayEdit => ({
  path,
  action: change === 'added' ? 'remove' : 'restore',
});

/** The files of a change that can be written again without changing more than what is emptied. */
async function sourcesOf(
  vault: Pick<Vault, 'readFile'>,
  base: TreeId,
  candidate: TreeId,
  changes: readonly PathChange[],
): Promise<readonly ChangedSource[]> {
  const sources = changes
    .filter(({ change, newMode }) => change !== 'deleted' && newMode.startsWith('100'))
    .map(async ({ path }) => {
      const text = await textOf(vault, candidate, path);
      return text === null ? [] : [{ path, text, base: await textOf(vault, base, path) }];
    });
  return (await Promise.all(sources)).flat();
}

/** Null where there is no such file, or it is not UTF-8. */
async function textOf(vault: Pick<Vault, 'readFile'>, tree: TreeId, path: RepoPath): Promise<string | null> {
  const file = await vault.readFile(tree, path);
  if (file === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.content);
  } catch {
    return null;
  }
}
