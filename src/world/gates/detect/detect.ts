import type { GateSpec } from '../../../domain/gates/gate.ts';
import type { TreeId } from '../../../domain/ids.ts';
import type { TreeReader } from '../port.ts';
import { settle } from '../settle.ts';
import { treeFiles } from '../tree-files.ts';
import { detectDrafts } from './all.ts';

/** The gates that are detected in a tree, whether it has a gates file or not. */
export async function detectGates(vault: TreeReader, tree: TreeId): Promise<readonly GateSpec[]> {
  const files = treeFiles(vault, tree);
  return Promise.all((await detectDrafts(files)).map((draft) => settle(draft, files)));
}
