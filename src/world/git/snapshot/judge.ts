import type { RefusalCode } from '../../../domain/git/snapshot.ts';
import type { TreeEdit } from '../objects/edit.ts';
import type { RawEntry, RawTree } from '../objects/tree.ts';
import { toRepoPath, type RawPath } from '../../../domain/git/path-bytes.ts';
import { parentOf, rootOf } from '../paths.ts';
import { findCollisions } from './collisions.ts';
import type { Caps, Examination, Examined } from './examine.ts';
import { leavesTree } from './links.ts';
import { isStorable, nameProblem } from './names.ts';

interface Refusal {
  readonly path: RawPath;
  readonly code: RefusalCode;
  readonly detail: string;
}

/** What goes into the two trees of a snapshot (trust rules T8 and T10). */
export interface Judgement {
  /** From the base to the candidate. */
  readonly candidate: readonly TreeEdit[];
  /** From the candidate to the salvage. */
  readonly salvage: readonly TreeEdit[];
  /** Files whose contents the vault may not have yet. */
  readonly store: readonly (Examined & { readonly id: string })[];
  readonly refused: readonly Refusal[];
  readonly ignored: readonly RawPath[];
  /** Paths that the salvage does not hold: over its cap, or with a name no git tree can have. */
  readonly overCap: readonly RawPath[];
}

interface Input {
  readonly base: RawTree;
  readonly examination: Examination;
  readonly tooLong: readonly RawPath[];
  readonly layers: ReadonlySet<RawPath>;
  /** The base's submodules whose folder is still there. */
  readonly keptSubmodules: ReadonlySet<RawPath>;
  readonly caps: Caps;
}

function isSame(entry: RawEntry | undefined, { read }: Examined): boolean {
  return entry !== undefined && entry.mode === read.mode && entry.id === read.id;
}

function linksOf(files: Iterable<Examined>): Map<RawPath, RawPath> {
  const links = new Map<RawPath, RawPath>();
  for (const { path, read } of files) if (read.target !== null) links.set(path, read.target);
  return links;
}

/** Pure: everything that had to be read is in `input`. `baseLinks` gives where the base's own links point. */
export function judge(
  { base, examination, tooLong, layers, keptSubmodules, caps }: Input,
  baseLinks: ReadonlyMap<RawPath, RawPath>,
): Judgement {
  const refused = new Map<RawPath, Refusal>();
  const refuse = (path: RawPath, code: RefusalCode, detail: string): void => {
    if (!refused.has(path)) refused.set(path, { path, code, detail });
  };
  for (const path of examination.nested) refuse(path, 'E_NESTED_REPOSITORY', 'the folder is a repository of its own');
  for (const path of tooLong) refuse(path, 'E_NAME_INVALID', 'the path is too long to be opened');

  const wanted = new Map<RawPath, Examined>();
  const nested = new Set(examination.nested);
  const inBase = (folder: RawPath): boolean => [...base.keys()].some((each) => each.startsWith(`${folder}/`));
  let bytes = 0;
  // What the base has comes first, so that large new files do not push the change itself out.
  for (const file of examination.files.toSorted(
    (a, b) => Number(b.place === 'tracked') - Number(a.place === 'tracked'),
  )) {
    const { path, place, read } = file;
    if (place === 'ignored' || (place === 'kept' && !isSame(base.get(path), file)) || rootOf(path, nested) !== null)
      continue;
    const problem = place === 'fresh' ? nameProblem(path, file.kind, inBase) : null;
    if (problem !== null) {
      refuse(problem.path, problem.code, problem.detail);
      continue;
    }
    if (!isSame(base.get(path), file)) {
      if (place === 'tracked' && file.kind === 'link' && !isStorable(path, 'link')) {
        refuse(path, 'E_DOT_GIT', 'a link in the place of .gitmodules');
        continue;
      }
      if (read.id === null || read.size > caps.fileBytes || bytes + read.size > caps.totalBytes) {
        refuse(path, 'E_TOO_LARGE', tooLarge(read.size, caps));
        continue;
      }
      bytes += read.size;
    }
    wanted.set(path, file);
  }

  const fresh = [...wanted.values()].filter(({ place }) => place === 'fresh').map(({ path }) => path);
  for (const [path, other] of findCollisions(fresh, wanted.keys(), base.keys())) {
    refuse(
      path,
      'E_NAME_COLLISION',
      `the same name as "${toRepoPath(other)}" where case or Unicode form does not count`,
    );
    wanted.delete(path);
  }
  const links = linksOf(wanted.values());
  for (const path of links.keys()) {
    const why = leavesTree(path, links);
    if (why === null || (links.get(path) === baseLinks.get(path) && leavesTree(path, baseLinks) !== null)) continue;
    refuse(path, 'E_LINK_ESCAPES', why);
    wanted.delete(path);
  }

  const candidate: TreeEdit[] = [];
  const kept = new Set([
    ...keptSubmodules,
    ...examination.files.filter(({ place }) => place === 'kept').map(({ path }) => path),
  ]);
  for (const path of base.keys()) {
    if (!wanted.has(path) && !kept.has(path) && rootOf(path, layers) === null) candidate.push({ path, entry: null });
  }
  const store = new Map<string, Examined & { readonly id: string }>();
  const set = (edits: TreeEdit[], file: Examined, id: string): void => {
    edits.push({ path: file.path, entry: { mode: file.read.mode, id } });
    store.set(id, { ...file, id });
  };
  for (const file of wanted.values()) {
    if (file.read.id !== null && !isSame(base.get(file.path), file)) set(candidate, file, file.read.id);
  }

  const salvage: TreeEdit[] = [];
  const overCap: RawPath[] = [...tooLong];
  for (const file of examination.files) {
    const { path, read } = file;
    if (wanted.has(path)) continue;
    if (
      !isStorable(path, file.kind) ||
      read.id === null ||
      read.size > caps.fileBytes ||
      bytes + read.size > caps.totalBytes
    ) {
      overCap.push(path);
    } else {
      if (!isSame(base.get(path), file)) bytes += read.size;
      set(salvage, file, read.id);
    }
  }
  const ignored = examination.files.filter(({ place }) => place === 'ignored').map(({ path }) => path);
  return { candidate, salvage, store: [...store.values()], refused: [...refused.values()], ignored, overCap };
}

/** Folders a walk has to be asked about, so that a nested repository in an ignored folder is no refusal. */
export function questionsFor(
  base: RawTree,
  files: readonly { readonly path: RawPath }[],
  nested: Iterable<RawPath>,
  submodules: ReadonlySet<RawPath>,
): RawPath[] {
  const fresh = files
    .map(({ path }) => path)
    .filter((path) => !base.has(path) && rootOf(parentOf(path), submodules) === null);
  return [...fresh, ...[...nested].map((folder) => `${folder}/`)];
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_048_576)} MB`;

const tooLarge = (size: number, { fileBytes, totalBytes }: Caps): string =>
  size > fileBytes
    ? `${megabytes(size)}, more than the ${megabytes(fileBytes)} that a file may have`
    : `with it the change has more than ${megabytes(totalBytes)} in all`;
