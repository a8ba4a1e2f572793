import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleVerifier } from './build/verifier.ts';

/** Builds `dist-verify/omk-verify.mjs`: V0 and V1 in one file, for people who read what they run. */
const root = join(import.meta.dirname, '..');
const { code } = await bundleVerifier(root);
const folder = join(root, 'dist-verify');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'omk-verify.mjs'), code);
console.log(`built dist-verify/omk-verify.mjs: ${Math.round(code.length / 1024)} KiB`);
