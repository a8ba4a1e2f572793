import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Sandbox } from '../../../domain/gates/evidence.ts';
import type { Layer } from '../port.ts';
import { makeFolder } from './folder.ts';
import { placeLayer } from './layer.ts';

const SANDBOX = { kind: 'bubblewrap', version: '1', network: true } as const;

test('T14 a home that gates write to is a copy of each, at the same path in every sandbox', async (t) => {
  const top = mkdtempSync(join(tmpdir(), 'omk-place-'));
  t.after(() => rmSync(top, { recursive: true, force: true }));
  const dir = join(top, 'layer', 'gradle');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'lock'), 'as installed');
  const layer: Layer = {
    dir,
    mount: null,
    fixed: '/omk/deps/gradle',
    writable: true,
    digest: 'd',
    kind: 'gradle',
    env: { GRADLE_USER_HOME: dir },
    pathPrefix: [],
  };
  const copies: string[] = [];
  for (const name of ['one', 'two']) {
    const folder = await makeFolder(join(top, 'state'), name, SANDBOX);
    const { binds, env } = await placeLayer(layer, folder, SANDBOX, process.env['PATH'] ?? '');
    const from = join(folder.dir, 'deps', 'gradle');
    assert.deepEqual(binds, [{ from, to: '/omk/deps/gradle', writable: true }]);
    assert.deepEqual(env, { GRADLE_USER_HOME: '/omk/deps/gradle' });
    assert.equal(readFileSync(join(from, 'lock'), 'utf8'), 'as installed');
    writeFileSync(join(from, 'lock'), 'written by a gate');
    copies.push(from);
  }
  assert.equal(new Set(copies).size, 2);
  assert.equal(readFileSync(join(dir, 'lock'), 'utf8'), 'as installed');
  const folder = await makeFolder(join(top, 'state'), 'three', { kind: 'none', why: 'not wanted' });
  const { binds, env } = await placeLayer(
    layer,
    folder,
    { kind: 'none', why: 'not wanted' },
    process.env['PATH'] ?? '',
  );
  assert.deepEqual([binds, env], [[], { GRADLE_USER_HOME: join(folder.dir, 'deps', 'gradle') }]);
});

test('programs of a layer are on the PATH where the run sees them', async (t) => {
  const top = mkdtempSync(join(tmpdir(), 'omk-place-'));
  t.after(() => rmSync(top, { recursive: true, force: true }));
  const dir = join(top, 'layer', 'package-manager');
  mkdirSync(join(dir, 'bin'), { recursive: true });
  const layer: Layer = {
    dir,
    mount: null,
    fixed: '/omk/deps/package-manager',
    digest: 'd',
    kind: 'pnpm',
    env: {},
    pathPrefix: [join(dir, 'bin')],
  };
  const none = { kind: 'none', why: 'not wanted' } as const;
  const seenIn = async (sandbox: Sandbox): Promise<readonly string[]> => {
    const folder = await makeFolder(join(top, 'state'), sandbox.kind, sandbox);
    const { pathPrefix } = await placeLayer(layer, folder, sandbox, process.env['PATH'] ?? '');
    return pathPrefix.map((each) => each.replace(folder.dir, '$GATE'));
  };
  assert.deepEqual(await seenIn(SANDBOX), ['/omk/deps/package-manager/bin']);
  assert.deepEqual(await seenIn(none), ['$GATE/deps/package-manager/bin']);
});
