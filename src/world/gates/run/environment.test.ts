import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { gateEnvironment } from './environment.ts';

const gate: GateSpec = {
  id: 'npm-test',
  argv: ['npm', 'test'],
  cwd: '.',
  env: {},
  timeoutMs: 1000,
  required: true,
  skip: false,
  network: false,
  retries: 0,
  kind: 'test',
  reader: 'exit_only',
  source: { kind: 'check', text: 'npm test' },
};

test('a gate has these variables, each of which docs/gates.md explains, and no other', () => {
  const layer = { env: {}, pathPrefix: [] };
  const env = gateEnvironment({ gate, layer, path: '/usr/bin', home: '/home/omk', tmp: '/tmp', extra: {} });
  assert.deepEqual(env, {
    PATH: '/usr/bin',
    HOME: '/home/omk',
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    CI: 'true',
  });
  const docs = readFileSync(new URL('../../../../docs/gates.md', import.meta.url), 'utf8');
  const [, section = ''] = docs.split('\n## Environment\n');
  for (const name of Object.keys(env)) assert.match(section, new RegExp(`^\\| .*\`${name}\``, 'm'), name);
});
