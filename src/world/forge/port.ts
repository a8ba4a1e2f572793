import type { RemotePlace } from '../../domain/delivery/remote.ts';
import type { MergeMethod } from '../../domain/delivery/delivery.ts';
import type { CommitId } from '../../domain/ids.ts';

export interface AboutRepository {
  /** `owner/name` as the forge writes it. */
  readonly name: string;
  readonly main: string;
  readonly mayPush: boolean;
  readonly archived: boolean;
  /** The repository that this one is a fork of. */
  readonly parent: RemotePlace | null;
  readonly methods: readonly MergeMethod[];
}

export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
  readonly title: string;
  readonly body: string;
  readonly branch: string;
  readonly commit: CommitId;
  readonly base: string;
  /** Whether it merges without conflict; null while the forge has not found out. */
  readonly mergeable: boolean | null;
  /** The commit that it became on the base branch. */
  readonly mergedAs: CommitId | null;
}

export interface Check {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'pending';
  /** Who reports it; null for a commit status. */
  readonly app: number | null;
  readonly url: string | null;
  /** Its log can be asked for by this number. */
  readonly job: number | null;
  /** What it says of itself. */
  readonly summary: string;
}

export interface RequiredCheck {
  readonly name: string;
  /** Only reports of this app count; null: of anyone. */
  readonly app: number | null;
}

/** What the rules of a branch ask for before something is merged into it. */
interface BranchRules {
  readonly checks: readonly RequiredCheck[];
  /** Merges go through a queue of the forge. */
  readonly queue: boolean;
  /** Ways to merge that a rule allows; null: no rule says. */
  readonly methods: readonly MergeMethod[] | null;
}

/** A discussion about a line of a pull request that nobody has resolved. */
export interface ReviewThread {
  readonly path: string;
  readonly line: number | null;
  readonly comments: readonly { readonly author: string; readonly text: string }[];
}

export interface Issue {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly isPullRequest: boolean;
}

type MergeOutcome =
  | { readonly kind: 'merged'; readonly commit: CommitId }
  /** The branch has another commit than the one that was to be merged. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * One repository of a forge, with the rights of the user. Failures are `OmkError`s: `FORGE_NO_LOGIN`, `FORGE_NO_PERMISSION`,
 * `FORGE_NOT_FOUND`, `FORGE_RATE_LIMIT`, `FORGE_REFUSED`, `FORGE_UNREACHABLE`, `FORGE_UNAVAILABLE`. No token is in any of them.
 */
export interface ForgeRepository {
  /** For people: `GitHub`. */
  readonly forge: string;
  about(): Promise<AboutRepository>;
  /** Of a branch of this repository, or of a fork by its owner, in every state, newest first. */
  pullRequestsOf(branch: string, fork?: string): Promise<readonly PullRequest[]>;
  pullRequest(number: number): Promise<PullRequest>;
  openPullRequest(request: {
    readonly title: string;
    readonly body: string;
    readonly branch: string;
    /** The owner of the fork that has the branch; absent: this repository has it. */
    readonly fork?: string;
    readonly base: string;
    readonly draft: boolean;
  }): Promise<PullRequest>;
  updatePullRequest(number: number, change: { readonly title?: string; readonly body: string }): Promise<PullRequest>;
  /** Adds to what is there. */
  annotate(
    number: number,
    what: {
      readonly labels: readonly string[];
      readonly reviewers: readonly string[];
      readonly assignees: readonly string[];
    },
  ): Promise<void>;
  checks(commit: CommitId): Promise<readonly Check[]>;
  rules(branch: string): Promise<BranchRules>;
  /** The end of a check's log; empty where there is none to be had. */
  logTail(job: number): Promise<string>;
  openThreads(number: number): Promise<readonly ReviewThread[]>;
  merge(number: number, request: { readonly commit: CommitId; readonly method: MergeMethod }): Promise<MergeOutcome>;
  issue(number: number): Promise<Issue>;
  /** Oldest first, no pull requests; only those that have every one of the labels. */
  openIssues(labels: readonly string[]): Promise<readonly Issue[]>;
  /** One comment that has `marker`: what was written under it before is replaced. */
  comment(number: number, marker: string, body: string): Promise<void>;
}

export interface Forge {
  /** The repository at a place on the web; null where it is on no forge that omk knows. `OmkError` `FORGE_NO_LOGIN`. */
  at(place: RemotePlace): Promise<ForgeRepository | null>;
}
