import type { Cursor } from './grammar.ts';

export interface SyntaxNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly parent: SyntaxNode | null;
  /** The sibling in front of it. */
  readonly before: SyntaxNode | null;
  readonly children: readonly SyntaxNode[];
}

interface Growing extends SyntaxNode {
  readonly children: Growing[];
}

/** Deeper trees are not walked: nobody nests so deep, and walking is recursive. */
const DEEPEST = 800;
const MOST = 400_000;

/** The tree below a cursor as plain nodes; null where it is deeper or larger than any real test. Not recursive itself. */
export function nodesOf(cursor: Cursor): SyntaxNode | null {
  const make = (parent: Growing | null): Growing => {
    const node: Growing = {
      name: cursor.name,
      from: cursor.from,
      to: cursor.to,
      parent,
      before: parent?.children.at(-1) ?? null,
      children: [],
    };
    parent?.children.push(node);
    return node;
  };
  const root = make(null);
  const path: Growing[] = [root];
  for (let count = 1; ; count++) {
    if (count > MOST || path.length > DEEPEST) return null;
    if (cursor.firstChild()) {
      path.push(make(path.at(-1) ?? null));
      continue;
    }
    for (;;) {
      path.pop();
      if (path.length === 0) return root;
      if (cursor.nextSibling()) break;
      cursor.parent();
    }
    path.push(make(path.at(-1) ?? null));
  }
}

export const childOf = (node: SyntaxNode | null | undefined, name: RegExp): SyntaxNode | undefined =>
  node?.children.find((child) => name.test(child.name));
export const childrenOf = (node: SyntaxNode | null | undefined, name: RegExp): readonly SyntaxNode[] =>
  node?.children.filter((child) => name.test(child.name)) ?? [];

interface Item {
  readonly from: number;
  readonly to: number;
  readonly nodes: readonly SyntaxNode[];
}

/** What stands between the brackets of a list, one for each comma and the last. */
export function itemsOf(list: SyntaxNode | undefined): readonly Item[] {
  const items: SyntaxNode[][] = [[]];
  for (const child of list?.children ?? []) {
    if (child.name === ',') items.push([]);
    else if (!/^[()[\]{}]$|Comment/.test(child.name)) items.at(-1)?.push(child);
  }
  return items.flatMap((nodes) => {
    const [first, last] = [nodes[0], nodes.at(-1)];
    return first && last ? [{ from: first.from, to: last.to, nodes }] : [];
  });
}
