import assert from 'node:assert/strict';
import { fakeVault, type Files } from '../../testing/fake-vault.ts';
import { detectGates } from '../detect.ts';

/** Each gate that is found in files, as `id: command (kind, reader)`. */
export const detected = async (files: Files): Promise<string[]> =>
  (await detectGates(fakeVault({ t: files }), 't')).map((gate) => {
    assert.ok(gate.source.kind === 'detected' && gate.source.because !== '');
    return `${gate.id}: ${gate.argv.join(' ')} (${gate.kind}, ${gate.reader})`;
  });
