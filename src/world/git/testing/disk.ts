import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fromBytes } from './names.ts';

/** Every file and link below a directory, with its mode bit and bytes, leaving out `.git` at the top. */
export function contentOf(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (folder: string): void => {
    for (const name of readdirSync(fromBytes(join(root, folder)), { encoding: 'latin1' }).sort()) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (path === '.git') continue;
      const at = fromBytes(`${root}/${path}`);
      const stat = lstatSync(at);
      if (stat.isDirectory()) visit(path);
      else if (stat.isSymbolicLink()) found[path] = `link ${readlinkSync(at, 'latin1')}`;
      else found[path] = `${(stat.mode & 0o100) === 0 ? 'file' : 'program'} ${readFileSync(at).toString('latin1')}`;
    }
  };
  visit('');
  return found;
}
