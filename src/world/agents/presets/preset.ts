/** A place of an agent's own that it reads or writes besides the worktree. */
export interface StatePath {
  readonly path: string;
  /**
   * `copy`: the agent sees it and may write to it, and what it writes is thrown away with the attempt. For every folder
   * in which a setting, a hook or a program lies that the agent runs the next time, also for its user. `write`: kept,
   * named one by one: sessions, and a login that is renewed.
   */
  readonly access: 'read' | 'write' | 'copy';
  /** A file: it is not made where it is not. */
  readonly file?: true;
}

/** Where a preset's state lies is decided by the user's environment. */
export interface User {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
}

/** An agent omk knows: how it is started, and what of the user's login and environment it needs (and no gate sees). */
export interface Preset {
  readonly name: string;
  /** Found on the PATH. */
  readonly program: string;
  readonly args: readonly string[];
  /** How to get it, a sentence. */
  readonly fix: string;
  /** The oldest Node it runs on, where it needs one as `node` on the PATH. */
  readonly node?: string;
  /** Where its login is: names of variables, or files; one is enough. */
  readonly credentials?: { readonly env: readonly string[]; readonly files: (user: User) => readonly string[] };
  /** The command that logs in. */
  readonly login: string;
  /** Said when it does not start. */
  readonly needs: string | null;
  /** Names of environment variables it may see; a `*` at the end stands for anything. */
  readonly env: readonly string[];
  /** Added to the command where omk's sandbox bounds the agent: to switch off its own, which cannot start inside of another. */
  readonly sandboxedArgs?: readonly string[];
  readonly set: Readonly<Record<string, string>>;
  readonly paths: (user: User) => readonly StatePath[];
  /** Whether it copes with reading files through the client. */
  readonly readsThroughClient: boolean;
  /** Where its session files tell what each model call used; null when they do not. */
  readonly usageHome: ((user: User) => string) | null;
  /** The session mode in which it asks; chosen when it starts in another. */
  readonly mode: string | null;
}

/** Environment every agent needs to reach its model from behind a proxy. */
export const NETWORK_ENV: readonly string[] = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];
