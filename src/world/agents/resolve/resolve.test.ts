import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import { OmkError } from '../../../domain/error.ts';
import type { Config } from '../../config/port.ts';
import { findAgents } from './find.ts';
import { resolveAgent } from './resolve.ts';

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'omk-resolve-')));
after(() => rmSync(dir, { recursive: true, force: true }));
mkdirSync(join(dir, 'bin'));
for (const name of ['opencode', 'my-agent']) {
  writeFileSync(join(dir, 'bin', name), '#!/bin/sh\n');
  chmodSync(join(dir, 'bin', name), 0o755);
}
writeFileSync(join(dir, 'cheat.json'), '{}');

const config: Config = {
  agent: null,
  agents: {
    mine: { argv: ['my-agent', 'serve'], env: [], paths: [] },
    gone: { argv: ['no-such-program'], env: [], paths: [] },
    kimi: { argv: ['/opt/kimi', 'acp'], env: [], paths: [] },
  },
  signing: { key: null },
  limits: { maxAttempts: null, turnTimeoutMs: null, idleTimeoutMs: null },
};
const options = {
  env: { PATH: join(dir, 'bin') },
  config,
  bundled: { scriptedAgent: ['/node', '/scripted.js'] as const },
};
const unknown = (text: string): void =>
  assert.throws(
    () => resolveAgent(text, options),
    (error) => error instanceof OmkError && error.code === 'AGENT_UNKNOWN' && error.fix.includes('opencode'),
    text,
  );

test('a preset, a configured name, a scenario or a command line', () => {
  assert.deepEqual(resolveAgent('opencode', options), {
    name: 'opencode',
    preset: 'opencode',
    argv: ['opencode', 'acp'],
  });
  assert.deepEqual(resolveAgent('mine', options), { name: 'mine', preset: null, argv: ['my-agent', 'serve'] });
  assert.deepEqual(resolveAgent('kimi', options), { name: 'kimi', preset: 'kimi', argv: ['/opt/kimi', 'acp'] });
  const scenario = join(dir, 'cheat.json');
  assert.deepEqual(resolveAgent(`scripted:${relative(process.cwd(), scenario)}`, options), {
    name: 'scripted',
    preset: 'scripted',
    argv: ['/node', '/scripted.js', scenario],
  });
  assert.deepEqual(resolveAgent(" my-agent --acp 'a b' ", options), {
    name: 'my-agent',
    preset: null,
    argv: ['my-agent', '--acp', 'a b'],
  });
});

test("files named in a command line stay the user's: the agent runs somewhere else", () => {
  const here = relative(process.cwd(), join(dir, 'cheat.json'));
  const spec = resolveAgent(`${relative(process.cwd(), join(dir, 'bin/my-agent'))} ${here} absent.js`, options);
  assert.deepEqual(spec.argv, [join(dir, 'bin/my-agent'), join(dir, 'cheat.json'), 'absent.js']);
});

test('what is neither is refused with what there is', () => {
  for (const text of [
    '',
    'kimmi',
    'no-such-program acp',
    './absent',
    'scripted',
    'scripted:absent.json',
    'constructor',
    '"open',
  ])
    unknown(text);
});

test('agents are found where their program is', () => {
  const found = findAgents(options);
  assert.deepEqual(
    found.map(({ name, path }) => [name, path]),
    [
      ['claude', null],
      ['codex', null],
      ['gemini', null],
      ['kimi', null],
      ['opencode', join(dir, 'bin/opencode')],
      ['qwen', null],
      ['mine', join(dir, 'bin/my-agent')],
      ['gone', null],
    ],
  );
  assert.ok(found.every(({ spec, path, fix }) => (spec === null) === (path === null) && fix !== ''));
});
