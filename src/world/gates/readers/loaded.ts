import * as z from 'zod/mini';
import type { Loaded } from '../../../domain/gates/evidence.ts';
import { relativeTo } from './outcomes.ts';
import type { ReadResult } from './port.ts';

/** A line of a report: files that were loaded, and folders that were looked into, all absolute. */
export const loadedLine = z.object({
  event: z.literal('loaded'),
  files: z.array(z.string()),
  paths: z.array(z.string()),
  plugins: z.optional(z.array(z.string())),
});
type LoadedLine = z.infer<typeof loadedLine>;

/** More names than any runner and its libraries have. */
const MOST = 3000;
/** Libraries that are installed below a checkout are not its own. */
const INSTALLED = /\/(?:site-packages|dist-packages|gems)(?:\/|$)/;

export function withLoaded(result: ReadResult, line: LoadedLine | undefined, checkout: string): ReadResult {
  return result.kind === 'tests' && line ? { ...result, loaded: loadedOf(line, checkout) } : result;
}

function loadedOf({ files, paths, plugins = [] }: LoadedLine, checkout: string): Loaded {
  const isOwn = (path: string): boolean => path.startsWith(`${checkout}/`) && !INSTALLED.test(path);
  const outside = files.filter((file) => !isOwn(file)).flatMap((file) => nameOf(file, paths) ?? []);
  const own = paths.filter((path) => path === checkout || isOwn(path));
  const theirs = plugins.filter(isOwn).map((path) => relativeTo(checkout, path));
  return {
    outside: [...new Set(outside)].sort().slice(0, MOST),
    paths: [...new Set(own.map((path) => (path === checkout ? '' : relativeTo(checkout, path))))].sort(),
    ...(theirs.length > 0 ? { plugins: [...new Set(theirs)].sort().slice(0, MOST) } : {}),
  };
}

/** What a file is found by below the innermost of the folders; null below none. */
function nameOf(file: string, paths: readonly string[]): string | null {
  const depth = Math.max(0, ...paths.filter((path) => file.startsWith(`${path}/`)).map(({ length }) => length));
  return depth === 0 ? null : moduleName(file.slice(depth + 1));
}

const moduleName = (path: string): string => path.replace(/(?:\/__init__)?(?:\.[\w-]+)+$/, '');
