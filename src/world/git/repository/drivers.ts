import type { GitCall } from '../run.ts';
import { gitText, tryGit } from '../run.ts';

/**
 * Settings that switch off the programs a repository's own configuration names for its files: clean and smudge
 * filters would run when git compares a file. A merge driver becomes one that always says "conflict".
 */
export async function withoutDrivers(call: GitCall): Promise<readonly (readonly [string, string])[]> {
  const args = [
    'config',
    '--includes',
    '-z',
    '--name-only',
    '--get-regexp',
    '^(filter|merge|diff)\\..*\\.(clean|smudge|process|required|driver|command|textconv)$',
  ];
  const found = await tryGit(args, call);
  // 1 says that there are none.
  const none = found.code === 1;
  const names = found.code === 0 || none ? found.stdout.toString('utf8') : await gitText(args, call);
  const off = new Map<string, string>();
  for (const key of names.split('\0')) {
    const last = key.slice(key.lastIndexOf('.') + 1).toLowerCase();
    if (key === '') continue;
    off.set(key, last === 'required' || last === 'driver' ? 'false' : '');
  }
  return [...off];
}
