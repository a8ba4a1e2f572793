import { hide, outermostFirst, overlaps } from './hide.ts';
import { isWithin, realPath } from './paths.ts';
import type { Toolchains } from './toolchains.ts';

/** Sockets of ssh-agent, docker and the desktop live in `/run`; temporary files of other programs in the rest. */
const MASKED: readonly string[] = ['/tmp', '/var/tmp', '/run', '/var/run'];

/**
 * Arguments for the agent view: the machine read-only, with empty folders where the user's own things are.
 * `hidden` are real paths.
 */
export function agentView(toolchains: Toolchains, homes: readonly string[], hidden: readonly string[]): string[] {
  const args = ['--ro-bind', '/', '/'];
  // A hidden folder around HOME must not take the toolchains away that are put back into HOME.
  const around = hidden.filter((path) => homes.some((home) => isWithin(home, path)));
  const masked = outermostFirst([...homes, ...around, ...MASKED.map(realPath).filter((path) => path !== null)]);
  for (const path of masked) args.push('--tmpfs', path);
  // The list of name servers is often a link into /run.
  const resolver = realPath('/etc/resolv.conf');
  if (resolver !== null && masked.some((path) => isWithin(resolver, path))) args.push('--ro-bind', resolver, resolver);
  for (const { from, to } of toolchains.mounts) args.push('--ro-bind-try', from, to);
  const left = hidden.filter((path) => !masked.includes(path));
  args.push(...hide(left.filter((path) => !masked.some((mask) => isWithin(path, mask)) || overlaps(path, toolchains))));
  return args;
}
