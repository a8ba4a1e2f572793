/** What is WebAssembly, by the name it has in the built package: each is a file of a library. */
export const WASM_FILES = {
  'tree-sitter': 'web-tree-sitter/web-tree-sitter.wasm',
  'c-sharp': '@vscode/tree-sitter-wasm/wasm/tree-sitter-c-sharp.wasm',
  ruby: '@vscode/tree-sitter-wasm/wasm/tree-sitter-ruby.wasm',
} as const;

export type WasmFile = keyof typeof WASM_FILES;

/** The file's name in `dist`. Grammars are tables, which become a thirtieth of their size. */
export const packedName = (file: WasmFile): string => `${file}.wasm.br`;
