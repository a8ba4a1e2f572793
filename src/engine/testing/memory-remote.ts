import { hash } from 'node:crypto';
import type { CommitId, TreeId } from '../../domain/ids.ts';
import { BASE, created } from '../../domain/testing/build.ts';
import type { Check, ForgeRepository, PullRequest } from '../../world/forge/port.ts';
import type { RemoteRepository } from '../../world/git/port.ts';

const PLACE = { host: 'github.com', owner: 'o', name: 'n' } as const;

/** What a test does to a remote around a call of the engine: what throws fails before anything was done, or once it was. */
interface Meanwhile {
  before?: (call: string) => void;
  after?: (call: string) => void;
}

/** A remote and its forge in memory: one history, branches, and the pull requests between them. */
export function memoryRemote(shared: { readonly asked: string[] }) {
  const { repository } = created();
  const commits = new Map<CommitId, { readonly tree: TreeId; readonly parents: readonly CommitId[] }>([
    [repository.commit, { tree: BASE, parents: [] }],
  ]);
  const branches = new Map<string, CommitId>([['main', repository.commit]]);
  const pulls: PullRequest[] = [];
  const checks: Check[] = [];
  const meanwhile: Meanwhile = {};
  const noted = async <T>(call: string, act: () => T): Promise<T> => {
    shared.asked.push(call);
    meanwhile.before?.(call);
    const done = act();
    meanwhile.after?.(call);
    return done;
  };
  const makeCommit = (tree: TreeId, ...parents: readonly CommitId[]): CommitId => {
    const id = hash('sha1', [tree, ...parents].join(' '));
    commits.set(id, { tree, parents });
    return id;
  };
  const isAncestor = (older: CommitId, newer: CommitId): boolean =>
    older === newer || (commits.get(newer)?.parents ?? []).some((parent) => isAncestor(older, parent));
  /** As the forge shows it: a branch that goes on takes its pull request along. */
  const shown = (pull: PullRequest): PullRequest => ({ ...pull, commit: branches.get(pull.branch) ?? pull.commit });
  const change = (number: number, to: Partial<PullRequest>): PullRequest => {
    const at = pulls.findIndex((pull) => pull.number === number);
    const [old] = pulls.slice(at, at + 1);
    if (old === undefined || at < 0) throw new TypeError(`there is no pull request ${number}`);
    const made = { ...shown(old), ...to };
    pulls[at] = made;
    return made;
  };
  const remote: Partial<RemoteRepository> = {
    name: 'origin',
    place: PLACE,
    shallow: false,
    dir: '/remote.git',
    heads: async (names) => ({
      main: 'main',
      heads: new Map([...branches].filter(([name]) => names.includes(name))),
    }),
    fetch: async () => undefined,
    has: async (commit) => commits.has(commit),
    isAncestor: async (older, newer) => isAncestor(older, newer),
    treeOf: async (commit) => commits.get(commit)?.tree ?? BASE,
    push: (commit, branch) =>
      noted(`push ${branch}`, () => {
        const there = branches.get(branch);
        if (there !== undefined && !isAncestor(there, commit)) return { kind: 'rejected' };
        branches.set(branch, commit);
        return { kind: 'pushed' };
      }),
    pushProofs: () => noted('push proofs', () => 'pushed'),
  };
  const forge: Partial<ForgeRepository> = {
    forge: 'GitHub',
    about: async () => ({
      name: 'o/n',
      main: 'main',
      mayPush: true,
      archived: false,
      parent: null,
      methods: ['merge', 'squash'],
    }),
    pullRequestsOf: async (branch) => pulls.filter((pull) => pull.branch === branch).map(shown),
    pullRequest: async (number) => change(number, {}),
    openPullRequest: ({ fork: _fork, ...asked }) =>
      noted('open', () => {
        const number = pulls.length + 1;
        const made: PullRequest = {
          ...asked,
          number,
          url: `https://github.com/o/n/pull/${number}`,
          state: 'open',
          commit: branches.get(asked.branch) ?? '',
          mergeable: true,
          mergedAs: null,
        };
        pulls.push(made);
        return made;
      }),
    updatePullRequest: (number, to) => noted(`update ${number}`, () => change(number, to)),
    annotate: (number) => noted(`annotate ${number}`, () => undefined),
    checks: async () => checks,
    rules: async () => ({ checks: [], queue: false, methods: null }),
    merge: (number, { commit }) =>
      noted(`merge ${number}`, () => {
        const pull = change(number, {});
        if (pull.commit !== commit) return { kind: 'moved' };
        const mergedAs = makeCommit(commits.get(commit)?.tree ?? '', branches.get(pull.base) ?? '', commit);
        branches.set(pull.base, mergedAs);
        change(number, { state: 'merged', mergedAs });
        return { kind: 'merged', commit: mergedAs };
      }),
  };
  return { remote, forge, commits, branches, pulls, checks, meanwhile, makeCommit, change };
}
