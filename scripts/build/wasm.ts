import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { packedName, WASM_FILES, type WasmFile } from '../../src/world/syntax/wasm/files.ts';

/** More takes half a minute and saves little. */
const COMPRESSION = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS },
};

interface Packed {
  readonly files: readonly (readonly [string, Uint8Array])[];
  readonly inputs: readonly string[];
}

/** What is WebAssembly, packed: the program looks for it beside itself. */
export function wasm(root: string): Packed {
  const names = Object.keys(WASM_FILES) as WasmFile[];
  const inputs = names.map((name) => join('node_modules', WASM_FILES[name]));
  return {
    files: names.map((name) => [
      packedName(name),
      brotliCompressSync(readFileSync(join(root, 'node_modules', WASM_FILES[name])), COMPRESSION),
    ]),
    inputs,
  };
}
