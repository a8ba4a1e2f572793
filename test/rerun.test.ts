import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import type { Claim } from '../src/domain/rerun/claim.ts';
import { openSandboxes } from '../src/world/sandbox/open.ts';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, until, writeFiles, type Machine, type Ran } from './support/machine.ts';
import { retold } from './support/retold.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const sandbox = await openSandboxes({ env: process.env }).detect();
const needsSandbox = { skip: sandbox.kind === 'none' ? `no sandbox: ${sandbox.why}` : false };

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const fixes = { turns: [{ steps: [fix, { say: 'done' }] }] };

/** Somebody else's machine: a clone without the result, a state of its own, and nothing of the maker's but the bundle. */
interface Other {
  readonly clone: string;
  readonly bundle: string;
  readonly env: Readonly<Record<string, string>>;
  verify(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
}

async function maker(m: Machine, args: readonly string[] = [], scenario: unknown = fixes): Promise<Other> {
  const ran = await m.omk(['run', '--json', '--agent', m.agent(scenario), ...args, 'Make the red test green']);
  const { status, goal } = parseRun(ran);
  assert.equal(status, 'ready', ran.out + ran.err);
  const clone = join(m.dir, 'their clone');
  execFileSync('git', ['clone', '-q', m.repository, clone]);
  const bundle = join(m.dir, 'bundle');
  cpSync(join(m.state, 'goals', goal, 'proof'), bundle, { recursive: true });
  const env = { OMK_STATE_DIR: join(m.dir, 'their state'), HOME: join(m.dir, 'their home') };
  return {
    clone,
    bundle,
    env,
    verify: (more, extra = {}) => m.omk(['verify', '--rerun', ...more], { cwd: clone, env: { ...env, ...extra } }),
  };
}

const claimsOf = (ran: Ran): readonly Claim[] => JSON.parse(ran.out).claims;
const states = (ran: Ran, about: Claim['about']): readonly string[] =>
  claimsOf(ran).flatMap((claim) => (claim.about === about ? [claim.state] : []));

test('an honest bundle is reproduced on a machine that has nothing of its maker', needsSandbox, async (t) => {
  const m = await machine(t, javascript.files);
  const { bundle, verify, env } = await maker(m, ['--capture', 'cat package.json']);
  const ran = await verify([bundle]);
  assert.equal(ran.code, 0, ran.out + ran.err);
  assert.match(ran.out, /^ {2}reproduced +criterion captures: commands do the same as on the base/m);
  assert.match(ran.out, /^ {2}reproduced +gate npm-test +verdict: pass/m);
  assert.match(ran.out, /^ {2}reproduced +status: ready/m);
  assert.match(ran.out, /^ {2}signed +turns: 1 of scripted/m);
  assert.match(ran.out, /in the history of HEAD/);
  assert.match(ran.out, /you did not: what is only signed is nobody's word/);
  assert.match(ran.err, /^running gate npm-test: contract 1/m);
  assert.ok(!existsSync(join(env['OMK_STATE_DIR'] ?? '', 'keys')), 'no key was made to verify');
  assert.deepEqual(readdirSync(join(env['OMK_STATE_DIR'] ?? '', 'tmp', 'gates')), [], 'nothing of runs is left');

  const json = await verify(['--json', '--gate', 'npm-test', '--base', 'HEAD', bundle]);
  assert.equal(json.code, 0, json.out + json.err);
  assert.deepEqual(states(json, 'status'), [], 'a gate alone shows no status');
  assert.equal(JSON.parse(json.out).reached, 'V1');
  assert.deepEqual(new Set(states(json, 'run')), new Set(['reproduced']));
  assert.equal((await verify(['--gate', 'other', bundle])).code, 2);
  assert.equal((await verify(['--level', 'V0', bundle])).code, 2);

  const bare = join(m.dir, 'bare');
  mkdirSync(bare);
  symlinkSync(execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim(), join(bare, 'git'));
  const open = await verify([bundle], { PATH: bare });
  assert.equal(open.code, 6, open.out + open.err);
  assert.match(open.err, /RERUN_NO_SANDBOX/);
  assert.ok(!open.err.includes('running gate'), 'code of strangers is not run in the open');
});

test('a verdict that was never seen diverges, whoever signed it, and an edited one is not even run', async (t) => {
  const m = await machine(t, javascript.files);
  const { bundle, clone, verify } = await maker(m);
  const lie = await retold(bundle, clone, javascript.subject, `${javascript.files[javascript.subject]}// done\n`);
  const forged = join(m.dir, 'forged');
  writeFiles(
    forged,
    Object.fromEntries([...lie].map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')])),
  );
  for (const [name, bytes] of lie) writeFileSync(join(forged, name), bytes);
  const key = join(forged, 'keys', 'omk.pub');
  const believed = await m.omk(['verify', forged, '--key', key, '--base', 'HEAD'], { cwd: clone });
  assert.equal(believed.code, 0, 'V1 cannot tell: everything is signed and follows from the log');
  const ran = await verify(['--json', '--key', key, '--base', 'HEAD', forged]);
  assert.equal(ran.code, 3, ran.out + ran.err);
  assert.deepEqual(states(ran, 'status'), ['diverged']);
  assert.deepEqual(states(ran, 'verdict'), ['diverged']);
  assert.deepEqual(states(ran, 'candidate'), ['reproduced'], 'the lie is about what was seen, not about the change');
  assert.match(JSON.stringify(claimsOf(ran)), /test\/add\.test\.js > adds: passed there, failed here/);

  writeFileSync(join(bundle, 'events.jsonl'), 'x', { flag: 'a' });
  const edited = await verify(['--json', bundle]);
  assert.equal(edited.code, 3);
  assert.deepEqual(claimsOf(edited), []);
});

test('a machine without the tool says so, and accuses nobody', { skip: slow || needsSandbox.skip }, async (t) => {
  const m = await machine(t, {
    ...javascript.files,
    'bin/tool': '#!/bin/sh\nexit 0\n',
    '.omk/gates.toml':
      '[[gates]]\nname = "test"\ncommand = "npm"\nargs = ["test"]\n\n' +
      '[[gates]]\nname = "lint"\ncommand = "omk-test-tool"\nargs = ["check"]\n',
  });
  const tools = join(m.dir, 'tools');
  writeFiles(tools, { 'omk-test-tool': '#!/bin/sh\nexit 0\n' });
  const path = process.env['PATH'] ?? '';
  const ran = await m.omk(['run', '--json', '--agent', m.agent(fixes), 'Make the red test green'], {
    env: { PATH: `${tools}${delimiter}${path}` },
  });
  assert.equal(parseRun(ran).status, 'ready', ran.out);
  const bundle = join(m.state, 'goals', parseRun(ran).goal, 'proof');
  const env = { OMK_STATE_DIR: join(m.dir, 'their state') };
  const here = await m.omk(['verify', '--rerun', '--json', bundle], { env });
  assert.equal(here.code, 3);
  const lint = claimsOf(here).filter(({ gate }) => gate === 'lint');
  assert.ok(lint.length > 0 && lint.every(({ state }) => state === 'not_reproducible'), JSON.stringify(lint));
  assert.match(lint[0]?.why ?? '', /omk-test-tool/);
  assert.deepEqual(states(here, 'status'), ['not_reproducible']);
  const test = await m.omk(['verify', '--rerun', '--gate', 'test', bundle], { env });
  assert.equal(test.code, 0, 'what was asked for could be seen');
  assert.match(test.out, /^reproduced: gate test of g-\S+, and no more was asked for/m);
});

const subtract = 'export const subtract = (a, b) => a - b;\n';
const check =
  `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n` +
  `import { subtract } from '../src/subtract.js';\n\ntest('subtracts', () => assert.equal(subtract(5, 3), 2));\n`;

test('tests of the worker run again where the change does nothing', needsSandbox, async (t) => {
  const m = await machine(t, { ...javascript.files, [javascript.subject]: javascript.fixed });
  const { bundle, verify } = await maker(m, [], {
    turns: [
      {
        steps: [
          { write: { path: 'src/subtract.js', content: subtract } },
          { write: { path: 'test/subtract.test.js', content: check } },
        ],
      },
    ],
  });
  const ran = await verify(['--json', bundle]);
  assert.equal(ran.code, 0, ran.out + ran.err);
  const texts = claimsOf(ran).map(({ state, text }) => `${state} ${text}`);
  assert.ok(
    texts.some((text) => /^reproduced the change with what it does taken out: fail/.test(text)),
    texts.join('\n'),
  );
  assert.ok(texts.some((text) => /^reproduced the change with what it does taken out [0-9a-f]/.test(text)));
});

test(
  'a change that was judged, with tests of its own, is judged again',
  { skip: slow || needsSandbox.skip },
  async (t) => {
    const m = await machine(t, { ...javascript.files, [javascript.subject]: javascript.fixed });
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { cwd: m.repository });
    writeFiles(m.repository, { 'src/subtract.js': subtract, 'test/subtract.test.js': check });
    git('add', '-A');
    git('commit', '-q', '-m', 'Subtract');
    const judged = await m.omk(['judge', 'HEAD~1..HEAD', '--expect', 'feature']);
    assert.equal(judged.code, 0, judged.out + judged.err);
    const ran = await m.omk(['verify', '--rerun', '--json', 'latest']);
    assert.equal(ran.code, 0, ran.out + ran.err);
    const hollow = claimsOf(ran).filter(({ run }) => run?.purpose === 'hollow');
    assert.ok(hollow.length > 0 && hollow.every(({ state }) => state === 'reproduced'), JSON.stringify(hollow));
  },
);

test(
  'held-out checks of a ready goal are laid over the same trees again',
  { skip: slow || needsSandbox.skip },
  async (t) => {
    const m = await machine(t, javascript.files);
    const checks = join(m.dir, 'hidden');
    writeFiles(checks, {
      'test/hidden.test.js':
        `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n` +
        `import { add } from '../src/add.js';\n\ntest('adds more', () => assert.equal(add(20, 22), 42));\n`,
    });
    const { bundle, verify } = await maker(m, ['--held-out', checks]);
    const ran = await verify(['--json', bundle]);
    assert.equal(ran.code, 0, ran.out + ran.err);
    const texts = claimsOf(ran).map(({ state, text }) => `${state} ${text}`);
    assert.ok(
      texts.some((text) => /^reproduced held-out checks on the change: pass/.test(text)),
      texts.join('\n'),
    );
    assert.ok(texts.some((text) => /^reproduced held-out checks where they must fail, run 2: fail/.test(text)));
    assert.ok(texts.some((text) => /^reproduced the change with held-out checks, planted tests/.test(text)));
  },
);

test('Ctrl-C ends what runs, leaves nothing and says how to go on', { skip: slow || needsSandbox.skip }, async (t) => {
  const m = await machine(t, {
    ...javascript.files,
    '.omk/gates.toml':
      '[[gates]]\nname = "test"\ncommand = "npm"\nargs = ["test"]\n\n' +
      '[[gates]]\nname = "slow"\ncommand = "sh"\nargs = ["-c", "test ! -e /usr/bin/env || sleep 0.1"]\n',
  });
  const { bundle, clone, env } = await maker(m);
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, [m.program, 'verify', '--rerun', bundle], {
    cwd: clone,
    env: { ...m.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdout.resume();
  await until(() => err.includes('running gate'), 'a gate that runs');
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  assert.equal(code, 130, err);
  assert.match(err, /INTERRUPTED/);
  assert.deepEqual(readdirSync(join(env['OMK_STATE_DIR'] ?? '', 'tmp', 'gates')), []);
});
