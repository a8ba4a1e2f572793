import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSandboxes } from '../../sandbox/open.ts';
import { makeBench } from '../testing/bench.ts';

const sandbox = await openSandboxes({ env: process.env }).detect();

test('the second run of a command is in another place and language, and what it prints of the place reads as in the first', async (t) => {
  const bin = mkdtempSync(join(tmpdir(), 'omk-elsewhere-'));
  t.after(() => rmSync(bin, { recursive: true, force: true }));
  writeFileSync(join(bin, 'locale'), '#!/bin/sh\nprintf "C\\nC.utf8\\nPOSIX\\nen_GB.utf8\\nde_DE.utf8\\n"\n');
  chmodSync(join(bin, 'locale'), 0o755);
  const bench = await makeBench({
    sandbox: 'auto',
    path: `${bin}:${process.env['PATH'] ?? ''}`,
    trees: { base: { 'say.sh': 'pwd; basename "$PWD"; echo "$LC_ALL $LANG"\n' } },
  });
  t.after(() => bench.remove());
  const said = async (feed: { readonly elsewhere?: true }): Promise<readonly string[]> => {
    const run = await bench.run('sh say.sh', 'base', {
      feed: { stdin: '', input: {}, outputs: [], ...feed },
    });
    const out = run.output?.parts.find(({ name }) => name === 'stdout')?.content ?? assert.fail();
    return new TextDecoder().decode(out).trim().split('\n');
  };
  const name = (of: string): string => (sandbox.kind === 'none' ? 'checkout' : of);
  assert.deepEqual(await said({}), ['/omk/checkout', 'checkout', ' C.UTF-8']);
  const other = await said({ elsewhere: true });
  assert.deepEqual(other, ['/omk/checkout', name('place'), 'de_DE.utf8 de_DE.utf8']);
});
