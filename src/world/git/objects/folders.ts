import { objectId, type ObjectFormat } from './id.ts';
import type { RawTree } from './tree.ts';

/** A tree object: one folder, without what lies in those below it. */
export interface Folder {
  readonly id: string;
  readonly content: Buffer;
}

interface Open {
  readonly folders: Map<string, Open>;
  readonly entries: { readonly mode: string; readonly name: string; readonly at: string | Open }[];
}

/** Every folder of a tree whose files are given in git's order, that of the whole tree last. */
export function foldersOf(format: ObjectFormat, tree: RawTree): readonly Folder[] {
  const root: Open = { folders: new Map(), entries: [] };
  for (const [path, { mode, id }] of tree) {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    let folder = root;
    for (const part of parts) folder = folderIn(folder, part);
    folder.entries.push({ mode, name, at: id });
  }
  const found: Folder[] = [];
  close(format, root, found);
  return found;
}

/** The first file of a folder says where it stands among its neighbours: git sorts by whole paths. */
function folderIn(parent: Open, name: string): Open {
  const known = parent.folders.get(name);
  if (known !== undefined) return known;
  const fresh: Open = { folders: new Map(), entries: [] };
  parent.folders.set(name, fresh);
  parent.entries.push({ mode: '40000', name, at: fresh });
  return fresh;
}

function close(format: ObjectFormat, { entries }: Open, found: Folder[]): string {
  const parts = entries.flatMap(({ mode, name, at }) => [
    Buffer.from(`${mode} ${name}\0`, 'latin1'),
    Buffer.from(typeof at === 'string' ? at : close(format, at, found), 'hex'),
  ]);
  const content = Buffer.concat(parts);
  const id = objectId(format, 'tree', content);
  found.push({ id, content });
  return id;
}
