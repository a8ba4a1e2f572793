import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openAgents } from '../src/world/agents/open.ts';
import type { Activity, TurnRequest, TurnResult } from '../src/world/agents/port.ts';
import { openSandboxes } from '../src/world/sandbox/open.ts';
import { startFakeModel, type Answer } from './fake-model.ts';
import { installKimi, kimiHome, kimiPath } from './install-kimi.ts';
import { systemClock } from '../src/world/clock/system.ts';

const installed = await installKimi();
const skip = installed.kind === 'ready' ? false : installed.why;
const root = mkdtempSync(join(tmpdir(), 'omk-kimi-'));
after(() => rmSync(root, { recursive: true, force: true }));

type Run = (
  request?: Partial<TurnRequest>,
  signal?: AbortSignal,
  observe?: (activity: Activity) => void,
) => Promise<TurnResult & { readonly said: string }>;

let count = 0;
/** kimi over ACP in a worktree with one file, against a model that follows the script. */
async function withKimi(
  script: (worktree: string) => (prompt: string, results: number) => Answer,
  work: (run: Run, place: { readonly worktree: string; readonly dir: string }) => Promise<void>,
  mode: 'manual' | 'auto' = 'manual',
): Promise<void> {
  count += 1;
  const dir = join(root, String(count));
  const worktree = join(dir, 'state', 'worktree');
  const scratch = join(dir, 'state', 'scratch');
  for (const folder of [join(worktree, '.git'), scratch, join(dir, 'home'), join(dir, 'checkout')])
    mkdirSync(folder, { recursive: true });
  writeFileSync(join(worktree, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(worktree, 'README.md'), '# scratch\nalpha line\n');
  const model = await startFakeModel(script(worktree));
  try {
    assert.equal(installed.kind, 'ready');
    if (installed.kind !== 'ready') return;
    const env = {
      PATH: `${kimiPath(installed.main, join(dir, 'bin'))}:/usr/bin:/bin`,
      HOME: join(dir, 'home'),
      ...kimiHome(join(dir, 'home', '.kimi-code'), model.url, mode),
    };
    const agents = openAgents({
      stateDir: join(dir, 'state'),
      sandboxes: openSandboxes({ env }),
      env,
      config: {
        agent: null,
        agents: {},
        signing: { key: null },
        limits: { maxAttempts: null, turnTimeoutMs: null, idleTimeoutMs: null },
      },
      clock: systemClock,
      bundled: { scriptedAgent: ['unused'], roleServer: ['none'] },
    });
    const agent = await agents.resolve('kimi');
    const run: Run = async (request = {}, signal = new AbortController().signal, observe = () => undefined) => {
      let said = '';
      const marker = `kimi.${process.pid}.${count}.${crypto.randomUUID()}`;
      const result = await agents.runTurn(
        {
          agent,
          session: null,
          prompt: 'please go on',
          freshPrompt: 'please begin',
          worktree,
          scratch,
          hidden: [join(dir, 'state'), join(dir, 'checkout')],
          env: {},
          pathPrefix: [],
          turnTimeoutMs: 120_000,
          idleTimeoutMs: 60_000,
          streamFile: join(dir, 'stream.ndjson'),
          stderrFile: join(dir, 'stderr.txt'),
          ...request,
          marker,
        },
        (activity) => {
          if (activity.kind === 'says') said += activity.text;
          observe(activity);
        },
        signal,
      );
      assert.equal(await agents.endStrays(marker), 0, 'something of the turn is still alive');
      return { ...result, said };
    };
    await work(run, { worktree, dir });
  } finally {
    await model.close();
  }
}

const call = (tool: string, args: Readonly<Record<string, unknown>>): Answer => ({ kind: 'call', tool, args });
const say = (text: string): Answer => ({ kind: 'say', text });

test('kimi reads, edits and runs a command in the worktree, and is asked nothing twice', { skip }, () =>
  withKimi(
    (worktree) => (_prompt, results) =>
      [
        call('Read', { path: join(worktree, 'README.md') }),
        call('Edit', { path: join(worktree, 'README.md'), old_string: 'alpha line', new_string: 'beta line' }),
        call('Bash', { command: 'echo ran > ran.txt' }),
      ][results] ?? say('All done.'),
    async (run, { worktree, dir }) => {
      const result = await run();
      assert.deepEqual(result.outcome, { kind: 'completed', stopReason: 'end_turn' });
      assert.equal(readFileSync(join(worktree, 'README.md'), 'utf8'), '# scratch\nbeta line\n');
      assert.equal(readFileSync(join(worktree, 'ran.txt'), 'utf8'), 'ran\n');
      assert.match(result.said, /All done\.$/);
      assert.deepEqual(
        result.permissions.map(({ title, decision }) => [title, decision]),
        [['Bash', 'allowed']],
      );
      const stream = readFileSync(join(dir, 'stream.ndjson'), 'utf8');
      assert.match(stream, /"method":"fs\/write_text_file"/);
      assert.doesNotMatch(stream, /sk-fake/);
    },
  ),
);

test('kimi is told no when it wants to write outside the worktree', { skip }, () => {
  let outside = '';
  return withKimi(
    (worktree) => {
      outside = join(worktree, '..', '..', 'checkout', 'theirs.txt');
      return (_prompt, results) =>
        results === 0 ? call('Write', { path: outside, content: 'x' }) : say('I could not.');
    },
    async (run) => {
      const result = await run();
      assert.equal(result.outcome.kind, 'completed');
      assert.deepEqual(
        result.permissions.map(({ decision }) => decision),
        ['refused'],
      );
      assert.equal(existsSync(outside), false);
    },
  );
});

test('kimi asks before it acts, although its user told it not to', { skip }, () =>
  withKimi(
    () => (_prompt, results) => (results === 0 ? call('Bash', { command: 'true' }) : say('done')),
    async (run) => {
      const first = await run();
      const second = await run({ session: first.session });
      assert.equal(second.resumed, true);
      for (const { permissions } of [first, second])
        assert.deepEqual(
          permissions.map(({ title }) => title),
          ['Bash'],
        );
    },
    'auto',
  ),
);

test('kimi goes on in the same session in a new process', { skip }, () =>
  withKimi(
    () => (prompt) => say(`You said: ${prompt.slice(0, 20)}`),
    async (run) => {
      const first = await run();
      assert.match(first.said, /please begin/);
      const second = await run({ session: first.session });
      assert.deepEqual([second.resumed, second.session], [true, first.session]);
      assert.match(second.said, /please go on/);
      assert.doesNotMatch(second.said, /please begin/);
    },
  ),
);

test('a model that answers 429 is a usage limit, although kimi calls the turn ended', { skip }, () =>
  withKimi(
    () => () => ({ kind: 'status', status: 429 }),
    async (run) => {
      const { outcome } = await run();
      assert.equal(outcome.kind === 'unavailable' && outcome.reason, 'usage_limit');
    },
  ),
);

for (const status of [400, 500]) {
  test(`a model that answers ${status} is a failed turn, although kimi calls it ended`, { skip }, () =>
    withKimi(
      () => () => ({ kind: 'status', status }),
      async (run) => {
        const { outcome } = await run();
        assert.equal(outcome.kind === 'failed' && outcome.reason, 'empty_turn');
      },
    ),
  );
}

test('a model that answers 401 means that somebody has to log in', { skip }, () =>
  withKimi(
    () => () => ({ kind: 'status', status: 401 }),
    async (run) => {
      const { outcome } = await run();
      assert.equal(outcome.kind === 'unavailable' && outcome.reason, 'not_logged_in');
      assert.match(JSON.stringify(outcome), /kimi login/);
    },
  ),
);

test('a cancelled turn ends at once with everything it started', { skip }, () =>
  withKimi(
    () => (_prompt, results) =>
      results === 0 ? call('Bash', { command: 'touch started && timeout 300 tail -f /dev/null' }) : say('no'),
    async (run, { worktree }) => {
      const abort = new AbortController();
      const turn = run({}, abort.signal);
      const deadline = Date.now() + 60_000;
      while (!readdirSync(worktree).includes('started') && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 50));
      abort.abort();
      assert.deepEqual((await turn).outcome, { kind: 'cancelled' });
      assert.ok(existsSync(join(worktree, 'started')));
    },
  ),
);
