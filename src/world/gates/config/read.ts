import type { GitBlobId } from '../../../domain/ids.ts';
import type { TreeFiles } from '../tree-files.ts';
import type { Draft } from '../draft.ts';
import { GATES_FILE, invalid } from './invalid.ts';
import { parseGatesFile } from './parse.ts';
import { draftsOf } from './spec.ts';

/** The declared gates of a tree, null when it has no gates file. `OmkError` `GATES_INVALID`. */
export async function readGatesFile(
  files: TreeFiles,
): Promise<{ readonly blob: GitBlobId; readonly drafts: readonly Draft[] } | null> {
  const file = await files.file(GATES_FILE);
  if (file === null) return null;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(file.content);
  } catch (cause) {
    throw invalid(1, 'the file is not UTF-8 text.', cause);
  }
  const source = { kind: 'file', path: GATES_FILE, blob: file.id } as const;
  return { blob: file.id, drafts: draftsOf(text, parseGatesFile(text), source) };
}
