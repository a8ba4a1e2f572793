import type { Texts } from '../../../domain/contract/contract.ts';
import type { ContractPlan } from '../../../domain/contract/overlay.ts';
import type { Loaded, OverlayEdit } from '../../../domain/gates/evidence.ts';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { laidOver } from '../../../domain/git/laid-over.ts';
import type { PathChange } from '../../../domain/git/snapshot.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import { RULES, type RuleSet } from '../../rules/set.ts';
import { utf8 } from '../../format/bytes.ts';
import type { GitDoor, ListedEntry } from './door.ts';
import { objectId, treeId } from './tree-id.ts';

export interface Contract {
  readonly plan: ContractPlan;
  readonly tree: TreeId;
  readonly entries: readonly ListedEntry[];
  readonly meets: readonly RepoPath[];
  /** The base's product under all else that the candidate changes; null where it changes nothing else. */
  readonly reversal: Listed | null;
}

interface Listed {
  readonly tree: TreeId;
  readonly entries: readonly ListedEntry[];
}

type Side = ReadonlyMap<string, ListedEntry>;

/** What trust rule T6 makes of a base and a candidate, computed from the objects alone. Null when a blob is missing or false. */
export async function contractOf(
  base: readonly ListedEntry[],
  candidate: readonly ListedEntry[],
  door: GitDoor,
  /** Null: as in logs of before, nothing but tests and runner files is laid over. */
  gates: readonly GateSpec[] | null = [],
  rules: Pick<RuleSet, 'contractOf'> = RULES,
  checks: readonly RepoPath[] = [],
  loaded: readonly Loaded[] = [],
  named: readonly RepoPath[] = [],
  early: ReadonlySet<RepoPath> = new Set(),
): Promise<Contract | null> {
  const before: Side = new Map(base.map((entry) => [entry.path, entry]));
  const after: Side = new Map(candidate.map((entry) => [entry.path, entry]));
  const found = await rules.contractOf(
    changesOf(before, after),
    new Set(before.keys()),
    {
      texts: (side, paths) => textsIn(side === 'base' ? before : after, paths, door),
      mentions: (needles) => namingIn(before, needles, door),
    },
    gates,
    checks,
    loaded,
    named,
    early,
  );
  if (!found) return null;
  const { plan } = found;
  const { id = '' } = [...before.values(), ...after.values()][0] ?? {};
  const listed = (edits: readonly OverlayEdit[], merged: ReadonlyMap<RepoPath, string>): Listed => {
    const entries = overlaid(before, after, { edits, merged });
    return { entries, tree: treeId(entries, id.length || 40) };
  };
  return {
    plan,
    meets: found.meets,
    ...listed(plan.edits, plan.merged),
    reversal: plan.reversal.length > 0 ? listed(plan.reversal, new Map()) : null,
  };
}

/** What is text, checked against its id; null when an object is missing or false. */
async function textsIn(side: Side, paths: readonly RepoPath[], door: GitDoor): Promise<Texts | null> {
  const entries = paths.flatMap((path) => side.get(path) ?? []).filter(({ mode }) => mode !== '160000');
  const found = await Promise.all(
    entries.map(async ({ path, id }) => ({ path, content: await readChecked(door, id) })),
  );
  if (found.some(({ content }) => content === null)) return null;
  return new Map(
    found.flatMap(({ path, content }): readonly (readonly [RepoPath, string])[] => {
      const text = content && decode(content);
      return text === null ? [] : [[path, text]];
    }),
  );
}

/** Files of the base that hold one of these, with their text; null when one is missing or false. */
async function namingIn(
  base: Side,
  needles: readonly string[],
  door: GitDoor,
): Promise<readonly { readonly path: RepoPath; readonly text: string }[] | null> {
  const paths = await door.mentions(treeId([...base.values()], [...base.values()][0]?.id.length ?? 40), needles);
  const found = await Promise.all(
    (paths ?? []).map(async (path) => ({ path, content: await readChecked(door, base.get(path)?.id ?? '') })),
  );
  const read = found.flatMap(({ path, content }) =>
    content ? [{ path, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(content) }] : [],
  );
  return paths && read.length === found.length ? read : null;
}

/** A blob whose bytes hash to its name, null otherwise. */
export async function readChecked(door: GitDoor, id: string): Promise<Uint8Array | null> {
  const content = await door.readBlob(id);
  return content && objectId('blob', content, id.length) === id ? content : null;
}

function changesOf(before: Side, after: Side): readonly PathChange[] {
  const absent = '000000';
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path): readonly PathChange[] => {
    const [old, now] = [before.get(path), after.get(path)];
    if (old && now && old.id === now.id && old.mode === now.mode) return [];
    const kept = now ? 'modified' : 'deleted';
    const change = old ? kept : 'added';
    return [{ path, change, oldMode: old?.mode ?? absent, newMode: now?.mode ?? absent }];
  });
}

function overlaid(
  before: Side,
  after: Side,
  { edits, merged }: Pick<ContractPlan, 'edits' | 'merged'>,
): readonly ListedEntry[] {
  const result = new Map(after);
  const idLength = [...before.values(), ...after.values()][0]?.id.length ?? 40;
  for (const { path, action } of edits) if (action === 'remove') result.delete(path);
  const laid = edits.flatMap(({ path, action }): readonly ListedEntry[] => {
    if (action === 'remove') return [];
    const [old, now] = [before.get(path), after.get(path)];
    const text = action === 'merge' ? merged.get(path) : undefined;
    const entry =
      text === undefined ? old : { path, mode: plainMode(now, old), id: objectId('blob', utf8(text), idLength) };
    return entry ? [entry] : [];
  });
  return laidOver([...result.values()], laid);
}

/** Whatever a candidate made of the path, merged text is a plain file. */
const plainMode = (...entries: readonly (ListedEntry | undefined)[]): string =>
  entries.map((entry) => entry?.mode ?? '').find((mode) => mode === '100644' || mode === '100755') ?? '100644';

/** As the run itself reads text: a byte order mark is not part of it, bytes that are not UTF-8 make it no text. */
function decode(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}
