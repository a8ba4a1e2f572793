import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Null unless `program`, such as bin/omk.js or a link to it, is of a clone whose build is older than a source of it: then the clone,
 * where `npm run build` makes it anew. The published package has no sources.
 */
export function staleBuild(program: string): string | null {
  if (!existsSync(program)) return null;
  const clone = dirname(dirname(realpathSync(program)));
  const [built, sources] = [join(clone, 'dist', 'omk.js'), join(clone, 'src')];
  if (!existsSync(join(sources, 'domain')) || !existsSync(built)) return null;
  const since = statSync(built).mtimeMs;
  const isNewer = readdirSync(sources, { recursive: true, encoding: 'utf8' }).some(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && statSync(join(sources, path)).mtimeMs > since,
  );
  return isNewer ? clone : null;
}
