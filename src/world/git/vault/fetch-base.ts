import { OmkError } from '../../../domain/error.ts';
import type { CommitId, TreeId } from '../../../domain/ids.ts';
import { absentObjects } from '../objects/absent.ts';
import { readObjects } from '../objects/read.ts';
import { missing, resolve } from '../objects/resolve.ts';
import { locate } from '../repository/locate.ts';
import type { GitCall } from '../run.ts';
import { git, gitText, pipeGit, tryGit } from '../run.ts';
import type { VaultPlace } from './place.ts';
import { BASES, baseRef } from './place.ts';
import { markShallow } from './shallow.ts';

/** A partial clone may lack files of its own commit; reading one would make git call its remote. */
async function requireComplete(from: GitCall, commit: CommitId, root: string): Promise<void> {
  const promisor = await tryGit(
    ['config', '--get-regexp', '^(extensions\\.partialclone|remote\\..*\\.promisor)$'],
    from,
  );
  if (promisor.code !== 0) return;
  const listed = await git(['rev-list', '--objects', '--no-walk', '--missing=print', commit], from);
  const absent = listed
    .toString('latin1')
    .split('\n')
    .filter((line) => line.startsWith('?')).length;
  if (absent === 0) return;
  throw new OmkError(
    'PARTIAL_CLONE',
    `${absent} files of commit ${commit.slice(0, 12)} are not in this partial clone.`,
    `Get them: \`git -C ${root} fetch --refetch --no-filter origin\`, then run the command again.`,
  );
}

const KNOWN_BASES = 8;

/** Trees of earlier bases that both sides have: what is in them need not be copied again. */
async function knownTrees(vault: GitCall, from: GitCall): Promise<string[]> {
  const trees = await gitText(
    ['for-each-ref', '--sort=-creatordate', `--count=${KNOWN_BASES}`, '--format=%(tree)', BASES],
    vault,
  );
  if (trees === '') return [];
  const ids = [...new Set(trees.split('\n'))];
  const absent = await absentObjects(from, ids);
  return ids.filter((id) => !absent.has(id));
}

/** One process reads there, one writes here. No fetch, so no transport, shell, hook or setting of the other side takes part. */
async function copyObjects({ call }: VaultPlace, from: GitCall, revisions: readonly string[]): Promise<void> {
  const args = ['pack-objects', '--revs', '--stdout', '--quiet', '--delta-base-offset', '--window=0'];
  await pipeGit(
    {
      args: [...args, '--no-use-bitmap-index'],
      call: { ...from, input: revisions.map((line) => `${line}\n`).join('') },
    },
    { args: ['index-pack', '--stdin'], call: { ...call, durable: true } },
  );
}

/** Copies a whole tree; `from` says where its objects are. Nothing leads to it yet in the vault. */
export async function fetchTree(place: VaultPlace, from: GitCall, tree: TreeId): Promise<void> {
  if ((await absentObjects(place.call, [tree])).size === 0) return;
  const known = await knownTrees(place.call, from);
  await copyObjects(place, from, [tree, ...known.map((each) => `^${each}`)]);
}

/**
 * Copies a commit with its whole tree, without history, from a repository of the user.
 */
export async function fetchBase(place: VaultPlace, path: string, commit: CommitId): Promise<void> {
  if ((await resolve(place.call, baseRef(commit))) === commit) return;
  const { commonDir } = await locate(path);
  const from: GitCall = { gitDir: commonDir, whose: 'user' };
  const [[found], known] = await Promise.all([
    readObjects(from, [commit]),
    knownTrees(place.call, from),
    requireComplete(from, commit, path),
  ]);
  if (found?.kind !== 'commit') throw missing(`Commit ${commit}`);
  await copyObjects(place, from, [`--shallow ${commit}`, commit, ...known.map((tree) => `^${tree}`)]);
  if (/^parent /m.test(found.content.toString('latin1').split('\n\n', 1)[0] ?? ''))
    await markShallow(place.dir, commit);
  await gitText(['update-ref', baseRef(commit), commit], { ...place.call, durable: true });
}
