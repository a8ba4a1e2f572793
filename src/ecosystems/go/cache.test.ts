import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gateSpec } from '../../domain/testing/build.ts';
import type { SandboxedCommand, SandboxRequest } from '../../world/sandbox/port.ts';
import type { RunGateRequest } from '../../world/gates/port.ts';
import { manualClock } from '../../world/clock/testing/manual.ts';
import type { RunContext } from '../../world/gates/run/context.ts';
import type { RunFolder } from '../../world/gates/run/folder.ts';
import { go } from './cache.ts';

const BWRAP = { kind: 'bubblewrap', version: '1', network: false } as const;

/** Asks for the cache as a run does; what would be run in the sandbox is kept, and `true` is run in its place. */
function makeCache(t: TestContext) {
  const stateDir = mkdtempSync(join(tmpdir(), 'omk-go-cache-'));
  t.after(() => rmSync(stateDir, { recursive: true }));
  const asked: SandboxRequest[] = [];
  const sandboxes = {
    keepsOverlays: async () => false,
    detect: async () => BWRAP,
    wrap: async (request: SandboxRequest) => {
      asked.push(request);
      mkdirSync(join(stateDir, 'cache', 'go', 'ff'), { recursive: true });
      const command: SandboxedCommand = { argv: ['true'], cwd: '/', env: {}, sandbox: BWRAP };
      return command;
    },
  };
  const context = {
    stateDir,
    sandboxes,
    path: '/usr/bin:/bin',
    clock: manualClock(0),
  } as Partial<RunContext> as RunContext;
  const seen = { checkout: '/omk/checkout', home: '/h', tmp: '/t' };
  const folder = { dir: stateDir, checkout: join(stateDir, 'checkout'), seen } as RunFolder;
  const ask = (purpose: 'baseline' | 'candidate', gate = gateSpec({ argv: ['go', 'test', './...'] }), tree = 'a') =>
    go(
      context,
      { gate, purpose, tree, layer: null } as RunGateRequest,
      folder,
      BWRAP,
      { binds: [], env: {}, pathPrefix: [], over: [] },
      new AbortController().signal,
    );
  return { ask, asked, kept: join(stateDir, 'cache', 'go') };
}

test('where nothing is kept, Go begins a cache of its own, which it can write', async (t) => {
  const { ask, asked } = makeCache(t);
  assert.deepEqual(await ask('candidate'), { env: {}, binds: [] });
  assert.deepEqual(asked, []);
});

test('only a step that starts nothing of the repository writes the cache, once for each base; every gate reads it', async (t) => {
  const { ask, asked, kept } = makeCache(t);
  const [one, two] = await Promise.all([ask('baseline'), ask('baseline')]);
  const candidate = await ask('candidate', undefined, 'b');
  for (const each of [one, two, candidate])
    assert.deepEqual(each, {
      env: { GOCACHE: '/omk/go-build', GODEBUG: 'goindex=0' },
      binds: [{ from: kept, to: '/omk/go-build', writable: false }],
    });
  assert.deepEqual(
    asked.map(({ argv }) => argv.join(' ')),
    ['go list -e -test -deps -export ./...'],
  );
  assert.deepEqual(
    asked[0]?.binds.filter(({ writable }) => writable).map(({ from }) => from),
    [kept],
  );
  await ask('baseline', undefined, 'b');
  assert.equal(asked.length, 2);
});

test('what the gate compiles with is compiled with; tools of its own never are', async (t) => {
  const { ask, asked } = makeCache(t);
  await ask('baseline', gateSpec({ argv: ['go', 'test', '-race', '-tags', 'x', '-run', 'A', '-tags=y', './a'] }));
  assert.deepEqual(asked[0]?.argv.slice(6), ['-race', '-tags', 'x', '-tags=y', './...']);
  for (const env of [{ GOFLAGS: '-toolexec=./x' }, { CC: './cc' }, { PATH: '/x' }])
    await ask('baseline', gateSpec({ argv: ['go', 'test'], env }));
  assert.equal(asked.length, 1);
});
