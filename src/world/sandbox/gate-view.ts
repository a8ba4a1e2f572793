import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { hide, overlaps } from './hide.ts';
import { isWithin, kindOf } from './paths.ts';
import { SYSTEM, type Toolchains } from './toolchains.ts';

/** HOME and TMPDIR of a gate in a sandbox: short, because sockets in them have short names. */
export const GATE_HOME = '/home/omk';
export const GATE_TMP = '/tmp';

/** What programs read in /etc, and nothing that could be a secret: `/etc/ssl/private` is left out. */
const ETC: readonly string[] = [
  'passwd', 'group', 'hosts', 'host.conf', 'gai.conf', 'nsswitch.conf', 'protocols', 'services', 'networks', 'mime.types',
  'ssl/certs', 'ssl/openssl.cnf', 'ca-certificates', 'ca-certificates.conf', 'pki/tls/certs', 'pki/tls/cert.pem', 'pki/tls/openssl.cnf',
  'pki/ca-trust/extracted', 'crypto-policies', 'ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'alternatives', 'localtime', 'timezone',
  'os-release', 'lsb-release', 'debian_version', 'inputrc', 'terminfo', 'fonts', 'locale.alias', 'locale.conf', 'profile.d/jdk.sh',
]; // prettier-ignore
const ETC_NAMES = /^(?:java|maven|python|perl|php|ruby|dotnet|gradle)/;

/**
 * Arguments for the gate view: a whitelist on an empty root. HOME and TMP are empty and die with the process.
 * `hidden` are real paths.
 */
export function gateView(
  toolchains: Toolchains,
  homes: readonly string[],
  hidden: readonly string[],
  network: boolean,
): string[] {
  const args: string[] = [];
  for (const folder of SYSTEM) args.push(...systemFolder(folder));
  for (const name of [...ETC, ...(network ? ['resolv.conf'] : []), ...versioned()]) {
    const path = join('/etc', name);
    if (kindOf(path) !== null) args.push('--ro-bind-try', path, path);
  }
  args.push('--ro-bind-try', '/sys/devices/system/cpu', '/sys/devices/system/cpu');
  args.push('--tmpfs', GATE_TMP, '--tmpfs', '/var/tmp', '--dir', '/run', '--tmpfs', GATE_HOME);
  for (const { from, to } of toolchains.mounts) args.push('--ro-bind-try', from, to);
  const around = (path: string): boolean => homes.some((home) => isWithin(home, path));
  const visible = (path: string): boolean =>
    SYSTEM.some((folder) => isWithin(path, folder)) || overlaps(path, toolchains);
  args.push(...hide(hidden.filter((path) => !around(path) && visible(path))));
  for (const { from, to } of toolchains.caches) args.push('--ro-bind-try', from, join(GATE_HOME, to));
  return args;
}

/** `/bin` is a link on most systems: it stays one, so that paths resolve as they do outside. */
function systemFolder(folder: string): readonly string[] {
  try {
    return lstatSync(folder).isSymbolicLink()
      ? ['--symlink', readlinkSync(folder), folder]
      : ['--ro-bind', folder, folder];
  } catch {
    return [];
  }
}

const versioned = (): readonly string[] => readdirSync('/etc').filter((name) => ETC_NAMES.test(name));
