import { allOf } from '../../ecosystems/rules.ts';
import type { Sign } from './sign.ts';

/** Messages of programs and libraries, as they print them, by what is missing. The first that matches counts. */
export const SIGNS: readonly Sign[] = [
  ...allOf(({ signs }) => signs ?? []),
  {
    what: 'git',
    pattern: /fatal: not a git repository|InvalidGitRepositoryError|setuptools-scm was unable to detect version/,
    says: () => 'it asks git, and there is no .git in its checkout',
    fix: "name '.git' in the inputs of the gate in .omk/gates.toml, which omk init writes, and commit that",
  },
  {
    what: 'service',
    pattern: new RegExp(
      String.raw`(?:ECONNREFUSED |connect(?:ing)? to |dial tcp )(?:\[?::1\]?|127\.0\.0\.1|` +
        String.raw`localhost):?(\d{2,5})|server (?:at|on socket) "[^"]*", port (\d+)` +
        String.raw` failed: Connection refused|Cannot connect to the (Docker) daemon|` +
        String.raw`Can't connect to (?:local )?(MySQL) server`,
    ),
    says: (name) => `it needs a service that is not running (${/^\d+$/.test(name) ? `port ${name}` : name})`,
    fix: 'start the service with [[gates.services]] in .omk/gates.toml, which omk init writes, and commit that',
  },
  {
    what: 'network',
    pattern: new RegExp(
      String.raw`\b(?:EAI_AGAIN|ENETUNREACH|ENOTFOUND)\b|Temporary failure in name resolution|` +
        String.raw`Name or service not known|Could not resolve host|[Nn]etwork is unreachable|` +
        String.raw`failed to lookup address information|\bUnknownHost(?:Exception)?\b|dial tcp: lookup |` +
        String.raw`no such host|nodename nor servname provided`,
    ),
    says: () => 'it needs the network, which is off in gates',
    fix: 'set network = true for this gate in .omk/gates.toml, which omk init writes, and commit that',
  },
  {
    what: 'locale',
    pattern: /unsupported locale setting/,
    says: () => 'it needs a locale that is not here',
    fix: 'install the locale, or set env = { LC_ALL = "C.UTF-8" } for this gate in .omk/gates.toml',
  },
  {
    what: 'user',
    pattern: /getpwuid\(\): uid not found|cannot find name for user ID|user: (?:unknown userid|lookup userid)/,
    says: () => 'it needs an entry for the user in /etc/passwd',
    fix: 'run omk as a user that /etc/passwd has',
  },
  {
    what: 'clock',
    pattern: /CERT_HAS_EXPIRED|certificate has expired|certificate is not yet valid/,
    says: () => 'a certificate it uses is not valid at the time of this machine',
    fix: 'set the clock of this machine, or renew the certificate in a commit',
  },
  {
    what: 'tool',
    pattern: new RegExp(
      String.raw`(?:^|\n)(?:\S*sh: )?(?:line \d+: |\d+: )?([\w.+-]+): (?:command )?not found(?:\n|$)|` +
        String.raw`\bspawn ([\w.+-]+) ENOENT|exec: "([\w.+-]+)": executable file not found`,
    ),
    says: (name) => `the program ${name} is not installed here`,
    fix: 'install it, where it is on the PATH',
  },
  {
    what: 'tool',
    pattern: new RegExp(
      String.raw`No binary for (\w+) browser on your platform|Could not find (Chrome|Firefox|Chromium) \(ver\.|` +
        String.raw`browserType\.launch: Executable doesn't exist at \S*/(chromium|firefox|webkit)|` +
        String.raw`(Cypress) binary is missing|cannot find (Chrome|Firefox|MSEdge) binary|` +
        String.raw`Unable to obtain driver for (\w+)`,
    ),
    says: (name) => `the browser ${name} is not installed here, or not found`,
    fix:
      'install it, and name it for this gate in .omk/gates.toml (env = { CHROME_BIN = "/usr/bin/chromium" }), ' +
      'or let a gate of yours run the other tests',
  },
];

/** A package that is not there, by its name: a relative path is the repository's own. */
export const NO_PACKAGE = new RegExp(
  String.raw`ERR_MODULE_NOT_FOUND|Cannot find (?:module|package) '(?![./])|ModuleNotFoundError|` +
    String.raw`No module named|Could not find a declaration file|cannot find package "|` +
    String.raw`no required module provides package|can't find crate|cannot load such file|` +
    String.raw`Class "[\w\\]+" not found|package \S+ does not exist|(?:^|\n)(?:\S*sh: )?(?:line \d+: |` +
    String.raw`\d+: )?[\w.+-]+: (?:command )?not found(?:\n|$)`,
);
