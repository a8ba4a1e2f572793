import { Language, Parser, type Tree, type TreeCursor } from 'web-tree-sitter';
import type { Cursor, Grammar } from '../grammar.ts';
import { bytesOf } from './bytes.ts';
import type { WasmFile } from './files.ts';
import { boundedMemory } from './memory.ts';

let started: Promise<void> | null = null;
const grammars = new Map<WasmFile, Promise<Grammar>>();

/** A grammar of tree-sitter. When it throws, as it does where memory ends, nothing of it can be used again in this thread. */
export function treeSitter(file: Exclude<WasmFile, 'tree-sitter'>): Promise<Grammar> {
  const known = grammars.get(file);
  if (known) return known;
  const loaded = load(file);
  grammars.set(file, loaded);
  return loaded;
}

async function load(file: WasmFile): Promise<Grammar> {
  await (started ??= Parser.init({ wasmBinary: bytesOf('tree-sitter'), wasmMemory: boundedMemory() }));
  const parser = new Parser();
  parser.setLanguage(await Language.load(bytesOf(file)));
  let last: Tree | null = null;
  return {
    parse(text) {
      last?.delete();
      const tree = parser.parse(text);
      if (!tree) throw new Error('no tree');
      last = tree;
      return { cursor: () => cursorOf(tree.walk()) };
    },
  };
}

/** Words of the language itself (`if`, `class`) have names of nodes too: they are all called `keyword`. */
const cursorOf = (cursor: TreeCursor): Cursor => ({
  get name() {
    const { nodeType } = cursor;
    return cursor.nodeIsNamed || !/^\w/.test(nodeType) ? nodeType : 'keyword';
  },
  get from() {
    return cursor.startIndex;
  },
  get to() {
    return cursor.endIndex;
  },
  firstChild: () => cursor.gotoFirstChild(),
  nextSibling: () => cursor.gotoNextSibling(),
  parent: () => cursor.gotoParent(),
});
