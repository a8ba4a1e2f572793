/** What the fake GitHub keeps. Names are those of its API. */
export interface FakePull {
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  draft: boolean;
  readonly head: string;
  /** The owner of the fork that has the head. */
  readonly fork?: string;
  readonly base: string;
  merged: { readonly sha: string; readonly at: string } | null;
  /** The commit of the head when the pull request ended; null while it is open. */
  lastHead: string | null;
  readonly labels: string[];
  readonly assignees: string[];
  readonly reviewers: string[];
}

interface FakeCheck {
  readonly id: number;
  readonly name: string;
  readonly status: 'completed' | 'in_progress' | 'queued';
  readonly conclusion: string | null;
  readonly app: { readonly id: number; readonly slug: string };
  readonly summary: string;
  readonly log: string;
}

interface FakeThread {
  readonly isResolved: boolean;
  readonly path: string;
  readonly line: number | null;
  readonly comments: readonly { readonly login: string | null; readonly body: string }[];
}

export interface FakeRepository {
  readonly owner: string;
  readonly name: string;
  /** A bare repository on the disk. */
  readonly git: string;
  /** What each token may do; a token that is not there is not accepted. */
  readonly tokens: Map<string, 'push' | 'read' | 'none'>;
  archived: boolean;
  /** A fork of it, whose branches are those of another bare repository. */
  fork?: { readonly owner: string; readonly git: string } | undefined;
  /** The repository that it is a fork of. */
  parent?: string | undefined;
  /** Each page has no more than this, whatever is asked for. */
  pageSize: number;
  methods: { merge: boolean; squash: boolean; rebase: boolean };
  readonly pulls: FakePull[];
  readonly issues: {
    readonly number: number;
    title: string;
    body: string;
    state: 'open' | 'closed';
    labels?: string[];
  }[];
  readonly comments: { readonly id: number; readonly issue: number; body: string }[];
  /** By commit. */
  readonly checks: Map<string, FakeCheck[]>;
  readonly statuses: Map<string, { readonly context: string; readonly state: string; readonly description: string }[]>;
  /** Names that branch protection requires, by branch. */
  readonly protection: Map<string, { readonly context: string; readonly app_id: number | null }[]>;
  /** Rules of rule sets, by branch. */
  readonly rules: Map<string, { readonly type: string; readonly parameters?: unknown }[]>;
  readonly threads: Map<number, FakeThread[]>;
  /** Answers the next requests with a limit. */
  limit: 'none' | 'primary' | 'secondary';
  /** The connection is closed without an answer. */
  broken: boolean;
}

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
