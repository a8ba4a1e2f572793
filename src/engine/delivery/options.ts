import type { PullRequestRecord } from '../../domain/delivery/delivery.ts';
import type { CommitId } from '../../domain/ids.ts';

export interface OpenPrOptions {
  readonly remote: string | null;
  readonly branch: string | null;
  readonly base: string | null;
  readonly draft: boolean;
  readonly title: string | null;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
  readonly assignees: readonly string[];
  /** In the fork itself, where the remote is one; else in the repository above it. */
  readonly inFork: boolean;
  /** Whether the proof goes to `refs/omk/proofs` of the remote. */
  readonly proof: boolean;
}

/** What became of the proof: where it is on the remote now, or why it is not. */
export type ProofSent =
  | { readonly kind: 'pushed' | 'there' | 'kept' }
  | { readonly kind: 'refused'; readonly why: string };

export type Opened = { readonly proof: ProofSent } & (
  | {
      readonly kind: 'pull_request';
      readonly how: 'opened' | 'updated' | 'unchanged';
      readonly pullRequest: PullRequestRecord;
      /** What was asked for and could not be done. */
      readonly ignored: readonly string[];
    }
  /** No forge that omk knows, or one that it may not see: a person opens it. */
  | {
      readonly kind: 'pushed';
      readonly branch: string;
      readonly base: string;
      readonly commit: CommitId;
      readonly remote: string;
      readonly openAt: string | null;
      /** The repository that the remote is a fork of. */
      readonly forkOf?: string;
      readonly ignored: readonly string[];
    }
);

/** The options that only a pull request can have, as a person gave them. */
export const askedOf = ({ draft, title, labels, reviewers, assignees }: OpenPrOptions): readonly string[] => [
  ...(draft ? ['--draft'] : []),
  ...(title === null ? [] : ['--title']),
  ...labels.map((name) => `--label ${name}`),
  ...reviewers.map((name) => `--reviewer ${name}`),
  ...assignees.map((name) => `--assignee ${name}`),
];
