import { foldersOf as foldersIn } from '../objects/folders.ts';
import { objectId } from '../objects/id.ts';
import { storeObjects } from '../objects/store.ts';
import type { TreeId } from '../../../domain/ids.ts';
import type { TreeEdit } from '../objects/edit.ts';
import type { RawEntry, RawTree } from '../objects/tree.ts';
import { git } from '../run.ts';
import { changes } from '../snapshot/keep.ts';
import { foldersOf } from './folders.ts';
import type { VaultPlace } from './place.ts';

/** A tree of the vault with some paths set or taken out, durable on return. `contents` are new blobs that the edits name. */
export async function edit(
  place: VaultPlace,
  start: TreeId,
  edits: readonly TreeEdit[],
  contents: readonly Uint8Array[] = [],
): Promise<TreeId> {
  if (edits.length === 0) return start;
  const before = await place.trees.get(start);
  // To take out what is not there is no edit; by such a name a folder would go.
  const real = edits.filter(({ path, entry }) => entry !== null || before.has(path));
  if (real.length === 0) return start;
  return place.edited.get(`${start}\n${changes(real)}`, async () => {
    const after = edited(before, real);
    const here = after === null ? null : await editHere(place, { id: start, files: before }, after, contents);
    const [tree = start] = here === null ? await editEach(place, start, [real], contents) : [here];
    if (after !== null) place.trees.put(tree, after);
    return tree;
  });
}

/** More files than this are git's: all folders are made again here, and only those with an edit there. */
const MOST_FILES = 20_000;

/** The tree of files, made without git, which would take two programs; null where it is not sure to be what git makes of the edits. */
async function editHere(
  { dir, format }: VaultPlace,
  start: { readonly id: TreeId; readonly files: RawTree },
  after: RawTree,
  contents: readonly Uint8Array[],
): Promise<TreeId | null> {
  if (start.files.size > MOST_FILES) return null;
  const before = foldersIn(format, start.files);
  // Folders without files and modes of long ago are not in the list.
  if (before.at(-1)?.id !== start.id) return null;
  const there = new Set(before.map(({ id }) => id));
  const folders = foldersIn(format, after);
  const fresh = folders.filter(({ id }) => !there.has(id));
  await storeObjects(dir, format, [
    ...contents.map((content) => ({ kind: 'blob' as const, content })),
    ...fresh.map(({ content }) => ({ kind: 'tree' as const, content })),
  ]);
  return folders.at(-1)?.id ?? null;
}

/** Stores contents, and gives the tree after each list of edits, by one process that leaves no ref. */
export async function editEach(
  place: VaultPlace,
  start: TreeId,
  lists: readonly (readonly TreeEdit[])[],
  contents: readonly Uint8Array[] = [],
): Promise<readonly TreeId[]> {
  if (lists.length === 0) return [];
  const ref = `refs/omk/editing/${crypto.randomUUID()}`;
  const commit = (edits: readonly TreeEdit[], at: number): string =>
    `commit ${ref}\ncommitter omk <omk@localhost> 0 +0000\ndata 0\n\n` +
    `${at === 0 ? `M 040000 ${start} ""\n` : ''}${changes(edits)}ls ""\n`;
  function* stream(): Generator<Uint8Array> {
    for (const content of contents) {
      yield Buffer.from(`blob\ndata ${content.length}\n`);
      yield content;
      yield Buffer.from('\n');
    }
    yield Buffer.from(lists.map(commit).join(''), 'latin1');
    yield Buffer.from(`reset ${ref}\nfrom ${'0'.repeat(start.length)}\n\ndone\n`);
  }
  const output = await git(['fast-import', '--quiet', '--done', '--force'], {
    ...place.call,
    durable: true,
    input: stream(),
  });
  const trees = [...output.toString('latin1').matchAll(/^040000 tree ([0-9a-f]{40,64})\t/gm)].flatMap(
    ([, id]) => id ?? [],
  );
  if (trees.length !== lists.length) throw new TypeError('unexpected output of git fast-import');
  return trees;
}

/** The files after edits, in git's order; null where a file and a folder trade places, which git is asked for. */
function edited(before: RawTree, edits: readonly TreeEdit[]): RawTree | null {
  const set = edits.flatMap(({ path, entry }) => (entry === null ? [] : [path]));
  const all = new Map<string, RawEntry>(before);
  for (const { path, entry } of edits) if (entry === null) all.delete(path);
  const folders = new Set(foldersOf(set));
  if (set.length === 0) return all;
  const added = new Set(set.filter((path) => !all.has(path)));
  const isSwapped = [...all.keys()].some((path) => folders.has(path) || foldersOf([path]).some((at) => added.has(at)));
  if (isSwapped) return null;
  for (const { path, entry } of edits) if (entry !== null) all.set(path, entry);
  return added.size === 0 ? all : new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is set by its content. */
export const fileEdit = (
  { format }: Pick<VaultPlace, 'format'>,
  path: string,
  mode: RawEntry['mode'],
  content: Uint8Array,
): TreeEdit => ({ path, entry: { mode, id: objectId(format, 'blob', content) } });
