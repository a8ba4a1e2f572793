import { GUIDES, type Guide } from '../../domain/prompt/guides.ts';
import type { TreeId } from '../../domain/ids.ts';
import type { Vault } from '../../world/git/port.ts';

/** What the base tells agents, by its files of these names. */
export async function readGuides(vault: Pick<Vault, 'readFile'>, base: TreeId): Promise<readonly Guide[]> {
  const guides: Guide[] = [];
  for (const path of GUIDES) {
    const file = await vault.readFile(base, path);
    if (file) guides.push({ path, text: Buffer.from(file.content).toString('utf8') });
  }
  return guides;
}
