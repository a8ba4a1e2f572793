import { slow } from '../gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openSandboxes } from '../sandbox/open.ts';
import { openAgents } from './open.ts';
import type { Activity, Agents, TurnRequest, TurnResult } from './port.ts';
import type { TurnLimits } from './turn/limits.ts';
import { systemClock } from '../clock/system.ts';

const ROLE_SERVER = [process.execPath, join(import.meta.dirname, 'roles', 'server.ts')] as const;
const SCRIPTED = [process.execPath, join(import.meta.dirname, 'scripted/main.ts')] as const;
const SECRET = 'correct-horse-battery-staple';
const root = mkdtempSync(join(tmpdir(), 'omk-agents-'));
after(() => rmSync(root, { recursive: true, force: true }));

interface Bench {
  readonly agents: Agents;
  readonly dir: string;
  readonly worktree: string;
  /** One turn of the scenario with these turns. */
  run(
    turns: readonly unknown[],
    request?: Partial<TurnRequest>,
    signal?: AbortSignal,
    observe?: (activity: Activity) => void,
  ): Promise<TurnResult & { readonly shown: readonly Activity[] }>;
  stream(): unknown[];
}

let count = 0;
function bench(mode: 'auto' | 'none', limits: Partial<TurnLimits> = {}): Bench {
  count += 1;
  const dir = join(root, `b${count}`);
  const stateDir = join(dir, 'state');
  const worktree = join(stateDir, 'worktree');
  const scratch = join(stateDir, 'scratch');
  for (const folder of [worktree, join(worktree, '.git'), scratch, join(dir, 'checkout'), join(dir, 'home')])
    mkdirSync(folder, { recursive: true });
  writeFileSync(join(dir, 'checkout', 'mine.txt'), 'mine\n');
  writeFileSync(join(dir, 'home', '.netrc'), 'private\n');
  writeFileSync(join(worktree, 'a.txt'), 'one\ntwo\n');
  const env = {
    PATH: process.env['PATH'],
    HOME: join(dir, 'home'),
    UNRELATED_TOKEN: SECRET,
    HTTPS_PROXY: 'http://proxy.invalid:1',
  };
  const agents = openAgents({
    stateDir,
    sandboxes: openSandboxes({ env, mode }),
    env,
    config: {
      agent: null,
      agents: {},
      signing: { key: null },
      limits: { maxAttempts: null, turnTimeoutMs: null, idleTimeoutMs: null },
    },
    clock: systemClock,
    bundled: { scriptedAgent: SCRIPTED, roleServer: ROLE_SERVER },
    limits: { cancelGraceMs: 300, ...limits },
  });
  return {
    agents,
    dir,
    worktree,
    run: async (turns, request = {}, signal = new AbortController().signal, observe = () => undefined) => {
      const scenario = join(dir, 'scenario.json');
      writeFileSync(scenario, JSON.stringify({ turns }));
      const shown: Activity[] = [];
      const marker = request.marker ?? `test.${process.pid}.${count}.${crypto.randomUUID()}`;
      const result = await agents.runTurn(
        {
          agent: await agents.resolve(`scripted:${scenario}`),
          session: null,
          prompt: 'go on',
          freshPrompt: 'begin',
          worktree,
          scratch,
          hidden: [stateDir, join(dir, 'checkout')],
          env: { LAYER: 'yes' },
          pathPrefix: [],
          turnTimeoutMs: 30_000,
          idleTimeoutMs: 20_000,
          streamFile: join(dir, 'stream.ndjson'),
          stderrFile: join(dir, 'stderr.txt'),
          ...request,
          marker,
        },
        (activity) => {
          shown.push(activity);
          observe(activity);
        },
        signal,
      );
      assert.deepEqual(living(marker), [], 'a process of the turn is still alive');
      return { ...result, shown };
    },
    stream: () =>
      readFileSync(join(dir, 'stream.ndjson'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

/** Processes with the marker in their environment. */
const living = (marker: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`OMK_ATTEMPT=${marker}\0`);
    } catch {
      return false;
    }
  });

const said = (shown: readonly Activity[]): string =>
  shown.map((activity) => (activity.kind === 'says' ? activity.text : '')).join('');
const turn = (...steps: readonly unknown[]): unknown[] => [{ steps }];

function agentsConformance(mode: 'auto' | 'none', skip: string | false): void {
  const each = (name: string, work: () => Promise<void>, left = skip): void =>
    void test(`${mode === 'auto' ? 'in the sandbox' : 'without a sandbox'}: ${name}`, { skip: left }, work);
  const once = skip || (mode === 'none' && slow);
  const sandboxed = mode === 'auto';

  each('a turn says, writes, edits and is recorded', async () => {
    const b = bench(mode);
    const result = await b.run(
      turn(
        { think: 'hm' },
        { write: { path: 'src/b.txt', content: 'b' } },
        { edit: { path: 'a.txt', find: 'two', replace: '2' } },
        { usage: { input: 5, output: 6 } },
        { say: 'all \u001b[31mdone' },
      ),
    );
    assert.deepEqual(result.outcome, { kind: 'completed', stopReason: 'end_turn' });
    assert.equal(readFileSync(join(b.worktree, 'src/b.txt'), 'utf8'), 'b');
    assert.equal(readFileSync(join(b.worktree, 'a.txt'), 'utf8'), 'one\n2\n');
    assert.equal(result.resumed, false);
    assert.match(result.session ?? '', /^[\w-]+$/);
    assert.deepEqual(result.claimedUsage, { inputTokens: 5, outputTokens: 6 });
    assert.equal(result.sandbox.kind, sandboxed ? 'bubblewrap' : 'none');
    assert.equal(said(result.shown), 'all done');
    assert.deepEqual(
      result.shown.map((activity) => activity.kind),
      ['session', 'thinks', 'tool', 'tool', 'tool', 'tool', 'says', 'usage'],
    );
    assert.match(JSON.stringify(b.stream()), /"method":"session\/prompt".*"text":"begin"/);
  });

  each('T12: files are written for it inside the worktree only, and never in .git or .omk', async () => {
    const b = bench(mode);
    const client = (path: string): unknown => ({ write: { path, content: 'x', via: 'client' } });
    const outside = join(b.dir, 'checkout', 'theirs.txt');
    const result = await b.run(
      turn(
        client('deep/ok.txt'),
        client(outside),
        client('.git/config'),
        client('.omk/gates.toml'),
        client('../up.txt'),
        { read: { path: 'a.txt' } },
        { read: { path: join(b.dir, 'checkout/mine.txt') } },
      ),
    );
    assert.equal(result.outcome.kind, 'completed');
    const ends = result.shown.flatMap((activity) =>
      activity.kind === 'tool' && activity.status !== 'in_progress' ? [activity.status] : [],
    );
    assert.deepEqual(ends, ['completed', 'failed', 'failed', 'failed', 'failed', 'completed', 'failed']);
    assert.equal(readFileSync(join(b.worktree, 'deep/ok.txt'), 'utf8'), 'x');
    assert.deepEqual(
      [outside, join(b.worktree, '.git/config'), join(b.worktree, '.omk'), join(b.worktree, '../up.txt')].filter(
        existsSync,
      ),
      [],
    );
  });

  each('permissions are answered by policy and recorded', async () => {
    const b = bench(mode);
    const ask = (title: string, path?: string, options?: string[]): unknown => ({
      ask_permission: { title, ...(path ? { path } : {}), ...(options ? { options } : {}) },
    });
    const result = await b.run(
      turn(
        ask('make'),
        ask('in', 'a.txt'),
        ask('out', '/etc/passwd'),
        ask('hooks', '.git/hooks/x'),
        ask('always', 'a.txt', ['allow_always']),
      ),
    );
    assert.equal(
      said(result.shown),
      'permission: allow_once\npermission: allow_once\npermission: reject_once\npermission: reject_once\npermission: cancelled\n',
    );
    assert.deepEqual(
      result.permissions.map(({ title, decision }) => [title, decision]),
      [
        ['make', 'allowed'],
        ['in', 'allowed'],
        ['out', 'refused'],
        ['hooks', 'refused'],
        ['always', 'refused'],
      ],
    );
    assert.match(result.permissions[0]?.reason ?? '', sandboxed ? /bounded by the sandbox/ : /no sandbox/);
  });

  each('unknown requests and questions to the user are declined, not left hanging', async () => {
    const result = await bench(mode).run(
      turn(
        { request: { method: 'elicitation/create', params: { mode: 'form' } } },
        { request: { method: 'elicitation/complete' } },
        { request: { method: 'terminal/create' } },
        { request: { method: '_x/y' } },
      ),
    );
    assert.equal(said(result.shown).match(/not found/gi)?.length, 3);
    assert.match(said(result.shown), /elicitation\/create: \{"action":"decline"\}/);
    assert.deepEqual(result.permissions, [
      { title: 'question', decision: 'refused', reason: 'it was asked outside of a session' },
    ]);
  });

  each('a crash during the turn is told with the end of its stderr', async () => {
    const { outcome, session } = await bench(mode).run(turn({ say: 'hi' }, { crash: { code: 3 } }));
    assert.equal(outcome.kind === 'failed' && outcome.reason, 'crashed');
    assert.match(JSON.stringify(outcome), /code 3.*the scenario says: crash/);
    assert.notEqual(session, null);
  });

  each('silence ends in idle_timeout', async () => {
    const { outcome } = await bench(mode).run(turn({ say: 'hi' }, { hang: {} }), { idleTimeoutMs: 1500 });
    assert.deepEqual(outcome, { kind: 'failed', reason: 'idle_timeout', detail: 'the agent sent nothing for 1.5 s' });
  });

  each('a turn that goes on too long ends in turn_timeout, although it is not silent', async () => {
    const { outcome } = await bench(mode).run(turn({ flood: { bytes: 1e12, kind: 'updates' } }), {
      turnTimeoutMs: 2500,
    });
    assert.equal(outcome.kind === 'failed' && outcome.reason, 'turn_timeout');
  });

  each(
    'T11: an agent that ignores the cancel is killed, and so is what it left behind in a session of its own',
    async () => {
      const b = bench(mode);
      const abort = new AbortController();
      const result = await b.run(
        turn(
          { run: ['sh', '-c', 'setsid sleep 300 & echo started'] },
          { say: 'go' },
          { hang: { ignore_cancel: true } },
        ),
        {},
        abort.signal,
        (activity) => {
          if (activity.kind === 'says') abort.abort();
        },
      );
      assert.deepEqual(result.outcome, { kind: 'cancelled' });
      assert.match(JSON.stringify(b.stream()), /session\/cancel/);
    },
  );

  each('T11: what a finished turn left running is dead', async () => {
    const result = await bench(mode).run(
      turn({ run: ['sh', '-c', 'setsid sleep 300 & (sleep 300 &) ; echo started'] }, { say: 'done' }),
    );
    assert.equal(result.outcome.kind, 'completed');
  });

  each('an agent that honours the cancel ends its turn itself', async () => {
    const b = bench(mode, { cancelGraceMs: 20_000 });
    const abort = new AbortController();
    const result = await b.run(
      turn({ say: 'go' }, { wait: 60_000 }),
      {},
      abort.signal,
      (activity) => activity.kind === 'says' && abort.abort(),
    );
    assert.deepEqual(result.outcome, { kind: 'cancelled' });
    assert.match(JSON.stringify(b.stream()), /"stopReason":"cancelled"/);
  });

  each('cancelled before it began, nothing is started', async () => {
    const b = bench(mode);
    const result = await b.run(turn({ write: { path: 'x', content: '' } }), {}, AbortSignal.abort());
    assert.deepEqual(result.outcome, { kind: 'cancelled' });
    assert.equal(existsSync(join(b.worktree, 'x')), false);
  });

  each(
    'floods and garbage are survived, and a huge message is one',
    async () => {
      const b = bench(mode, { streamCapBytes: 1e6 });
      const result = await b.run(
        turn(
          { garbage: 'Welcome to the agent!\n{"half": ' },
          { flood: { bytes: 3e6, kind: 'text' } },
          { flood: { bytes: 2e6, kind: 'stderr' } },
          { flood: { bytes: 8e6, kind: 'line' } },
          { say: '\nend' },
        ),
      );
      assert.deepEqual(result.outcome, { kind: 'completed', stopReason: 'end_turn' });
      assert.match(said(result.shown), /end$/);
      const stream = b.stream();
      assert.ok(stream.some((line) => JSON.stringify(line).includes('"raw":"Welcome to the agent!"')));
      assert.match(JSON.stringify(stream.at(-1)), /"missing":\d+/);
    },
    once,
  );

  each('a turn that ends without having done anything has failed', async () => {
    const { outcome } = await bench(mode).run(turn({ think: 'nothing to do' }, { empty: true }));
    assert.equal(outcome.kind === 'failed' && outcome.reason, 'empty_turn');
  });

  each(
    'errors say what a person can mend',
    async () => {
      const reason = async (code: number, message: string): Promise<unknown> => {
        const { outcome } = await bench(mode).run(turn({ error: { code, message } }));
        return 'reason' in outcome ? outcome.reason : outcome.kind;
      };
      assert.equal(await reason(-32000, 'Authentication required'), 'not_logged_in');
      assert.equal(await reason(-32603, 'HTTP 401 Unauthorized'), 'not_logged_in');
      assert.equal(await reason(-32603, 'You have hit your usage limit, try again at 9pm'), 'usage_limit');
      assert.equal(await reason(-32603, 'segment 7 exploded'), 'agent_error');
    },
    once,
  );

  each(
    'a session is continued by a new process, and a lost one is told anew',
    async () => {
      const b = bench(mode);
      const turns = [{ steps: [{ say: 'first' }] }, { steps: [{ say: 'second' }] }];
      const first = await b.run(turns);
      const second = await b.run(turns, { session: first.session });
      assert.deepEqual([said(first.shown), said(second.shown)], ['first', 'second']);
      assert.deepEqual([second.resumed, second.session], [true, first.session]);
      assert.match(JSON.stringify(b.stream()), /"text":"go on"/);
      const lost = await b.run(turns, { session: 'no-such-session' });
      assert.deepEqual([lost.resumed, said(lost.shown)], [false, 'first']);
      assert.match(JSON.stringify(b.stream()), /"text":"begin"/);
    },
    once,
  );

  each('the environment is built from nothing', async () => {
    const b = bench(mode);
    await b.run(turn({ run: ['sh', '-c', 'env > env.txt'] }, { say: 'ok' }));
    const env = readFileSync(join(b.worktree, 'env.txt'), 'utf8');
    assert.match(env, /^LAYER=yes$/m);
    assert.match(env, /^OMK_ATTEMPT=test/m);
    assert.doesNotMatch(env, /UNRELATED_TOKEN|npm_/);
  });

  if (!sandboxed) return;
  each('T12: state, checkout and HOME are hidden, and only worktree and scratch can be written', async () => {
    const b = bench(mode);
    const script = [
      `cat ${b.dir}/checkout/mine.txt && echo LEAK1`,
      `cat ${b.dir}/home/.netrc && echo LEAK2`,
      `ls ${b.dir}/state | grep -v -e worktree -e scratch && echo LEAK3`,
      `touch ${b.dir}/checkout/x ${import.meta.dirname}/x; true`,
      'touch "$TMPDIR/mine" && echo SCRATCH',
    ].join('\n');
    const result = await b.run(
      turn(
        { run: ['sh', '-c', `(${script}) > out.txt 2>&1`] },
        { write_absolute: { path: join(b.dir, 'checkout', 'y'), content: '' } },
        { say: 'ok' },
      ),
    );
    const out = readFileSync(join(b.worktree, 'out.txt'), 'utf8');
    assert.equal(result.outcome.kind, 'completed');
    assert.doesNotMatch(out, /LEAK/);
    assert.match(out, /SCRATCH/);
    assert.deepEqual(readdirSync(join(b.dir, 'checkout')), ['mine.txt']);
    assert.equal(existsSync(join(import.meta.dirname, 'x')), false);
  });
}

const sandbox = await openSandboxes({ env: process.env, mode: 'auto' }).detect();
agentsConformance('auto', sandbox.kind === 'none' ? sandbox.why : false);
agentsConformance('none', process.platform === 'linux' ? false : 'processes are looked for in /proc');
