import { isAbsolute, delimiter } from 'node:path';

/** What keeps git from running or reading anything that is not part of the call. */
const ALWAYS: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.untrackedCache', 'false'],
  ['core.protectHFS', 'true'],
  ['core.protectNTFS', 'true'],
  ['core.quotePath', 'false'],
  ['safe.directory', '*'],
  ['safe.bareRepository', 'all'],
  ['protocol.allow', 'never'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['checkout.workers', '2'],
  // Two programs more take longer than they save below that.
  ['checkout.thresholdForParallelism', '1000'],
  ['submodule.recurse', 'false'],
  ['advice.graftFileDeprecated', 'false'],
];

/** Bytes in, the same bytes out. Only for omk's own directories: a user's checkout keeps its own rules. */
const VERBATIM: readonly (readonly [string, string])[] = [
  ['core.autocrlf', 'false'],
  ['core.eol', 'lf'],
  ['core.symlinks', 'true'],
  ['core.fileMode', 'true'],
  ['core.ignoreCase', 'false'],
  ['core.precomposeUnicode', 'false'],
  ['core.attributesFile', '/dev/null'],
  ['core.excludesFile', '/dev/null'],
  // Snapshots are written while someone waits; they are small.
  ['core.compression', '1'],
];

const DURABLE: readonly (readonly [string, string])[] = [
  ['core.fsync', 'committed,reference'],
  ['core.fsyncMethod', 'batch'],
];

const FLEETING: readonly (readonly [string, string])[] = [['core.fsync', 'none']];

export interface Surroundings {
  /** `omk`: omk's own directories. `user`: the user's repository, whose own settings for files hold. */
  readonly whose: 'omk' | 'user';
  /** What is written survives a power cut before the call returns. */
  readonly durable: boolean;
  readonly config: readonly (readonly [string, string])[];
  /** git reads the configuration of the machine and of the user. */
  readonly readsUser: boolean;
  /** git speaks to a remote, as the user. */
  readonly network: boolean;
}

/** What the user's git speaks. Remote helpers that start any program (`ext::`) are not among them. */
const PROTOCOLS = 'https:http:ssh:git:file';

/** Where the user's git finds logins, proxies and certificates. */
const LOGIN =
  'SSH_AUTH_SOCK SSH_AGENT_PID GIT_SSH GIT_SSH_COMMAND GIT_SSH_VARIANT GIT_ASKPASS ' +
  'http_proxy https_proxy no_proxy all_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY ' +
  'SSL_CERT_FILE SSL_CERT_DIR GIT_SSL_CAINFO GIT_SSL_CAPATH GIT_SSL_CERT GIT_SSL_KEY ' +
  'GH_TOKEN GITHUB_TOKEN GH_ENTERPRISE_TOKEN GITHUB_ENTERPRISE_TOKEN GH_HOST GH_CONFIG_DIR ' +
  'USER LOGNAME XDG_RUNTIME_DIR XDG_DATA_HOME XDG_CACHE_HOME DBUS_SESSION_BUS_ADDRESS GNUPGHOME TMPDIR';

const inherited = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

const NO_CONFIGURATION = { HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

/** Where git looks for it. */
const userConfiguration = (): Record<string, string> =>
  inherited(['HOME', 'XDG_CONFIG_HOME', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM']);

/** A relative entry on the PATH would let a worktree provide `git`. */
export function safePath(path: string | undefined): string {
  const entries = (path ?? '').split(delimiter).filter((entry) => isAbsolute(entry));
  return entries.length > 0 ? entries.join(delimiter) : '/usr/local/bin:/usr/bin:/bin';
}

/** The whole environment of a git process (trust rule T15). Settings go in by environment, where any name can be written. */
export function environment(
  path: string,
  { whose, durable, config, readsUser, network }: Surroundings,
): Record<string, string> {
  const always = network ? ALWAYS.filter(([key]) => key !== 'protocol.allow') : ALWAYS;
  const settings = [...always, ...(whose === 'omk' ? VERBATIM : []), ...(durable ? DURABLE : FLEETING), ...config];
  const env: Record<string, string> = {
    PATH: path,
    ...(readsUser || network ? userConfiguration() : NO_CONFIGURATION),
    ...(network ? inherited(LOGIN.split(' ')) : {}),
    LC_ALL: 'C',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/nonexistent/grafts',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: network ? PROTOCOLS : 'none',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_DEFAULT_REF_FORMAT: 'files',
    GIT_AUTHOR_NAME: 'omk',
    GIT_AUTHOR_EMAIL: 'omk@localhost',
    GIT_COMMITTER_NAME: 'omk',
    GIT_COMMITTER_EMAIL: 'omk@localhost',
    GIT_CONFIG_COUNT: String(settings.length),
  };
  settings.forEach(([key, value], index) => {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return env;
}
