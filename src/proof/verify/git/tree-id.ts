import { createHash } from 'node:crypto';
import { toRaw } from '../../../domain/git/path-bytes.ts';
import type { GitBlobId, TreeId } from '../../../domain/ids.ts';
import { concat, utf8 } from '../../format/bytes.ts';
import type { ListedEntry } from './door.ts';

interface IdOf {
  readonly blob: GitBlobId;
  readonly tree: TreeId;
}

/** git's name of an object. The length of the ids around it tells SHA-1 from SHA-256. */
export const objectId = <K extends keyof IdOf>(kind: K, content: Uint8Array, idLength: number): IdOf[K] =>
  createHash(idLength === 64 ? 'sha256' : 'sha1')
    .update(`${kind} ${content.length}\0`)
    .update(content)
    .digest('hex');

type Node = Map<string, ListedEntry | Node>;

/** The id of the tree that holds these entries, computed here and not asked of a repository. */
export function treeId(entries: readonly ListedEntry[], idLength: number): TreeId {
  const root: Node = new Map();
  for (const entry of entries) {
    const parts = entry.path.split('/');
    let node = root;
    for (const part of parts.slice(0, -1)) {
      const inner = node.get(part);
      const folder: Node = inner instanceof Map ? inner : new Map();
      node.set(part, folder);
      node = folder;
    }
    node.set(parts.at(-1) ?? '', entry);
  }
  return hashNode(root, idLength);
}

function hashNode(node: Node, idLength: number): TreeId {
  const rows = [...node].map(([name, child]) => {
    const folder = child instanceof Map;
    const id = folder ? hashNode(child, idLength) : child.id;
    const mode = folder ? '40000' : child.mode;
    // git sorts a folder as if its name ended in a slash.
    const raw = Buffer.from(toRaw(name), 'latin1');
    return {
      key: folder ? concat(raw, utf8('/')) : raw,
      row: concat(utf8(`${mode} `), raw, new Uint8Array(1), Buffer.from(id, 'hex')),
    };
  });
  rows.sort((a, b) => Buffer.compare(a.key, b.key));
  return objectId('tree', concat(...rows.map((each) => each.row)), idLength);
}
