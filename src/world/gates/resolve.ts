import type { GatePolicy } from '../../domain/gates/gate.ts';
import { GATES_FILE } from './config/invalid.ts';
import { readGatesFile } from './config/read.ts';
import { detectDrafts } from './detect/all.ts';
import { settle } from './settle.ts';
import type { TreeFiles } from './tree-files.ts';

/** What judges a tree: its gates file, else what is detected. `OmkError` `GATES_INVALID`. */
export async function resolvePolicy(files: TreeFiles): Promise<GatePolicy> {
  const declared = await readGatesFile(files);
  const drafts = declared?.drafts ?? (await detectDrafts(files));
  return {
    gates: await Promise.all(drafts.map((draft) => settle(draft, files))),
    file: declared === null ? null : { path: GATES_FILE, blob: declared.blob },
  };
}
