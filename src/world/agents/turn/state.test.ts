import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { PRESETS } from '../presets/list.ts';
import { opencode } from '../presets/opencode.ts';
import { copyOnce } from './copy.ts';
import { bindState } from './state.ts';

const home = mkdtempSync(join(tmpdir(), 'omk-state-'));
after(() => rmSync(home, { recursive: true, force: true }));
const user = { home, env: {} };
const at = (path: string): string => join(home, path);

test('an agent has its own folders, a copy of its settings, and what the user named; nothing that is not there', () => {
  mkdirSync(at('.config/opencode'), { recursive: true });
  writeFileSync(at('.config/opencode/opencode.json'), '{}');
  mkdirSync(at('.mine/sessions'), { recursive: true });
  writeFileSync(at('.mine/sessions/old'), 'long');
  writeFileSync(at('.mine/hook'), 'mine');
  const configured = {
    argv: null,
    env: [],
    paths: [
      { path: '~/.mine', access: 'copy' },
      { path: '~/.mine/sessions', access: 'write' },
      { path: '~/.absent', access: 'write' },
    ],
  } as const;
  const copy = at('copies/5');
  assert.deepEqual(bindState(user, opencode, configured, at('copies')), [
    { from: at('.local/share/opencode'), writable: true },
    { from: at('copies/1'), to: at('.local/share/opencode/bin'), writable: true },
    { from: at('copies/2'), to: at('.local/share/opencode/snapshot'), writable: true },
    { from: at('.local/state/opencode'), writable: true },
    { from: at('copies/4'), to: at('.cache/opencode'), writable: true },
    { from: copy, to: at('.config/opencode'), writable: true },
    { from: at('copies/6'), to: at('.mine'), writable: true },
    { from: at('.mine/sessions'), writable: true },
  ]);
  assert.deepEqual(readdirSync(at('copies/6')), ['hook'], 'what is kept is not copied');
  writeFileSync(join(copy, 'opencode.json'), 'changed');
  bindState(user, opencode, configured, at('copies'));
  assert.equal(readFileSync(join(copy, 'opencode.json'), 'utf8'), 'changed');
  assert.equal(readFileSync(at('.config/opencode/opencode.json'), 'utf8'), '{}');
});

test('without a sandbox nothing is put in the place of something else', () => {
  assert.ok(bindState(user, opencode, null, null).every(({ to }) => to === undefined));
});

/** Where the agents read settings, hooks, plugins and programs that they run the next time, below HOME. */
const RUN_LATER = [
  ...['settings.json', 'hooks/x.sh', 'plugins/p/x.js', 'commands/x.md', 'CLAUDE.md', 'new'].map(
    (name) => `.claude/${name}`,
  ),
  ...['config.toml', 'hooks.json', 'AGENTS.md', 'prompts/x.md', 'rules/x', 'new'].map((name) => `.codex/${name}`),
  ...['settings.json', 'extensions/x/gemini-extension.json', 'commands/x.toml', 'new'].map((name) => `.gemini/${name}`),
  ...['settings.json', 'extensions/x/qwen-extension.json', 'new'].map((name) => `.qwen/${name}`),
  ...['config.toml', 'mcp.json', 'hooks/x', 'plugins/x', 'new'].map((name) => `.kimi-code/${name}`),
  '.claude.json',
  '.config/opencode/plugin/x.ts',
  '.cache/opencode/node_modules/p/index.js',
  '.local/share/opencode/bin/x',
  '.local/share/opencode/snapshot/x/config',
];

test('no agent can write what it, or another agent of the user, runs the next time (T12)', () => {
  const folder = mkdtempSync(join(home, 'user-'));
  for (const file of RUN_LATER) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), 'mine');
  }
  for (const preset of PRESETS) {
    const binds = bindState({ home: folder, env: {} }, preset, null, join(folder, 'copies', preset.name));
    for (const file of RUN_LATER) {
      const path = join(folder, file);
      const [bind] = binds
        .filter(({ from, to = from }) => path === to || path.startsWith(`${to}/`))
        .sort((a, b) => (b.to ?? b.from).length - (a.to ?? a.from).length);
      assert.ok(bind === undefined || !bind.writable || bind.from.includes('/copies/'), `${preset.name}: ${file}`);
    }
  }
});

test('a copy follows links to files, and leaves out links to folders, pipes and what is too large for a setting', () => {
  const folder = mkdtempSync(join(home, 'copied-'));
  mkdirSync(join(folder, 'own'));
  mkdirSync(join(folder, 'dotfiles'));
  writeFileSync(join(folder, 'dotfiles/settings.json'), '{}');
  symlinkSync('../dotfiles/settings.json', join(folder, 'own/settings.json'));
  symlinkSync('..', join(folder, 'own/around'));
  symlinkSync('absent', join(folder, 'own/dangling'));
  execFileSync('mkfifo', [join(folder, 'own/pipe')]);
  writeFileSync(join(folder, 'own/log.db'), '');
  truncateSync(join(folder, 'own/log.db'), 33 * 1024 * 1024);
  assert.deepEqual(readdirSync(copyOnce(join(folder, 'own'), join(folder, 'copy'), [])), ['settings.json']);
  assert.equal(lstatSync(join(folder, 'copy/settings.json')).isSymbolicLink(), false);
});
