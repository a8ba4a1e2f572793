import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { parse } from 'yaml';
import { openSandboxes } from '../src/world/sandbox/open.ts';
import { fakeApi, runAction } from './support/action.ts';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, writeFiles, type Machine } from './support/machine.ts';
import { retold } from './support/retold.ts';
import { sharedRuns } from './support/shared-runs.ts';

const runs = sharedRuns();

const sandbox = await openSandboxes({ env: process.env }).detect();
const needsSandbox = { skip: sandbox.kind === 'none' ? `no sandbox: ${sandbox.why}` : false };

const FOLDER = join(import.meta.dirname, '..', 'share', 'ci', 'github');
const TOKEN = 'ghs_0123456789abcdef0123456789abcdef0123';
const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };

const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], {
    cwd,
    encoding: 'utf8',
  }).trim();

interface Case {
  readonly m: Machine;
  readonly base: string;
  readonly honest: string;
  readonly cheat: string;
}

/** A repository with two pull requests and their proofs: one of honest work, and one whose maker signed what was never seen. */
async function repository(t: TestContext): Promise<Case> {
  const m = await machine(t, javascript.files, { runs });
  const ran = await m.omk([
    'run',
    '--json',
    '--agent',
    m.agent({ turns: [{ steps: [fix] }] }),
    'Make the red test green',
  ]);
  const { goal, status } = parseRun(ran);
  assert.equal(status, 'ready', ran.out);
  const base = git(m.repository, 'rev-parse', 'HEAD');
  assert.equal((await m.omk(['goal', 'apply', '--branch', 'honest'])).code, 0);
  const bundle = join(m.state, 'goals', goal, 'proof');
  const lie = await retold(
    bundle,
    m.repository,
    javascript.subject,
    `${javascript.files[javascript.subject]}// done\n`,
  );
  const [, cheat = ''] = /"gitCommit":"(\w+)"/.exec(payload(lie.get('terminal.dsse.json'))) ?? [];
  git(m.repository, 'branch', 'cheat', cheat);
  const work = join(m.dir, 'proofs');
  git(m.repository, 'worktree', 'add', '-q', '--detach', work, 'refs/omk/proofs');
  for (const [name, bytes] of lie) {
    const path = `${goal}-lie/${name}`;
    writeFiles(work, { [path]: '' });
    writeFileSync(join(work, path), bytes);
  }
  git(work, 'add', '-A');
  git(work, 'commit', '-q', '-m', 'A lie');
  git(m.repository, 'update-ref', 'refs/omk/proofs', git(work, 'rev-parse', 'HEAD'));
  return { m, base, honest: git(m.repository, 'rev-parse', 'honest'), cheat };
}

const payload = (envelope: Uint8Array | undefined): string =>
  Buffer.from(JSON.parse(Buffer.from(envelope ?? '{}').toString()).payload, 'base64').toString();

async function pullRequest(
  t: TestContext,
  { m, base }: Pick<Case, 'm' | 'base'>,
  head: string,
  { fork = false, writes = true, name = 'job', inputs = {} as Readonly<Record<string, string>> } = {},
) {
  const api = await fakeApi({ writes });
  t.after(() => api.close());
  const workspace = join(m.dir, `${name} workspace`);
  if (!existsSync(workspace)) git(m.dir, 'clone', '-q', '--no-local', m.repository, workspace);
  const temp = join(m.dir, `${name} temp`);
  const event = {
    pull_request: {
      number: 7,
      base: { sha: base },
      head: { sha: head, repo: { full_name: fork ? 'stranger/sums' : 'acme/sums' } },
    },
  };
  const all = { command: m.program, ...inputs };
  const run = () => runAction(FOLDER, { workspace, temp, event, token: TOKEN, api: api.url, inputs: all, env: m.env });
  return { api, run, temp };
}

/** A program in the place of omk, for what does not depend on its work. */
async function stub(t: TestContext, says: string, exit: number): Promise<Pick<Case, 'm' | 'base'> & { omk: string }> {
  const m = await machine(t, javascript.files, { runs });
  const tools = join(m.dir, 'tools');
  const log = join(m.dir, 'said');
  writeFiles(tools, {
    omk: `#!/bin/sh\nprintf '%s\\n' "$*" "\${GITHUB_TOKEN:-no token}" >>'${log}'\nprintf '${says}'\nexit ${exit}\n`,
  });
  return { m, base: git(m.repository, 'rev-parse', 'HEAD'), omk: join(tools, 'omk') };
}

suite('the GitHub action', needsSandbox, () => {
  test('reproduces an honest proof, refuses a signed lie, and reports both where it may', async (t) => {
    const repo = await repository(t);
    const good = await pullRequest(t, repo, repo.honest, { name: 'honest' });
    const job = await good.run();
    assert.equal(job.failed, false, JSON.stringify(job.steps));
    assert.equal(job.output('exit-code'), '0');
    const [check] = good.api.calls.filter(({ path }) => path.endsWith('/check-runs'));
    assert.equal(check?.body['conclusion'], 'success');
    assert.equal(check?.body['head_sha'], repo.honest);
    assert.match(JSON.stringify(check?.body['output']), /"title":"verify: reproduced: g-/);
    assert.match(job.summary, /reproduced +status: ready/);
    assert.ok(readdirSync(join(good.temp, 'omk-out', 'bundle')).length > 0, 'the bundle is uploaded');
    assert.deepEqual(
      job.used.map((each) => each.split('@')[0]),
      ['actions/cache', 'actions/upload-artifact'],
    );
    assert.equal(good.api.ours().length, 1);
    await good.run();
    assert.equal(good.api.ours().length, 1, 'the next push changes the comment of before');

    const bad = await pullRequest(t, repo, repo.cheat, { name: 'cheat' });
    const refused = await bad.run();
    assert.equal(refused.failed, true);
    assert.equal(refused.output('exit-code'), '3');
    assert.match(String(bad.api.ours()[0]?.body), /diverged .*passed there, failed here/);
    assert.equal(bad.api.calls.find(({ path }) => path.endsWith('/check-runs'))?.body['conclusion'], 'failure');
  });
});

test(
  'without proofs a pull request is judged: an honest one passes, and one that deletes the red test does not',
  { skip: slow || needsSandbox.skip },
  async (t) => {
    const m = await machine(t, javascript.files, { runs });
    const base = git(m.repository, 'rev-parse', 'HEAD');
    const branch = (name: string, change: () => void): string => {
      git(m.repository, 'checkout', '-q', '-b', name, base);
      change();
      git(m.repository, 'add', '-A');
      git(m.repository, 'commit', '-q', '-m', name);
      return git(m.repository, 'rev-parse', 'HEAD');
    };
    const honest = branch('honest', () => writeFiles(m.repository, { [javascript.subject]: javascript.fixed }));
    const cheat = branch('cheat', () => git(m.repository, 'rm', '-q', javascript.redTest));
    const inputs = { expect: 'fix' };
    const pull = await pullRequest(t, { m, base }, honest, { name: 'good', inputs });
    const good = await pull.run();
    assert.equal(good.failed, false, JSON.stringify(good.steps));
    // What is uploaded, as somebody verifies it who has a clone and nothing else.
    const uploaded = join(pull.temp, 'omk-out', 'bundle');
    const bundle = join(uploaded, readdirSync(uploaded)[0] ?? '');
    const args = ['--key', join(bundle, 'keys', 'omk.pub'), '--base', base, '--repo', m.repository, '--json'];
    const verified = await m.omk(['verify', bundle, ...args], { env: { OMK_STATE_DIR: join(m.dir, 'stranger') } });
    assert.equal(JSON.parse(verified.out).reached, 'V1', verified.out);
    assert.match(good.summary, /^### omk judge: ready/);
    const bad = await pullRequest(t, { m, base }, cheat, { name: 'bad', inputs });
    const refused = await bad.run();
    assert.equal(refused.failed, true, JSON.stringify(refused.steps));
    assert.match(String(bad.api.ours()[0]?.body), /omk judge: (?:not ready|a person must decide)/);
  },
);

test('on a fork the report is in the summary alone, and what a token may not do is said and no verdict', async (t) => {
  const repo = await stub(t, 'reproduced: g-20260101-abc ended ready\\n', 0);
  const inputs = { command: repo.omk, mode: 'verify' };
  const fork = await pullRequest(t, repo, repo.base, { fork: true, inputs });
  const job = await fork.run();
  assert.equal(job.failed, false, JSON.stringify(job.steps));
  assert.deepEqual(fork.api.calls, [], 'nothing is asked of the API');
  assert.match(job.summary, /omk verify: reproduced/);
  assert.match(JSON.stringify(job.steps), /::notice title=omk::the change comes from a fork/);
  const poor = await pullRequest(t, repo, repo.base, { writes: false, inputs });
  const told = await poor.run();
  assert.equal(told.failed, false);
  assert.match(JSON.stringify(told.steps), /there is no check: .* answered with 403/);
  assert.ok(!readFileSync(join(repo.m.dir, 'said'), 'utf8').includes(TOKEN), 'omk never has the token');
});

test('a judged change is told with its levels, and one that a person must decide asks for an action', async (t) => {
  const repo = await stub(t, '### omk judge: a person must decide\\n\\n**no regression · contract changed**\\n', 4);
  const inputs = { command: repo.omk, mode: 'judge', expect: 'fix' };
  const pull = await pullRequest(t, repo, repo.base, { inputs });
  const job = await pull.run();
  assert.equal(job.output('exit-code'), '4');
  const check = pull.api.calls.find(({ path }) => path.endsWith('/check-runs'))?.body;
  assert.equal(check?.['conclusion'], 'action_required');
  assert.match(JSON.stringify(check), /"title":"judge: a person must decide: no regression · contract changed"/);
  const asked = `judge ${repo.base}..${repo.base} --format md --expect fix`;
  assert.ok(readFileSync(join(repo.m.dir, 'said'), 'utf8').startsWith(`${asked}\n`));
});

test('a proof that does not verify is told with its verdict', async (t) => {
  const said =
    '  failed  the chain of the log (E_CHAIN)\\nverified to V0, not V1: g-1 ended ready\\n  note    18 recorded files\\n';
  const repo = await stub(t, said, 3);
  const pull = await pullRequest(t, repo, repo.base, { inputs: { command: repo.omk, mode: 'verify' } });
  assert.equal((await pull.run()).output('exit-code'), '3');
  const check = pull.api.calls.find(({ path }) => path.endsWith('/check-runs'))?.body;
  assert.match(JSON.stringify(check), /"title":"verify: verified to V0, not V1: g-1 ended ready"/);
});

test('no secret of the action is in an argument, and only the step that runs nothing of the change has the token', () => {
  const { runs } = parse(readFileSync(join(FOLDER, 'action.yml'), 'utf8'));
  const steps: readonly { name: string; run?: string; env?: Record<string, string> }[] = runs.steps;
  for (const { name, run } of steps)
    assert.doesNotMatch(run ?? '', /\$\{\{/, `${name}: an expression in a script is code`);
  const withToken = steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('github.token'));
  assert.deepEqual(
    withToken.map(({ name }) => name),
    ['Report'],
  );
  assert.equal(withToken[0]?.run, 'node "$GITHUB_ACTION_PATH/report.mjs"');
});

test('the shell recipe says what it lacks', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const script = join(FOLDER, '..', 'shell', 'omk-ci.sh');
  const run = async (env: Readonly<Record<string, string>>) => {
    const child = m.startOther('env', [
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
      'sh',
      script,
    ]);
    let err = '';
    child.stderr?.on('data', (text) => (err += String(text)));
    child.stdout?.resume();
    child.stdin?.end();
    const code = await new Promise((resolve) => child.on('close', resolve));
    return { code, err };
  };
  const none = await run({ OMK: m.program });
  assert.deepEqual([none.code, none.err.includes('OMK_BASE is not set')], [2, true]);
  const absent = await run({ OMK: m.program, OMK_BASE: 'e'.repeat(40) });
  assert.deepEqual([absent.code, absent.err.includes('check out the whole history')], [2, true]);
  const odd = await run({ OMK: m.program, OMK_BASE: 'HEAD', OMK_MODE: 'guess' });
  assert.deepEqual([odd.code, odd.err.includes("OMK_MODE is 'guess'")], [2, true]);
});
