import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ConfiguredAgent } from '../config/port.ts';
import { openSandboxes } from '../sandbox/open.ts';
import { openAgents } from './open.ts';
import type { TurnResult } from './port.ts';
import type { TurnLimits } from './turn/limits.ts';
import { systemClock } from '../clock/system.ts';

const MAIN = join(import.meta.dirname, 'scripted/main.ts');
const SECRET = 'correct-horse-battery-staple';
const root = mkdtempSync(join(tmpdir(), 'omk-commands-'));
after(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
/** One turn of a command the user gave, with what it left in its files. */
async function run(
  agent: (dir: string) => string,
  options: {
    agents?: Record<string, ConfiguredAgent>;
    steps?: readonly unknown[];
    limits?: Partial<TurnLimits>;
    env?: Record<string, string>;
  } = {},
): Promise<TurnResult & { dir: string; stream: string; env: string }> {
  count += 1;
  const dir = join(root, String(count));
  const worktree = join(dir, 'state/worktree');
  const scratch = join(dir, 'state/scratch');
  for (const folder of [worktree, scratch, join(dir, 'home/.mine'), join(dir, 'checkout/tools')])
    mkdirSync(folder, { recursive: true });
  writeFileSync(join(dir, 'home/.mine/login'), 'logged in');
  writeFileSync(join(dir, 'home/.other'), 'private');
  writeFileSync(
    join(dir, 'checkout/tools/scenario.json'),
    JSON.stringify({ turns: [{ steps: options.steps ?? [{ say: 'hi' }] }] }),
  );
  const env = { PATH: process.env['PATH'], HOME: join(dir, 'home'), MINE_KEY: SECRET, ...options.env };
  const agents = openAgents({
    stateDir: join(dir, 'state'),
    sandboxes: openSandboxes({ env }),
    env,
    config: {
      agent: null,
      agents: options.agents ?? {},
      signing: { key: null },
      limits: { maxAttempts: null, turnTimeoutMs: null, idleTimeoutMs: null },
    },
    clock: systemClock,
    bundled: { scriptedAgent: ['unused'], roleServer: ['none'] },
    limits: options.limits ?? {},
  });
  const result = await agents.runTurn(
    {
      agent: await agents.resolve(agent(dir)),
      session: null,
      prompt: 'p',
      freshPrompt: 'p',
      worktree,
      scratch,
      hidden: [join(dir, 'state'), join(dir, 'checkout')],
      env: {},
      pathPrefix: [],
      turnTimeoutMs: 20_000,
      idleTimeoutMs: 20_000,
      marker: `commands.${process.pid}.${count}`,
      streamFile: join(dir, 'stream'),
      stderrFile: join(dir, 'stderr'),
    },
    () => undefined,
    new AbortController().signal,
  );
  const read = (file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return '';
    }
  };
  return {
    ...result,
    dir,
    stream: read(join(dir, 'stream')) + read(join(dir, 'stderr')),
    env: read(join(worktree, 'env.txt')),
  };
}

const scripted = (dir: string): string => `${process.execPath} ${MAIN} ${dir}/checkout/tools/scenario.json`;
const look = [
  {
    run: [
      'sh',
      '-c',
      'env > env.txt; cat "$HOME/.mine/login" "$HOME/.other" >> env.txt; echo "$MINE_KEY"; echo "$MINE_KEY" >&2',
    ],
  },
  { say: 'ok' },
];

test('a command line gets an empty HOME of its own and nothing of the environment', async () => {
  const { outcome, env, dir } = await run(scripted, { steps: look });
  assert.equal(outcome.kind, 'completed');
  assert.match(env, new RegExp(`^HOME=${dir}/state/scratch/home$`, 'm'));
  assert.doesNotMatch(env, new RegExp(`${SECRET}|logged in|private`));
});

test('a configured agent gets the names and paths the user listed, and its secrets stay out of what is recorded', async () => {
  const argv = (dir: string): readonly [string, ...string[]] => [
    process.execPath,
    MAIN,
    `${dir}/checkout/tools/scenario.json`,
  ];
  const mine = {
    argv: argv(join(root, String(count + 1))),
    env: ['MINE_KEY'],
    paths: [{ path: '~/.mine', access: 'copy' }],
  } as const;
  const { outcome, env, stream, sandbox } = await run(() => 'mine', { agents: { mine }, steps: look });
  assert.equal(outcome.kind, 'completed');
  assert.match(env, new RegExp(`^MINE_KEY=${SECRET}$`, 'm'));
  assert.match(env, /logged in/);
  if (sandbox.kind !== 'none') assert.doesNotMatch(env, /private/);
  assert.doesNotMatch(stream, new RegExp(SECRET));
  assert.match(stream, /\[redacted\]/);
});

test('secrets do not come back in the sentence about a program that failed', async () => {
  const x = {
    argv: ['sh', '-c', 'echo "login with $MINE_KEY failed" >&2; exit 1'],
    env: ['MINE_KEY'],
    paths: [],
  } as const;
  const { outcome, stream } = await run(() => 'x', { agents: { x } });
  assert.match(JSON.stringify(outcome), /not_acp.*login with \[redacted\] failed/);
  assert.equal(stream.includes(SECRET), false);
});

test('a name alone opens nothing: the command must be the configured one', async () => {
  const node = { argv: ['something-else'], env: ['MINE_KEY'], paths: [] } as const;
  const { env } = await run(scripted, { agents: { node }, steps: look });
  assert.match(env, /PATH=/);
  assert.doesNotMatch(env, new RegExp(SECRET));
});

test('a path that would show the state directory is refused', async () => {
  const mine = { argv: ['true'], env: [], paths: [{ path: join(root, String(count + 1)), access: 'read' }] } as const;
  await assert.rejects(
    run(() => 'mine', { agents: { mine } }),
    /shows .*state.* must stay hidden/,
  );
});

test('what is not there, or does not speak the protocol, is said', async () => {
  const why = async (
    command: string,
    limits: Partial<TurnLimits> = {},
    env: Record<string, string> = {},
  ): Promise<string> => {
    const { outcome } = await run(() => 'x', {
      agents: { x: { argv: ['sh', '-c', command], env: [], paths: [] } },
      limits,
      env,
    });
    return 'reason' in outcome ? `${outcome.reason}: ${outcome.detail}` : outcome.kind;
  };
  const gone = await run(() => 'gone', { agents: { gone: { argv: ['no-such-agent'], env: [], paths: [] } } });
  assert.deepEqual(gone.outcome.kind === 'unavailable' && gone.outcome.reason, 'not_found');
  assert.match(
    await why('echo hello; echo usage >&2; exit 64'),
    /^not_acp: the program ended with code 64 before it answered: hello \| usage$/,
  );
  assert.match(
    await why('while read line; do echo hello; done', { initializeMs: 1500 }),
    /^slow: no answer to `initialize` within 1\.5 s; .*start_timeout/,
  );
  // Inside a sandbox its keeper holds the output open too.
  assert.match(
    await why('exec >&-; sleep 300', { drainMs: 100 }, { OMK_SANDBOX: 'none' }),
    /^not_acp: the agent closed its output/,
  );
  assert.match(
    await why(`read line; echo '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":2}}'; sleep 300`),
    /^not_acp: it speaks version 2/,
  );
});
