import { branchName, defaultBranch, markedGoals, type BranchSeen } from '../../domain/delivery/branch.ts';
import { checkedGates } from '../../domain/pull-request/facts.ts';
import { code } from '../../domain/pull-request/text.ts';
import { composeBody, type BodyRequest } from '../../domain/pull-request/compose.ts';
import type { Delivery, PullRequestRecord } from '../../domain/delivery/delivery.ts';
import { nextDelivery, type DeliveryStep } from '../../domain/delivery/next.ts';
import { openByHand, openFromFork, placeName } from '../../domain/delivery/remote.ts';
import { OmkError } from '../../domain/error.ts';
import type { CommitId, GoalId } from '../../domain/ids.ts';
import type { ForgeRepository, PullRequest } from '../../world/forge/port.ts';
import type { RemoteRepository, Vault } from '../../world/git/port.ts';
import { whileLeased } from '../lease.ts';
import { created } from '../context.ts';
import { publish } from '../publish/publish.ts';
import { Session } from '../session.ts';
import type { Notify, World } from '../world.ts';
import { earlierDelivery, type Earlier } from './earlier.ts';
import { targetOf, type Target } from './forge.ts';
import { chooseBase, isOnBase, wishedBase } from './head.ts';
import { goalsBefore, type Before } from './before.ts';
import { deliveryRefusal } from './refusals.ts';
import { judgeWithBase } from './moved-base.ts';
import { deliveredResult, provenResult, type Judged, type Result } from './result.ts';
import { askedOf, type OpenPrOptions, type Opened, type ProofSent } from './options.ts';
import { sendProof } from './send-proof.ts';

export type { Opened, OpenPrOptions } from './options.ts';
import { readTemplate } from './template.ts';

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
      return await world.git.withRemote(request, async (remote) => {
        const { inFork } = options;
        const target = await targetOf(world, remote, { inFork, record: session.state.delivery.pullRequest });
        const parts = { world, session, vault, result, remote, target, options, before, signal: held, notify };
        return new Delivering(parts).run();
      });
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
  /** What is pushed to. */
  readonly remote: RemoteRepository;
  readonly target: Target;
  readonly options: OpenPrOptions;
  readonly before: readonly Before[];
  readonly signal: AbortSignal;
  readonly notify: Notify;
}

interface Performing {
  readonly base: string;
  readonly judged: Judged;
  readonly body: string;
  readonly found: PullRequest | null;
}

class Delivering {
  readonly #parts: Parts;
  /** By another goal that was given the same commit. */
  #earlier: Earlier | null = null;
  #proof: ProofSent | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async run(): Promise<Opened> {
    const { world, vault, target, remote, options, session } = this.#parts;
    const { forge } = target;
    await this.#requireNotMerged(forge);
    const { base, tip } = await this.#base();
    if (options.branch === null && session.state.delivery.pushed === null)
      this.#earlier = await earlierDelivery(world, this.#parts.result.created, base, forge);
    const result = await deliveredResult(world, this.#parts.result, this.#pushed(), vault);
    const judged = await this.#judged(result, base, tip);
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
      const done = await this.#perform(step, { base, judged, body, found });
      if (done) return done;
    }
    throw new OmkError('REMOTE_CHANGING', `Remote '${remote.name}' kept changing`, 'run the command again', {
      exit: 4,
    });
  }

  /** What this goal pushed, or an earlier one of the same commit. */
  #pushed(): Delivery['pushed'] {
    return this.#parts.session.state.delivery.pushed ?? this.#earlier?.pushed ?? null;
  }

  /** The branch that it is meant for, and what that has now. */
  async #base(): Promise<{ readonly base: string; readonly tip: CommitId }> {
    const { target, remote, options, session, result } = this.#parts;
    const { origin } = result.created;
    const onBranch = origin?.kind === 'pull_request' ? origin : null;
    const asked = options.base ?? session.state.delivery.pushed?.base ?? onBranch?.base ?? null;
    const wished = [target.remote, remote].map(({ name }) => wishedBase(name, result.created));
    const meant = [asked, ...wished].filter((name) => name !== null);
    const first = await target.remote.heads(meant);
    const main =
      first.main === null || first.heads.has(first.main) ? first : await target.remote.heads([...meant, first.main]);
    const there = wished.find((name) => name !== null && main.heads.has(name)) ?? null;
    const base = chooseBase(target.remote, main, asked, there);
    return { base, tip: main.heads.get(base) ?? '' };
  }

  /** The result, or where its base has moved, the result with that. */
  async #judged(result: Result, base: string, tip: CommitId): Promise<Judged> {
    const { world, session, vault, target, signal, notify } = this.#parts;
    const { remote } = target;
    if (await isOnBase(remote, result, base, tip)) return result;
    return judgeWithBase({ world, session, vault, remote, result, base, tip, signal, notify });
  }

  /** What goes on with a pull request has its branch and no other. */
  #names(): readonly string[] {
    const { options, session, result } = this.#parts;
    const { origin } = result.created;
    if (origin?.kind === 'pull_request' && options.branch === null) return [origin.branch];
    const wanted = options.branch ?? this.#pushed()?.branch ?? defaultBranch(session.goal);
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
    const { remote } = this.#parts;
    if (there === undefined) return { kind: 'absent' };
    if (there === commit) return { kind: 'same' };
    const { origin, repository, given } = this.#parts.result.created;
    const ours =
      this.#pushed()?.commit === there ||
      // As it was given, before its base moved.
      (given !== undefined && given.commit === there) ||
      (origin?.kind === 'pull_request' && repository.commit === there);
    return ours && (await remote.isAncestor(there, commit)) ? { kind: 'behind', commit: there } : { kind: 'other' };
  }

  /** An open one before one that is over. */
  async #find(forge: ForgeRepository, branch: string): Promise<PullRequest | null> {
    const all = await forge.pullRequestsOf(branch, ...this.#fork());
    return all.find(({ state }) => state === 'open') ?? all.find((each) => this.#isOurs(each)) ?? null;
  }

  #isOurs({ body, number }: PullRequest): boolean {
    const { session, before } = this.#parts;
    const goals = [session.goal, this.#earlier?.goal, ...before.map(({ goal }) => goal)];
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
      (found.commit === commit || found.commit === given.commit) &&
      markedGoals(body).length > 0
    );
  }

  /** The branch that an earlier delivery of a given commit made; null when there is none, or its pull request is another. */
  async #retried(forge: ForgeRepository | null, base: string, commit: CommitId): Promise<string | null> {
    const { remote, options, result } = this.#parts;
    const { given } = result.created;
    if (!given || options.branch !== null || this.#pushed() !== null) return null;
    const { heads } = await remote.heads([defaultBranch('*')]);
    let free: string | null = null;
    for (const [name, there] of heads) {
      if ((there !== commit && there !== given.commit) || name === base) continue;
      const open = ((await forge?.pullRequestsOf(name, ...this.#fork())) ?? []).filter(({ state }) => state === 'open');
      if (open.length === 0) free ??= name;
      else if (open.every((found) => this.#isOfCommit(found, base, commit))) return name;
    }
    return free;
  }

  #fork(): readonly [fork?: string] {
    const { fork } = this.#parts.target;
    return fork === null ? [] : [fork];
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

  async #perform(step: DeliveryStep, { base, judged, body, found }: Performing): Promise<Opened | null> {
    const { remote, target, options, result, session } = this.#parts;
    const { forge, parent } = target;
    const { commit } = judged;
    if (step.kind === 'refuse') throw deliveryRefusal(step, session.goal);
    // Before its branch: what begins to look at it then finds the proof.
    this.#proof ??= await sendProof({ ...this.#parts, judged });
    const proof = this.#proof;
    switch (step.kind) {
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
            proof,
            branch: step.branch,
            base,
            commit,
            remote: remote.name,
            openAt:
              parent && remote.place
                ? openFromFork(parent, remote.place, step.branch, base)
                : remote.place && openByHand(remote.place, step.branch, base),
            ...(parent ? { forkOf: placeName(parent) } : {}),
            ignored: askedOf(options),
          };
        const title = options.title ?? result.created.title;
        const { branch } = step;
        const [fork] = this.#fork();
        const request = { title, body, branch, base, draft: options.draft, ...(fork === undefined ? {} : { fork }) };
        const made = await forge.openPullRequest(request);
        const record = await this.#record('delivery.pr_opened', made);
        const ignored = await this.#annotate(forge, made.number);
        return { kind: 'pull_request', proof, how: 'opened', pullRequest: record, ignored };
      }
      case 'update': {
        await this.#recordPush(step.branch, base, judged);
        const title = options.title === null ? {} : { title: options.title };
        const made = await forge?.updatePullRequest(step.number, { ...title, body });
        if (!forge || !made) return null;
        const ignored = await this.#annotate(forge, step.number);
        const known = session.state.delivery.pullRequest?.number === step.number;
        const record = await this.#record(known ? 'delivery.pr_updated' : 'delivery.pr_opened', made);
        return { kind: 'pull_request', proof, how: 'updated', pullRequest: record, ignored };
      }
      case 'done': {
        await this.#recordPush(step.branch, base, judged);
        if (!found) return null;
        const known = session.state.delivery.pullRequest;
        const record = known?.number === found.number ? known : await this.#record('delivery.pr_opened', found);
        return { kind: 'pull_request', proof, how: 'unchanged', pullRequest: record, ignored: [] };
      }
    }
  }

  /** Labels and the like; who opens a pull request from a fork may not always set them. Returns what could not be. */
  async #annotate(forge: ForgeRepository, number: number): Promise<readonly string[]> {
    const { options, target } = this.#parts;
    try {
      await forge.annotate(number, options);
      return [];
    } catch (error) {
      if (target.fork === null || !(error instanceof OmkError) || error.code !== 'FORGE_NO_PERMISSION') throw error;
      return askedOf({ ...options, draft: false, title: null });
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
