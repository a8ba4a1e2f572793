import { parse } from 'smol-toml';
import { toRaw } from '../../../domain/git/path-bytes.ts';
import type { RawTree } from '../objects/tree.ts';
import type { VaultPlace } from '../vault/place.ts';

/** What the base says to copy from the user's checkout: `.worktreeinclude`, and `[worktree] include` in `.omk/config.toml`. */
export async function patternsOf(place: VaultPlace, tree: RawTree): Promise<readonly string[]> {
  const text = async (path: string): Promise<string> => {
    const id = tree.get(toRaw(path))?.id;
    return id === undefined ? '' : (await place.files.get(id)).toString('utf8');
  };
  const [file, config] = await Promise.all([text('.worktreeinclude'), text('.omk/config.toml')]);
  return [...file.split(/\r?\n/), ...declared(config)];
}

/** Whoever reads the file as configuration says what is wrong with it. */
function declared(text: string): readonly string[] {
  try {
    const table = parse(text)['worktree'];
    const include: unknown = typeof table === 'object' && table !== null ? Reflect.get(table, 'include') : [];
    return Array.isArray(include) ? include.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}
