import { isWithin, kindOf } from './paths.ts';
import type { Toolchains } from './toolchains.ts';

/** Makes directories empty and files unreadable, on top of what was shown before. Real paths. */
export const hide = (paths: readonly string[]): string[] =>
  outermostFirst(paths).flatMap((path) =>
    kindOf(path) === 'directory' ? ['--tmpfs', path] : ['--ro-bind', '/dev/null', path],
  );

/** Whether a toolchain shows something of `path`, or lies around it. */
export const overlaps = (path: string, { mounts }: Toolchains): boolean =>
  mounts.some(({ to }) => isWithin(path, to) || isWithin(to, path));

/** Parents before what lies in them, each once. */
export const outermostFirst = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths)].sort((a, b) => a.length - b.length);
