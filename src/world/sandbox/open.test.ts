import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { runProcess } from '../process/run.ts';
import { endMarked } from '../process/strays.ts';
import { baseEnv, gatePath } from './environment.ts';
import { openSandboxes } from './open.ts';
import type { Sandboxes, SandboxRequest } from './port.ts';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'omk-sandbox-')));
const home = join(top, 'home');
const state = join(top, 'state');
const work = join(state, 'work');
/** A place outside the temporary directories, as a user's checkout or HOME is. */
const elsewhere = import.meta.dirname;
for (const dir of [join(home, '.ssh'), work, join(top, 'gate-home'), join(top, 'gate-tmp')])
  mkdirSync(dir, { recursive: true });
writeFileSync(join(home, '.ssh', 'id_ed25519'), 'private');
writeFileSync(join(state, 'key.pem'), 'private');

const server = createServer((socket) => socket.end());
let port = 0;
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
after(() => {
  server.close();
  rmSync(top, { recursive: true, force: true });
});

const user = { PATH: gatePath(process.env), HOME: home };
const detected = await openSandboxes({ env: user, mode: 'auto' }).detect();
const sandboxed = { skip: detected.kind === 'none' ? `no sandbox here: ${detected.why}` : false };
const node = realpathSync(process.execPath);

let runs = 0;
/** Runs JavaScript that prints one JSON value. */
async function ask(sandboxes: Sandboxes, code: string, more: Partial<SandboxRequest> = {}): Promise<unknown> {
  const command = await sandboxes.wrap({
    argv: [node, '-e', `const show = (value) => console.log(JSON.stringify(value)); ${code}`],
    cwd: work,
    env: baseEnv({ path: user.PATH, home: join(top, 'gate-home'), tmp: join(top, 'gate-tmp') }),
    network: false,
    view: 'gate',
    hidden: [],
    ...more,
    binds: [{ from: work, writable: true }, { from: node, writable: false }, ...(more.binds ?? [])],
  });
  runs += 1;
  const out = join(top, `${runs}.out`);
  const err = join(top, `${runs}.err`);
  const result = await runProcess({
    ...command,
    timeoutMs: 60_000,
    stdoutFile: out,
    stderrFile: err,
    capBytes: 1_000_000,
  });
  assert.deepEqual(result.kind === 'exited' && result.code, 0, readFileSync(err, 'utf8'));
  return JSON.parse(readFileSync(out, 'utf8'));
}

const CAN_READ =
  `const can = (path) => { try { require('fs').readdirSync(path); return true } catch (e) { try { return ` +
  `require('fs').readFileSync(path).length > 0 } catch { return false } } };`;
const CAN_WRITE =
  `const fs = require('fs'); const put = (path) => { try { fs.writeFileSync(path, 'x'); return true } ` +
  `catch { return false } };`;
const connect = (): string =>
  `require('net').connect(${port}, '127.0.0.1').on('connect', function () { show('connected'); ` +
  `this.destroy() }).on('error', (e) => show(e.code));`;

for (const mode of ['auto', 'none'] as const) {
  describe(`mode ${mode}`, mode === 'auto' ? sandboxed : {}, () => {
    const sandboxes = openSandboxes({ env: user, mode });

    test('T13 the environment is what was given, and where the toolchains are', async () => {
      const env: Record<string, string> = {
        ...baseEnv({ path: user.PATH, home: join(top, 'gate-home'), tmp: join(top, 'gate-tmp') }),
        GIVEN: 'yes',
      };
      const got = await ask(sandboxes, 'show(process.env)', { env });
      assert.ok(typeof got === 'object' && got !== null);
      const toolchains = new RegExp(
        String.raw`^(?:PYENV_ROOT|RBENV_ROOT|NODENV_ROOT|GOENV_ROOT|ASDF_DATA_DIR|MISE_DATA_DIR|` +
          String.raw`VOLTA_HOME|BUN_INSTALL|SDKMAN_DIR|NVM_DIR|RUSTUP_HOME|RUSTUP_AUTO_INSTALL|JAVA_HOME|PYTHONUSERBASE)$`,
      );
      const sandboxOnly =
        mode === 'auto'
          ? {
              HOME: '/home/omk',
              TMPDIR: '/tmp',
              PWD: work,
              CARGO_NET_OFFLINE: 'true',
              GOPROXY: 'off',
              GOTOOLCHAIN: 'local',
            }
          : {};
      const rest = Object.fromEntries(Object.entries(got).filter(([name]) => !toolchains.test(name)));
      assert.deepEqual(rest, { ...env, ...sandboxOnly });
    });

    test('T13 HOME and TMPDIR are there, empty and writable, and the checkout is writable', async () => {
      const got = await ask(
        sandboxes,
        `${CAN_WRITE} const found = [process.env.HOME, process.env.TMPDIR].map((dir) => fs.readdirSync(dir).filter((name) \
=> name !== '.cargo' && name !== 'go').length);
         show([found, put(process.env.HOME + '/x'), put(process.env.TMPDIR + '/x'), put('in-checkout')])`,
      );
      for (const dir of ['gate-home', 'gate-tmp']) rmSync(join(top, dir, 'x'), { force: true });
      if (mode === 'none') assert.deepEqual(got, [[0, 0], true, true, true]);
      // In the sandbox TMPDIR is /tmp, where the test's own folders are, and the Node that runs this when the repository lies there.
      else
        assert.deepEqual(got, [
          [0, new Set([top, process.execPath].flatMap((path) => /^\/tmp\/[^/]+/.exec(path) ?? [])).size],
          true,
          true,
          true,
        ]);
      assert.equal(readFileSync(join(work, 'in-checkout'), 'utf8'), 'x');
    });

    test('T13 node, python3 and git are found and run with an empty HOME', async () => {
      for (const [program, argument] of [
        ['python3', '--version'],
        ['git', '--version'],
        ['node', '--version'],
      ] as const) {
        const code =
          `const got = require('child_process').spawnSync('${program}', ['${argument}'], { encoding: ` +
          `'utf8' }); show([got.status, got.stderr])`;
        assert.deepEqual(await ask(sandboxes, code), [0, ''], program);
      }
    });
  });
}

describe('T13 in a sandbox a gate', sandboxed, () => {
  const sandboxes = openSandboxes({ env: user, mode: 'auto' });

  test('sees neither HOME, nor the state directory, nor a key, nor a checkout', async () => {
    const places = [
      home,
      join(home, '.ssh', 'id_ed25519'),
      join(state, 'key.pem'),
      elsewhere,
      join(elsewhere, 'open.ts'),
      '/etc/shadow',
      '/etc/ssl/private',
    ];
    assert.deepEqual(await ask(sandboxes, `${CAN_READ} show(${JSON.stringify(places)}.filter(can))`), []);
    assert.deepEqual(await ask(sandboxes, `show(require('fs').readdirSync(${JSON.stringify(state)}))`), ['work']);
  });

  test('sees a hidden directory neither when a toolchain lies around it', async () => {
    const prefix = join(top, 'prefix');
    for (const dir of ['bin', 'lib', 'checkout']) mkdirSync(join(prefix, dir), { recursive: true });
    for (const file of ['lib/library', 'checkout/source']) writeFileSync(join(prefix, file), 'x');
    const with_ = openSandboxes({ env: { ...user, PATH: `${join(prefix, 'bin')}:${user.PATH}` }, mode: 'auto' });
    const code = `${CAN_READ} show([can('${prefix}/lib/library'), can('${prefix}/checkout/source')])`;
    assert.deepEqual(await ask(with_, code, { hidden: [join(prefix, 'checkout')] }), [true, false]);
    assert.deepEqual(await ask(with_, code), [true, true]);
  });

  test('has no network, unless it asked', async () => {
    assert.match(String(await ask(sandboxes, connect())), /^E/);
    assert.equal(await ask(sandboxes, connect(), { network: true }), 'connected');
  });

  test('leaves nothing outside what it was given to write', async () => {
    const read = join(top, 'read-only');
    mkdirSync(read);
    const places = [
      '/usr/omk-x',
      '/etc/omk-x',
      join(home, 'x'),
      join(state, 'x'),
      join(read, 'x'),
      join(elsewhere, 'x'),
    ];
    await ask(sandboxes, `${CAN_WRITE} show(${JSON.stringify(places)}.map(put))`, {
      binds: [{ from: read, writable: false }],
    });
    assert.deepEqual(
      places.filter((place) => existsSync(place)),
      [],
    );
  });

  test('finds a bind at the place it was given', async () => {
    const layer = join(top, 'layer');
    mkdirSync(layer);
    writeFileSync(join(layer, 'inside'), 'x');
    const binds = [{ from: layer, to: join(work, 'node_modules'), writable: false }];
    const got = await ask(sandboxes, `${CAN_WRITE} show([fs.readdirSync('node_modules'), put('node_modules/more')])`, {
      binds,
    });
    assert.deepEqual(got, [['inside'], false]);
  });

  test('has no capabilities and cannot get any', async () => {
    const got = await ask(
      sandboxes,
      `show(require('fs').readFileSync('/proc/self/status', ` +
        `'utf8').match(/Cap(Prm|Eff|Bnd):\\s*(\\w+)/g).map((line) => line.split(/\\s+/)[1]))`,
    );
    assert.deepEqual(new Set(Array.isArray(got) ? got : []), new Set(['0000000000000000']));
  });

  test('cannot change settings of the machine, also when omk runs as root', async () => {
    const files = ['/proc/sys/kernel/core_pattern', '/proc/sys/kernel/domainname', '/proc/sysrq-trigger'];
    const code =
      `const fs = require('fs'); show(${JSON.stringify(files)}.filter((file) => { try { ` +
      `fs.accessSync(file, fs.constants.W_OK); return true } catch { return false } }))`;
    assert.deepEqual(await ask(sandboxes, code), []);
    assert.deepEqual(await ask(sandboxes, code, { view: 'agent', network: true }), []);
  });

  test('cannot load code into the sandbox program', async () => {
    const command = await sandboxes.wrap({
      argv: ['true'],
      cwd: '/',
      env: { LD_PRELOAD: './evil.so' },
      network: false,
      view: 'gate',
      binds: [],
      hidden: [],
    });
    assert.equal('LD_PRELOAD' in command.env, false);
    assert.equal(command.argv[command.argv.indexOf('LD_PRELOAD') + 1], './evil.so');
  });

  test('dies with omk, also what it started in a session of its own', async () => {
    const mark = randomUUID();
    const script = `
      import { spawn } from 'node:child_process';
      import { openSandboxes } from ${JSON.stringify(join(elsewhere, 'open.ts'))};
      const command = await openSandboxes({ env: process.env, mode: 'auto' }).wrap({
        argv: ['sh', '-c', 'setsid sleep 100000 & echo ready; sleep 100000'], cwd: '/', network: false, view: 'gate', binds: [], hidden: [],
        env: { PATH: process.env.PATH, OMK_TEST_MARK: ${JSON.stringify(mark)} },
      });
      const [program, ...args] = command.argv;
      spawn(program, args, { env: command.env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
    `;
    const omk = spawn(node, ['--input-type=module-typescript', '-e', script], {
      env: user,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await new Promise((resolve) => omk.stdout.once('data', resolve));
      await until('the sandboxed processes run', () => marked(mark) >= 2);
      omk.kill('SIGKILL');
      await until('nothing with the marker lives', () => marked(mark) === 0);
    } finally {
      await endMarked('OMK_TEST_MARK', mark);
    }
  });
});

describe('T12 in a sandbox an agent', sandboxed, () => {
  const sandboxes = openSandboxes({ env: { ...user, HOME: elsewhere }, mode: 'auto' });
  const agent: Partial<SandboxRequest> = {
    view: 'agent',
    network: true,
    env: baseEnv({ path: user.PATH, home: elsewhere, tmp: work }),
  };

  test('writes its worktree, in a hidden directory, and nothing else', async () => {
    const places = ['/usr/omk-x', '/etc/omk-x', join(elsewhere, 'x'), join(state, 'x'), join(elsewhere, '..', 'x')];
    const code = `${CAN_WRITE} show([put('by-agent'), ${JSON.stringify(places)}.map(put)])`;
    const got = await ask(sandboxes, code, { ...agent, hidden: [state] });
    assert.equal(Array.isArray(got) && got[0], true);
    assert.equal(existsSync(join(work, 'by-agent')), true);
    assert.deepEqual(
      places.filter((place) => existsSync(place)),
      [],
    );
  });

  test('sees the machine, but not HOME, the state directory or what else is hidden', async () => {
    const hidden = [join(elsewhere, '..', 'process'), state];
    const places = [
      join(elsewhere, 'open.ts'),
      join(elsewhere, '..', 'process', 'run.ts'),
      join(state, 'key.pem'),
      join(home, '.ssh', 'id_ed25519'),
    ];
    const code =
      `${CAN_READ} show([can('/etc/passwd'), can('${join(elsewhere, '..', 'clock', 'port.ts')}'), ` +
      `${JSON.stringify(places)}.filter(can)])`;
    // An agent has a /tmp of its own.
    const seen = !elsewhere.startsWith('/tmp/');
    assert.deepEqual(await ask(sandboxes, code, { ...agent, hidden }), [true, seen, []]);
  });

  test('does not see a checkout that HOME lies in', async () => {
    const code = `${CAN_READ} show([can('${join(elsewhere, '..', 'clock', 'port.ts')}'), can('${work}')])`;
    assert.deepEqual(await ask(sandboxes, code, { ...agent, hidden: [join(elsewhere, '..')] }), [false, true]);
  });

  test('does not see the sockets in /run, and can still find names', async () => {
    const run = existsSync('/run') ? readdirSync('/run') : [];
    const got = await ask(
      sandboxes,
      `${CAN_READ} show([require('fs').readdirSync('/run'), can('/etc/resolv.conf')])`,
      agent,
    );
    assert.ok(Array.isArray(got) && Array.isArray(got[0]) && got[0].length < Math.max(run.length, 2));
    assert.equal(got[1], existsSync('/etc/resolv.conf') && readFileSync('/etc/resolv.conf').length > 0);
  });

  test('has the network', async () => {
    assert.equal(await ask(sandboxes, connect(), agent), 'connected');
  });

  test('has python3 though its HOME is empty', async () => {
    const code =
      `const got = require('child_process').spawnSync('python3', ['--version'], { encoding: 'utf8' }); ` +
      `show([got.status, got.stderr])`;
    assert.deepEqual(await ask(sandboxes, code, agent), [0, '']);
  });
});

test('without a sandbox the reason is said, and a bind elsewhere is refused', async () => {
  const sandboxes = openSandboxes({ env: { ...user, OMK_SANDBOX: 'none' } });
  assert.deepEqual(await sandboxes.detect(), { kind: 'none', why: 'turned off (OMK_SANDBOX=none)' });
  const binds = [{ from: state, to: join(work, 'state'), writable: false }];
  await assert.rejects(ask(sandboxes, '', { binds }), { code: 'BIND_NEEDS_SANDBOX' });
});

test('without bubblewrap on the PATH there is no sandbox, and one that is refused is none', async () => {
  const bin = join(top, 'refusing');
  mkdirSync(bin);
  const missing = await openSandboxes({ env: { HOME: home, PATH: bin }, mode: 'auto' }).detect();
  assert.ok(missing.kind === 'none' && missing.why !== '');
  writeFileSync(
    join(bin, 'bwrap'),
    '#!/bin/sh\n[ "$1" = --version ] && exec echo bubblewrap 9.9\necho "bwrap: No permissions to create namespace" >&2\nexit 1\n',
    { mode: 0o755 },
  );
  const refused = await openSandboxes({ env: { HOME: home, PATH: `${bin}:/usr/bin:/bin` }, mode: 'auto' }).detect();
  assert.match(
    refused.kind === 'none' ? refused.why : '',
    process.platform === 'linux' ? /refused: bwrap: No permissions/ : /./,
  );
});

test('a bind that does not exist, and an unknown OMK_SANDBOX, are named', async () => {
  const binds = [{ from: join(top, 'nothing'), writable: false }];
  await assert.rejects(ask(openSandboxes({ env: user, mode: 'none' }), '', { binds }), { code: 'BIND_MISSING' });
  assert.throws(() => openSandboxes({ env: { OMK_SANDBOX: 'maybe' } }), { code: 'SANDBOX_INVALID' });
});

function marked(mark: string): number {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`OMK_TEST_MARK=${mark}`);
    } catch {
      return false;
    }
  }).length;
}

async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `waited too long for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
