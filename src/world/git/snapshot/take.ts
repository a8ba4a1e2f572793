import { lstatSync } from 'node:fs';
import { OmkError } from '../../../domain/error.ts';
import { isToolCache } from '../../../domain/contract/tool-caches.ts';
import type { Snapshot } from '../../../domain/git/snapshot.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import { absentObjects } from '../objects/absent.ts';
import type { ObjectFormat } from '../objects/id.ts';
import { toRaw, toRepoPath, type RawPath } from '../../../domain/git/path-bytes.ts';
import type { GitCall } from '../run.ts';
import type { Bases } from './bases.ts';
import type { Caps } from './examine.ts';
import { examine, submodulesOf } from './examine.ts';
import { findIgnored } from './ignored.ts';
import type { Judgement } from './judge.ts';
import { judge, questionsFor } from './judge.ts';
import { keepTrees } from './keep.ts';
import { ChangedMeanwhile, readContent } from './read-file.ts';
import { pathBelow, walk } from './walk.ts';

export interface SnapshotRequest {
  readonly worktree: string;
  readonly base: TreeId;
  readonly ref: string;
  readonly layers: readonly RepoPath[];
  readonly ignores?: string;
  readonly message: string;
  readonly at: number;
}

export interface SnapshotPlace {
  readonly call: GitCall;
  readonly temporary: string;
  readonly format: ObjectFormat;
  readonly caps: Caps;
  readonly bases: Bases;
}

const NAMED = 50;
const REFUSED_NAMED = 100;
const TRIES = 3;
const ASK_FROM_BYTES = 1024 * 1024;

function isFolder(root: string, path: RawPath): boolean {
  return lstatSync(pathBelow(root, path), { throwIfNoEntry: false })?.isDirectory() === true;
}

async function look(
  place: SnapshotPlace,
  request: SnapshotRequest,
): Promise<Judgement & { readonly special: readonly RawPath[] }> {
  const { call, temporary, format, caps } = place;
  const { tree: base, rules, links } = await place.bases.get(request.base);
  const layers = new Set(request.layers.map(toRaw));
  const walked = walk(request.worktree, { skip: layers, leaveGit: true });
  const submodules = submodulesOf(base);
  const asked = questionsFor(base, walked.files, walked.nested, submodules);
  const ignored = new Set([
    ...(await findIgnored(call, temporary, { rules, personal: request.ignores ?? '' }, asked)),
    ...asked.filter(isToolCache),
  ]);
  const examination = await examine(request.worktree, walked, base, ignored, format, caps);
  const keptSubmodules = new Set([...submodules].filter((path) => isFolder(request.worktree, path)));
  return {
    ...judge({ base, examination, tooLong: walked.tooLong, layers, keptSubmodules, caps }, links),
    special: walked.special,
  };
}

/** Compressing what the vault has already costs more than asking, once there is a lot of it. */
async function withoutKnown(call: GitCall, store: Judgement['store']): Promise<Judgement['store']> {
  if (store.reduce((sum, { read }) => sum + read.size, 0) < ASK_FROM_BYTES) return store;
  const absent = await absentObjects(
    call,
    store.map(({ id }) => id),
  );
  return store.filter(({ id }) => absent.has(id));
}

async function takeOnce(place: SnapshotPlace, request: SnapshotRequest): Promise<Snapshot> {
  const { call, format } = place;
  const seen = await look(place, request);
  const store = await withoutKnown(call, seen.store);
  function* blobs(): Generator<Uint8Array> {
    for (const file of store) yield readContent(request.worktree, file, format, file.id);
  }
  const { candidate, salvage } = await keepTrees(call, {
    ...seen,
    ...request,
    blobs: blobs(),
    complete: seen.overCap.length === 0,
  });
  const named = (paths: readonly RawPath[]): RepoPath[] => paths.slice(0, NAMED).map(toRepoPath);
  const more = seen.refused.length - REFUSED_NAMED;
  const refused = seen.refused.slice(0, REFUSED_NAMED).map(({ path, code, detail }, index) => ({
    path: toRepoPath(path),
    code,
    detail: more > 0 && index === REFUSED_NAMED - 1 ? `${detail} (and ${more} more paths)` : detail,
  }));
  return {
    candidate,
    salvage,
    ref: request.ref,
    refused,
    ignored: named(seen.ignored),
    special: named(seen.special),
    overCap: named(seen.overCap),
  };
}

function isRace(error: unknown): boolean {
  if (error instanceof ChangedMeanwhile) return true;
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EINVAL'].includes(String(error.code));
}

/**
 * A worktree's content as two trees in the vault, kept by `ref`, durable on return.
 * `OmkError` `WORKTREE_GONE`, `WORKTREE_UNREADABLE`, `WORKTREE_CHANGING`.
 */
export async function takeSnapshot(place: SnapshotPlace, request: SnapshotRequest): Promise<Snapshot> {
  if (!isFolder(request.worktree, '')) {
    throw new OmkError(
      'WORKTREE_GONE',
      `The worktree ${request.worktree} is no longer there.`,
      'Resume the goal: it goes on from the last snapshot.',
      { exit: 6 },
    );
  }
  for (let tries = 1; ; tries++) {
    try {
      return await takeOnce(place, request);
    } catch (error) {
      if (!isRace(error)) throw error;
      if (tries === TRIES) {
        throw new OmkError(
          'WORKTREE_CHANGING',
          `Files in ${request.worktree} changed while they were saved.`,
          'End whatever still writes there and resume the goal.',
          { exit: 6, cause: error },
        );
      }
    }
  }
}
