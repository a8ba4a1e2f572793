import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { CommitId } from '../../../domain/ids.ts';
import { isAncestor } from '../apply/ancestor.ts';
import { PROOFS } from '../apply/proofs.ts';
import { mergeBase } from '../change/revisions.ts';
import { commitTree } from '../objects/commit.ts';
import { initBare } from '../objects/neutral.ts';
import { resolve, resolveTree } from '../objects/resolve.ts';
import type { Git, Heads, PushResult, RemoteRepository } from '../port.ts';
import { locate, type Located } from '../repository/locate.ts';
import { git, tryGit, type GitCall } from '../run.ts';
import { withTemporary } from '../temporary.ts';
import { chooseRemote, remoteAt, type ChosenRemote } from './choose.ts';
import { lastWords, remoteFailure } from './failures.ts';
import { pushProofs } from './push-proofs.ts';
import { mergeTrees } from './merge-trees.ts';

/** A place for objects that belong neither into the vault nor into the user's repository; it sees those of both. */
interface Bench {
  readonly call: GitCall;
  readonly objects: string;
}

/**
 * A remote of the user's repository for the time of one call. What is fetched and merged stays in a folder of its own;
 * the user's references, settings and objects are only read, no hook runs, and nothing is ever forced.
 */
export const withRemote: Git['withRemote'] = async ({ vault, root, remote, branch }, work) => {
  const found = await locate(root);
  const user: GitCall = { gitDir: found.gitDir, whose: 'user' };
  const chosen = await chooseRemote(user, remote, branch);
  return withTemporary(tmpdir(), async (dir) => {
    const bench = await openBench(dir, found, vault.dir);
    return work(openRemote({ user, bench, chosen, found, vault: join(vault.dir, 'objects') }));
  });
};

async function openBench(dir: string, found: Located, vault: string): Promise<Bench> {
  const gitDir = await initBare(join(dir, 'git'), found.format);
  const objects = join(gitDir, 'objects');
  await mkdir(join(objects, 'info'), { recursive: true });
  const others = [join(found.commonDir, 'objects'), join(vault, 'objects')];
  await writeFile(join(objects, 'info', 'alternates'), others.map((path) => `${path}\n`).join(''));
  if (found.shallow) await copyFile(join(found.commonDir, 'shallow'), join(gitDir, 'shallow'));
  return { call: { gitDir, whose: 'omk' }, objects };
}

interface Open {
  readonly user: GitCall;
  readonly bench: Bench;
  readonly chosen: ChosenRemote;
  readonly found: Located;
  readonly vault: string;
}

function openRemote({ user, bench, chosen, found, vault }: Open): RemoteRepository {
  // A name of its own, so that no reference of the user follows a remote; its URL is in no list of processes of omk's making.
  const alias = `omk-delivery-${process.pid}`;
  const network: GitCall = {
    ...user,
    network: true,
    timeoutMs: 600_000,
    config: [
      [`remote.${alias}.url`, chosen.url],
      ...(chosen.pushUrl === null ? [] : ([[`remote.${alias}.pushurl`, chosen.pushUrl]] as const)),
    ],
    env: {
      GIT_OBJECT_DIRECTORY: bench.objects,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: [join(found.commonDir, 'objects'), vault].map(quoted).join(':'),
    },
  };
  const speak = async (args: readonly string[]): Promise<Buffer> => {
    const output = await tryGit(args, network);
    if (output.code !== 0) throw remoteFailure(chosen.name, output);
    return output.stdout;
  };
  const has = async (commit: CommitId): Promise<boolean> =>
    (await resolve(bench.call, `${commit}^{commit}`)) === commit;
  return {
    name: chosen.name,
    place: chosen.place,
    shallow: found.shallow,
    at: async (place) => openRemote({ user, bench, found, vault, chosen: await remoteAt(user, chosen, place) }),
    heads: async (branches) =>
      readHeads(await speak(['ls-remote', '--symref', alias, 'HEAD', ...branches.map((name) => `refs/heads/${name}`)])),
    fetch: async (branch, commit) => {
      if (await has(commit)) return;
      await speak([...FETCH, alias, `refs/heads/${branch}`]);
      if (!(await has(commit))) throw changing(`Branch '${branch}' of remote '${chosen.name}'`);
    },
    fetchPullRequest: async (number, branch, commit) => {
      if (await has(commit)) return;
      await speak([...FETCH, alias, `refs/pull/${number}/head`]).catch(() =>
        speak([...FETCH, alias, `refs/heads/${branch}`]),
      );
      if (!(await has(commit))) throw changing(`Pull request #${number}`);
    },
    has,
    mergeBase: (one, other) => mergeBase({ call: bench.call, shallow: found.shallow }, one, other),
    isAncestor: (older, newer) => isAncestor(bench.call, older, newer),
    treeOf: (commit) => resolveTree(bench.call, commit),
    commitsBetween: async (from, to) =>
      Number((await git(['rev-list', '--count', `${from}..${to}`], bench.call)).toString('utf8').trim()),
    merge: (ours, theirs) => mergeTrees(bench.call, ours, theirs),
    commit: (request) => commitTree(bench.call, request),
    dir: bench.call.gitDir ?? '',
    push: (commit, branch) => push(network, chosen.name, [alias, `${commit}:refs/heads/${branch}`]),
    pushProofs: (request) =>
      pushProofs(
        {
          call: bench.call,
          tip: async () => {
            const [id = ''] = (await speak(['ls-remote', alias, PROOFS])).toString('utf8').split('\t');
            if (id === '') return null;
            if (!(await has(id))) await speak([...FETCH, alias, PROOFS]);
            return id;
          },
          push: (commit) => push(network, chosen.name, [alias, `${commit}:${PROOFS}`]),
        },
        request,
      ),
  };
}

const changing = (what: string): OmkError =>
  new OmkError('REMOTE_CHANGING', `${what} changed while it was read`, 'run the command again', { exit: 4 });

const FETCH = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-prune',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--no-recurse-submodules',
  '--refmap=',
];

/** Git takes a path with a colon only in quotes. */
const quoted = (path: string): string =>
  /[:"\\]/u.test(path) ? `"${path.replaceAll(/["\\]/gu, String.raw`\$&`)}"` : path;

function readHeads(output: Buffer): Heads {
  const heads = new Map<string, CommitId>();
  let main: string | null = null;
  for (const line of output.toString('utf8').split('\n')) {
    const [what = '', ref = ''] = line.split('\t');
    if (what.startsWith('ref: refs/heads/') && ref === 'HEAD') main = what.slice('ref: refs/heads/'.length);
    else if (ref.startsWith('refs/heads/')) heads.set(ref.slice('refs/heads/'.length), what);
  }
  return { main, heads };
}

/** What the other side does not take because its branch has other content is no failure. */
async function push(network: GitCall, remote: string, what: readonly [string, string]): Promise<PushResult> {
  const output = await tryGit(
    ['push', '--porcelain', '--no-follow-tags', '--recurse-submodules=no', '--', ...what],
    network,
  );
  if (output.code === 0) return { kind: 'pushed' };
  const refused = output.stdout
    .toString('utf8')
    .split('\n')
    .find((line) => line.startsWith('!\t'));
  if (refused === undefined) throw remoteFailure(remote, output);
  if (/\[rejected\]/u.test(refused)) return { kind: 'rejected' };
  throw new OmkError(
    'PUSH_REFUSED',
    `Remote '${remote}' refused the branch: ${lastWords(`${refused.split('\t').at(-1) ?? ''}\n${remoteLines(output.stderr)}`)}`,
    'give another name with --branch, or ask who looks after the rules of this repository',
    { exit: 4 },
  );
}

const remoteLines = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => line.startsWith('remote: ') && line.trim() !== 'remote:')
    .slice(0, 3)
    .map((line) => line.slice('remote: '.length).trim())
    .join(' ');
