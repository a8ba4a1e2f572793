/** An agent the user defined: a command, and what it needs of the user's environment and files. */
export interface ConfiguredAgent {
  /** Null: the preset's own command, with the names and paths here added. */
  readonly argv: readonly [string, ...string[]] | null;
  /** Names of environment variables it may see. */
  readonly env: readonly string[];
  /** Its own files or folders; `~/` is the user's home. `copy`: what it writes there is thrown away. */
  readonly paths: readonly { readonly path: string; readonly access: 'read' | 'write' | 'copy' }[];
  /** The most it can use between two reports: a model call where it tells each call, else a turn. Tokens, dollars. */
  readonly reportTokens?: number;
  readonly reportUsd?: number;
}

/** Dollars for a million tokens of a model. */
export interface ModelPrice {
  readonly input: number;
  /** Read from a cache; absent: as other input. */
  readonly cached?: number;
  readonly output: number;
}

/** `agent` is text as for `--agent`. */
export interface RoleChoice {
  readonly agent?: string | undefined;
  readonly model?: string | undefined;
}

/** What `.omk/config.toml` and the user's own file say together. Null means: not said. */
export interface Config {
  /** Text for `--agent`. */
  readonly agent: string | null;
  /** Who works in sessions of a role. Absent: the agent of the goal, with the model that it starts with. */
  readonly roles?: Readonly<Partial<Record<'planner' | 'oracle' | 'worker', RoleChoice>>>;
  /** Text for `--fallback-agent`. */
  readonly fallbackAgent?: string;
  readonly agents: Readonly<Record<string, ConfiguredAgent>>;
  /** Who results are by: `me`, `omk` or `Name <mail>`. */
  readonly author?: string;
  /** The user's SSH key to sign with, as written. */
  readonly signing: { readonly key: string | null };
  /** The user's own prices, by the name of the model. */
  readonly prices?: Readonly<Record<string, ModelPrice>>;
  /** False: proofs are not pushed with what is delivered. */
  readonly sendsProofs?: false;
  /** Percent of a goal's tokens and dollars that one of several tasks may use. */
  readonly taskShare?: number;
  /** File that cost sessions are appended to; `~/` is the user's home. */
  readonly costTracker?: string;
  /** The most bytes of the recording of one goal. */
  readonly replay?: { readonly maxBytes: number };
  readonly limits: {
    readonly maxAttempts: number | null;
    /** How many agents may work at once. Absent: what the machine carries. */
    readonly maxAgents?: number;
    readonly turnTimeoutMs: number | null;
    readonly idleTimeoutMs: number | null;
    /** Longest time for an agent to start. */
    readonly startTimeoutMs?: number;
    /** Longest wait for a usage limit. */
    readonly maxWaitMs?: number;
  };
}
