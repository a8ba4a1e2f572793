import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { removeFolder } from '../../process/remove-folder.ts';
import { baseEnv, gatePath } from '../../sandbox/environment.ts';
import { openSandboxes } from '../../sandbox/open.ts';
import type { Layer } from '../port.ts';
import { layerForAgent, takeBack, type ForAgent } from './for-agent.ts';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'omk for agents, ')));
after(() => removeFolder(top));
const path = gatePath(process.env);
const sandboxes = (mode: 'auto' | 'none') => openSandboxes({ env: { PATH: path, HOME: top }, mode });
const able = {
  skip: (await sandboxes('auto').keepsOverlays(top)) ? false : 'this machine keeps no overlays',
};

let made = 0;
function attempt(): { readonly layer: Layer; readonly worktree: string } {
  const dir = join(top, String((made += 1)));
  const [modules, venv, worktree] = ['layers/1/node_modules', 'layers/2/venv', 'attempt/tree'].map((name) => {
    mkdirSync(join(dir, name), { recursive: true });
    return join(dir, name);
  });
  assert.ok(modules && venv && worktree);
  writeFileSync(join(modules, 'index.js'), 'installed');
  writeFileSync(join(venv, 'python'), 'installed');
  const layer: Layer = {
    dir: modules,
    mount: 'node_modules',
    more: [{ dir: venv, mount: null }],
    kind: 'test',
    digest: 'd',
    env: { VIRTUAL_ENV: venv },
    offline: {},
    pathPrefix: [join(venv, 'bin')],
  };
  return { layer, worktree };
}

async function turn({ env, binds }: ForAgent, worktree: string, script: string): Promise<string> {
  const command = await sandboxes('auto').wrap({
    argv: ['sh', '-c', script],
    cwd: worktree,
    env: { ...baseEnv({ path, home: top, tmp: top }), ...env },
    network: false,
    view: 'agent',
    hidden: [join(worktree, '..', '..', 'layers')],
    binds: [{ from: worktree, writable: true }, ...binds],
  });
  const [program, ...args] = command.argv;
  return execFileSync(program, args, { cwd: command.cwd, env: command.env, encoding: 'utf8' });
}

test(
  'T14 what an agent writes over a layer is kept for its next turn, is not in the layer, and nothing is copied',
  able,
  async () => {
    const { layer, worktree } = attempt();
    const given = await layerForAgent(layer, worktree, { sandboxes: sandboxes('auto'), path });
    const write =
      'echo mine > node_modules/index.js; echo new > node_modules/new.js; rm "$VIRTUAL_ENV"/python; ls -A "$VIRTUAL_ENV"';
    assert.equal(await turn(given, worktree, write), '');
    const again = await layerForAgent(layer, worktree, { sandboxes: sandboxes('auto'), path });
    assert.equal(await turn(again, worktree, 'cat node_modules/*; ls -A "$VIRTUAL_ENV"'), 'mine\nnew\n');
    assert.equal(readFileSync(join(layer.dir, 'index.js'), 'utf8'), 'installed');
    assert.deepEqual(readdirSync(layer.dir), ['index.js']);
    assert.deepEqual(readdirSync(join(worktree, 'node_modules')), []);

    const other = join(worktree, '..', '..', 'other', 'tree');
    mkdirSync(other, { recursive: true });
    const fresh = await layerForAgent(layer, other, { sandboxes: sandboxes('auto'), path });
    assert.equal(
      await turn(fresh, other, 'ls node_modules "$VIRTUAL_ENV" | tr "\\n" " "').then((said) => said.includes('python')),
      true,
    );
    await takeBack(worktree);
    assert.equal(await turn(again, worktree, 'cat node_modules/index.js'), 'mine\n');
  },
);

test('without overlays an agent has copies, which are removed when nobody works on the attempt, and made again', async () => {
  const { layer, worktree } = attempt();
  const given = await layerForAgent(layer, worktree, { sandboxes: sandboxes('none'), path });
  assert.deepEqual(given.binds, []);
  const copy = given.env['VIRTUAL_ENV'] ?? '';
  assert.equal(copy, join(worktree, '..', 'scratch', 'venv'));
  assert.ok(existsSync(join(copy, 'python')) && existsSync(join(worktree, 'node_modules', 'index.js')));
  writeFileSync(join(worktree, 'work.js'), 'mine');
  await takeBack(worktree);
  assert.ok(!existsSync(copy));
  assert.deepEqual(readdirSync(worktree), ['work.js']);
  await takeBack(worktree);
  await layerForAgent(layer, worktree, { sandboxes: sandboxes('none'), path });
  assert.ok(existsSync(join(copy, 'python')));
  assert.ok(existsSync(join(layer.dir, 'index.js')));
});
