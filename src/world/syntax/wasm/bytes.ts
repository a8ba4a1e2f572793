import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { packedName, WASM_FILES, type WasmFile } from './files.ts';

/** From beside the built program, else from the library that it comes with. */
export function bytesOf(file: WasmFile): Uint8Array {
  const packed = new URL(packedName(file), import.meta.url);
  return existsSync(packed)
    ? brotliDecompressSync(readFileSync(packed))
    : readFileSync(fileURLToPath(import.meta.resolve(WASM_FILES[file])));
}
