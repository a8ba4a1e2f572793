import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine } from './support/machine.ts';
import { sharedRuns } from './support/shared-runs.ts';

const runs = sharedRuns();

/** A program that answers `initialize` and nothing else, and leaves a file in its worktree's place to show that it ran. */
const answering = (mark: string): string =>
  `#!/bin/sh\nread line\necho started >&2\n: > "${mark}"\n` +
  `echo '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":1,"agentInfo":{"name":"g",` +
  `"version":"9.8.7"}}}'\ncat >/dev/null\n`;

function program(folder: string, name: string, content: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  chmodSync(join(folder, name), 0o755);
  return folder;
}

test('a missing agent is said before anything is run for it', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const ran = await m.omk(['run', '--agent', 'kimi', 'Make the red test green']);
  assert.equal(ran.code, 4);
  assert.match(ran.err, /kimi is not on the PATH/);
  assert.match(ran.err, /npm install -g @moonshot-ai\/kimi-code.*\[AGENT_NOT_FOUND\]/s);
  assert.deepEqual(JSON.parse((await m.omk(['goal', 'list', '--json'])).out), []);
});

test('an agent among the packages of a project is ignored, and that is said', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const bin = program(join(m.dir, 'project/node_modules/.bin'), 'kimi', '#!/bin/sh\n');
  const env = { PATH: `${bin}:${m.env['PATH']}` };
  const ran = await m.omk(['run', '--agent', 'kimi', 'Make the red test green'], { env });
  assert.equal(ran.code, 4);
  assert.match(ran.err, /node_modules\/\.bin\/kimi is ignored, because .* belongs to a project/);
  assert.match(ran.err, /command = ".*\/kimi …" under \[agents\.kimi\]/);
  assert.match((await m.omk(['doctor', '--quick'], { env })).out, /agent kimi: not found: .* is ignored/);
});

test('doctor starts each agent and says its version, its Node and its login; --quick does not', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const bin = program(join(m.dir, 'bin'), 'gemini', answering(join(m.dir, 'started')));
  program(bin, 'codex-acp', '#!/bin/sh\necho "no such option" >&2\nexit 2\n');
  if (!existsSync(join(bin, 'node'))) symlinkSync(process.execPath, join(bin, 'node'));
  const env = { PATH: `${bin}:/usr/bin:/bin`, OMK_SANDBOX: 'none', GEMINI_API_KEY: '' };
  const quick = await m.omk(['doctor', '--quick'], { env });
  assert.match(quick.out, /ok +agent gemini: .*\/bin\/gemini$/m);
  assert.equal(existsSync(join(m.dir, 'started')), false);
  const full = await m.omk(['doctor'], { env });
  assert.match(
    full.out,
    new RegExp(
      String.raw`agent gemini: .*gemini, version 9\.8\.7, starts in .*, needs Node 20 \(it gets \d+\.\d+` +
        String.raw`\.\d+\); no login was found\n +log in with \x60gemini\x60`,
    ),
  );
  assert.match(full.out, /agent codex: .*; it does not start \(not_acp\): .*code 2.*no such option/);
  assert.ok(existsSync(join(m.dir, 'started')));
  const logged = await m.omk(['doctor'], { env: { ...env, GEMINI_API_KEY: 'x' } });
  assert.match(logged.out, /ok +agent gemini: .*; login: GEMINI_API_KEY$/m);
});

test('doctor and a run say in one line what becomes of the own sandbox of codex, before it is paid', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const env = { PATH: `${program(join(m.dir, 'bin'), 'codex-acp', '#!/bin/sh\nexit 1\n')}:${m.env['PATH']}` };
  const line = /codex's own sandbox (?:is off|may not start as root)/;
  const doctor = await m.omk(['doctor', '--quick'], { env });
  assert.match(doctor.out, new RegExp(`agent codex: .*${line.source}`));
  const run = await m.omk(['run', '--budget-time', '0s', '--agent', 'codex', 'Make the red test green'], { env });
  assert.match(run.err, new RegExp(`^note: ${line.source}`, 'm'));
  assert.equal(run.code, 5, 'no agent was started');
});

test(
  'doctor says where processes that an agent leaves behind are not all found',
  { skip: existsSync('/usr/bin/prlimit') ? false : 'needs prlimit' },
  async (t) => {
    const m = await machine(t, javascript.files, { runs });
    const limited = m.startOther('/usr/bin/prlimit', [
      '--rttime=9000000000000:9000000000000',
      '--',
      process.execPath,
      m.program,
      'doctor',
      '--quick',
    ]);
    let out = '';
    limited.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
    await new Promise((resolve) => limited.on('close', resolve));
    assert.match(out, /^limited +processes: processes are found by their environment only: .*\n +install util-linux/m);
    assert.doesNotMatch((await m.omk(['doctor', '--quick'])).out, /^limited +processes/m);
  },
);
