import { branchName, defaultBranch, markedGoals, type BranchSeen } from '../../domain/delivery/branch.ts';
import { checkedGates } from '../../domain/delivery/body/facts.ts';
import { code } from '../../domain/delivery/body/text.ts';
import { composeBody, type BodyRequest } from '../../domain/delivery/body/compose.ts';
import type { PullRequestRecord } from '../../domain/delivery/delivery.ts';
import { nextDelivery, type DeliveryStep } from '../../domain/delivery/next.ts';
import { openByHand, openFromFork, placeName, type RemotePlace } from '../../domain/delivery/remote.ts';
import { OmkError } from '../../domain/error.ts';
import type { CommitId, GoalId } from '../../domain/ids.ts';
import type { ForgeRepository, PullRequest } from '../../world/forge/port.ts';
import type { RemoteRepository, Vault } from '../../world/git/port.ts';
import { whileLeased } from '../lease.ts';
import { created } from '../context.ts';
import { publish } from '../publish/publish.ts';
import { Session } from '../session.ts';
import type { Notify, World } from '../world.ts';
import { writableForge } from './forge.ts';
import { chooseBase, isOnBase, wishedBase } from './head.ts';
import { goalsBefore, type Before } from './before.ts';
import { deliveryRefusal } from './refusals.ts';
import { judgeWithBase } from './moved-base.ts';
import { provenResult, type Judged, type Result } from './result.ts';
import { readTemplate } from './template.ts';

export interface OpenPrOptions {
  readonly remote: string | null;
  readonly branch: string | null;
  readonly base: string | null;
  readonly draft: boolean;
  readonly title: string | null;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly assignees: readonly string[];
}

export type Opened =
  | {
      readonly kind: 'pull_request';
      readonly how: 'opened' | 'updated' | 'unchanged';
      readonly pullRequest: PullRequestRecord;
    }
  /** No forge that omk knows, or a fork: a person opens it. */
  | {
      readonly kind: 'pushed';
      readonly branch: string;
      readonly base: string;
      readonly commit: CommitId;
      readonly remote: string;
      readonly openAt: string | null;
      /** The repository that the remote is a fork of. */
      readonly forkOf?: string;
    };

/** How many names are tried for the branch, and how often a remote may change meanwhile. */
const NAMES = 10;
const ROUNDS = 12;

/** Brings a ready result to a branch of its own on a remote and opens its pull request there, or finds and updates it. */
export async function openPullRequest(
  outer: World,
  goal: GoalId,
  options: OpenPrOptions,
  signal: AbortSignal,
  notify: Notify = () => undefined,
): Promise<Opened> {
  return whileLeased(outer, goal, signal, async (held, world) => {
    const session = await Session.open(world, goal, notify);
    const vault = await world.git.openVault(created(session.state).repository);
    const result = await provenResult(world, session, vault);
    const { branch } = result.created.repository;
    const before = await goalsBefore(world, session);
    const request = { vault, root: vault.root, remote: options.remote, branch };
    try {
      return await world.git.withRemote(request, (remote) =>
        new Delivering({ world, session, vault, result, remote, options, before, signal: held, notify }).run(),
      );
    } finally {
      await publish({ world, session, vault });
    }
  });
}

interface Parts {
  readonly world: World;
  readonly session: Session;
  readonly vault: Vault;
  readonly result: Result;
  readonly remote: RemoteRepository;
  readonly options: OpenPrOptions;
  readonly before: readonly Before[];
  readonly signal: AbortSignal;
  readonly notify: Notify;
}

class Delivering {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async run(): Promise<Opened> {
    const { world, remote, options, result, session } = this.#parts;
    const open = await writableForge(world, remote);
    // Who works in a fork means the repository above it, where omk compares and merges nothing.
    const isMeantHere = options.base !== null || session.state.delivery.pullRequest !== null;
    const parent = isMeantHere ? null : (open?.about.parent ?? null);
    const forge = parent === null ? (open?.forge ?? null) : null;
    await this.#requireNotMerged(forge);
    const { pushed } = session.state.delivery;
    const { origin } = result.created;
    const onBranch = origin?.kind === 'pull_request' ? origin : null;
    const asked = options.base ?? pushed?.base ?? onBranch?.base ?? null;
    const wished = wishedBase(remote.name, result.created);
    const meant = [asked, wished].filter((name) => name !== null);
    const first = await remote.heads(meant);
    const main =
      first.main === null || first.heads.has(first.main) ? first : await remote.heads([...meant, first.main]);
    const base = chooseBase(remote, main, asked, wished);
    const judged = await this.#judged(base, main.heads.get(base) ?? '');
    const { commit } = judged;
    const body = await this.#body(judged, base);
    const retried = await this.#retried(forge, base, commit);
    const names = retried === null ? this.#names() : [retried];
    for (let round = 0; round < ROUNDS; round++) {
      const { heads } = await remote.heads(names);
      const branches = await Promise.all(
        names.map(async (name) => ({ name, seen: await this.#seen(heads.get(name), commit) })),
      );
      const usable = branches.find(({ seen }) => seen.kind !== 'other')?.name;
      const found = forge && usable !== undefined ? await this.#find(forge, usable) : null;
      const step = nextDelivery({
        branches,
        commit,
        pullRequest: () =>
          found && {
            ...found,
            ours: this.#isOurs(found) || this.#isOfCommit(found, base, commit),
            upToDate: this.#isUpToDate(found, commit, body),
          },
      });
      const done = await this.#perform(step, { forge, parent, base, judged, body, found });
      if (done) return done;
    }
    throw new OmkError('REMOTE_CHANGING', `Remote '${remote.name}' kept changing`, 'run the command again', {
      exit: 4,
    });
  }

  /** The result, or where its base has moved, the result with that. */
  async #judged(base: string, tip: CommitId): Promise<Judged> {
    const { world, session, vault, remote, result, signal, notify } = this.#parts;
    if (await isOnBase(remote, result, base, tip)) return result;
    return judgeWithBase({ world, session, vault, remote, result, base, tip, signal, notify });
  }

  /** What goes on with a pull request has its branch and no other. */
  #names(): readonly string[] {
    const { options, session, result } = this.#parts;
    const { origin } = result.created;
    if (origin?.kind === 'pull_request' && options.branch === null) return [origin.branch];
    const wanted = options.branch ?? session.state.delivery.pushed?.branch ?? defaultBranch(session.goal);
    return Array.from({ length: NAMES }, (_, index) => branchName(wanted, index + 1));
  }

  /** Before anything else: a base that has the result already has moved, too. */
  async #requireNotMerged(forge: ForgeRepository | null): Promise<void> {
    const { session } = this.#parts;
    const { pullRequest, merged } = session.state.delivery;
    if (!forge || pullRequest === null) return;
    if (merged !== null || (await forge.pullRequest(pullRequest.number)).state === 'merged')
      throw deliveryRefusal({ kind: 'refuse', why: 'merged', number: pullRequest.number }, session.goal);
  }

  /** What a pull request says of a base that has moved. */
  async #moved({ goal, commit }: Judged, base: string): Promise<Pick<BodyRequest, 'moved' | 'merged'>> {
    const { world, session } = this.#parts;
    if (goal === session.goal) return { moved: null, merged: null };
    const { state } = await Session.open(world, goal);
    const onto = state.created?.repository.commit ?? '';
    const gates = checkedGates(state).map(
      ({ gate, passed }) => `${code(gate)}${passed === null ? '' : ` (${passed} tests)`}`,
    );
    const moved =
      `Branch ${code(base)} has moved since: the result was merged with ${code(onto)} and judged again as goal ${code(goal)}, ` +
      `which is ready with ${gates.join(', ')}. Its proof is of ${code(commit)}.`;
    return { moved, merged: { goal, base: onto, commit } };
  }

  async #body(judged: Judged, base: string): Promise<string> {
    const { world, session, vault, result } = this.#parts;
    const { repository } = result.created;
    return composeBody(session.state, {
      goal: session.goal,
      commit: judged.goal === session.goal ? judged.commit : (session.state.integrated?.commit ?? result.commit),
      template: await readTemplate(vault, repository.tree),
      places: [repository.root, vault.root, vault.dir, world.files.stateDir],
      keyid: await world.proofs.keyid(),
      ...(await this.#moved(judged, base)),
      before: this.#parts.before,
    });
  }

  async #seen(there: CommitId | undefined, commit: CommitId): Promise<BranchSeen> {
    const { remote, session } = this.#parts;
    if (there === undefined) return { kind: 'absent' };
    if (there === commit) return { kind: 'same' };
    const { origin, repository } = this.#parts.result.created;
    const ours =
      session.state.delivery.pushed?.commit === there ||
      (origin?.kind === 'pull_request' && repository.commit === there);
    return ours && (await remote.isAncestor(there, commit)) ? { kind: 'behind', commit: there } : { kind: 'other' };
  }

  /** An open one before one that is over. */
  async #find(forge: ForgeRepository, branch: string): Promise<PullRequest | null> {
    const all = await forge.pullRequestsOf(branch);
    return all.find(({ state }) => state === 'open') ?? all.find((each) => this.#isOurs(each)) ?? null;
  }

  #isOurs({ body, number }: PullRequest): boolean {
    const { session, before } = this.#parts;
    const goals = [session.goal, ...before.map(({ goal }) => goal)];
    return (
      markedGoals(body).some((goal) => goals.includes(goal)) || session.state.delivery.pullRequest?.number === number
    );
  }

  /** Made from another goal that was given the same commit: each `omk judge` is a goal of its own. */
  #isOfCommit(found: PullRequest, base: string, commit: CommitId): boolean {
    const { given } = this.#parts.result.created;
    const { state, body } = found;
    return (
      given !== undefined &&
      state === 'open' &&
      found.base === base &&
      found.commit === commit &&
      markedGoals(body).length > 0
    );
  }

  /** The branch that an earlier delivery of a given commit made; null when there is none, or its pull request is another. */
  async #retried(forge: ForgeRepository | null, base: string, commit: CommitId): Promise<string | null> {
    const { remote, options, session, result } = this.#parts;
    if (!result.created.given || options.branch !== null || session.state.delivery.pushed !== null) return null;
    const { heads } = await remote.heads([defaultBranch('*')]);
    let free: string | null = null;
    for (const [name, there] of heads) {
      if (there !== commit || name === base) continue;
      const open = ((await forge?.pullRequestsOf(name)) ?? []).filter(({ state }) => state === 'open');
      if (open.length === 0) free ??= name;
      else if (open.every((found) => this.#isOfCommit(found, base, commit))) return name;
    }
    return free;
  }

  #isUpToDate(found: PullRequest, commit: CommitId, body: string): boolean {
    const { title, labels, reviewers, assignees } = this.#parts.options;
    const asked = labels.length + reviewers.length + assignees.length > 0;
    return (
      found.commit === commit &&
      found.body.replaceAll('\r\n', '\n') === body &&
      (title ?? found.title) === found.title &&
      !asked
    );
  }

  async #perform(
    step: DeliveryStep,
    {
      forge,
      parent,
      base,
      judged,
      body,
      found,
    }: {
      readonly forge: ForgeRepository | null;
      readonly parent: RemotePlace | null;
      readonly base: string;
      readonly judged: Judged;
      readonly body: string;
      readonly found: PullRequest | null;
    },
  ): Promise<Opened | null> {
    const { remote, options, result, session } = this.#parts;
    const { commit } = judged;
    switch (step.kind) {
      case 'refuse':
        throw deliveryRefusal(step, session.goal);
      case 'push': {
        const { kind } = await remote.push(commit, step.branch);
        if (kind === 'pushed') await this.#recordPush(step.branch, base, judged);
        return null;
      }
      case 'open': {
        await this.#recordPush(step.branch, base, judged);
        if (!forge)
          return {
            kind: 'pushed',
            branch: step.branch,
            base,
            commit,
            remote: remote.name,
            openAt:
              parent && remote.place
                ? openFromFork(parent, remote.place, step.branch, base)
                : remote.place && openByHand(remote.place, step.branch, base),
            ...(parent ? { forkOf: placeName(parent) } : {}),
          };
        const title = options.title ?? result.created.title;
        const made = await forge.openPullRequest({ title, body, branch: step.branch, base, draft: options.draft });
        const record = await this.#record('delivery.pr_opened', made);
        await forge.annotate(made.number, options);
        return { kind: 'pull_request', how: 'opened', pullRequest: record };
      }
      case 'update': {
        await this.#recordPush(step.branch, base, judged);
        const title = options.title === null ? {} : { title: options.title };
        const made = await forge?.updatePullRequest(step.number, { ...title, body });
        if (!forge || !made) return null;
        await forge.annotate(step.number, options);
        const known = session.state.delivery.pullRequest?.number === step.number;
        const record = await this.#record(known ? 'delivery.pr_updated' : 'delivery.pr_opened', made);
        return { kind: 'pull_request', how: 'updated', pullRequest: record };
      }
      case 'done': {
        await this.#recordPush(step.branch, base, judged);
        if (!found) return null;
        const known = session.state.delivery.pullRequest;
        const record = known?.number === found.number ? known : await this.#record('delivery.pr_opened', found);
        return { kind: 'pull_request', how: 'unchanged', pullRequest: record };
      }
    }
  }

  /** Once for each branch and commit, also where a process ended between the push and this. */
  async #recordPush(branch: string, base: string, { commit, tree, goal }: Judged): Promise<void> {
    const { session, remote } = this.#parts;
    const { pushed } = session.state.delivery;
    if (pushed?.branch === branch && pushed.commit === commit && pushed.base === base) return;
    const repository = remote.place ? placeName(remote.place) : `remote ${remote.name}`;
    await session.append({
      type: 'delivery.pushed',
      data: { repository, branch, base, commit, tree, ...(goal === session.goal ? {} : { judged: goal }) },
    });
  }

  async #record(type: 'delivery.pr_opened' | 'delivery.pr_updated', made: PullRequest): Promise<PullRequestRecord> {
    const { number, url, branch, base, commit, draft } = made;
    const data = { number, url, branch, base, commit, draft };
    await this.#parts.session.append({ type, data });
    return data;
  }
}
