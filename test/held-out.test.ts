import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { openSandboxes } from '../src/world/sandbox/open.ts';
import { javascript } from './support/ecosystems.ts';
import { listing, machine, parseRun, until, writeFiles, type Files, type Machine } from './support/machine.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const sandbox = await openSandboxes({ env: process.env }).detect();
const needsSandbox = { skip: sandbox.kind === 'none' ? `no sandbox: ${sandbox.why}` : false };

/** Not in this file, which an agent may come upon while it looks around. */
const WORD = randomBytes(6).toString('hex');
const SECRET = `add-of-${WORD}`;
const QUIET = `quietly-${WORD}`;
const CHECKS: Files = {
  [`test/${QUIET}.test.js`]:
    `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n` +
    `import { add } from '../src/add.js';\n\ntest('${SECRET}', () => {\n  assert.equal(add(20, 22), 42);\n` +
    `});\n`,
};
/** Right for what the visible test asks, and for nothing else. */
const special = {
  edit: { path: javascript.subject, find: javascript.bug, replace: 'a === 2 && b === 3 ? 5 : a - b * one' },
};
const fix = {
  edit: { path: javascript.subject, find: 'a === 2 && b === 3 ? 5 : a - b * one', replace: javascript.fix },
};
const right = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const PROMPT = 'Make the red test green';

function hidden(m: Machine, files: Files = CHECKS): string {
  const dir = join(m.dir, 'hidden checks');
  writeFiles(dir, files);
  return dir;
}

/** Every place of the state directory whose bytes hold a text, but for what only omk reads. */
const holding = (m: Machine, below: string, text: string): readonly string[] =>
  Object.entries(existsSync(join(m.state, below)) ? listing(join(m.state, below)) : {})
    .filter(([path, content]) => content.includes(text) || path.includes(text))
    .map(([path]) => path);

test(
  'special-cased code is ready without held-out checks, and caught with them, until it does what was asked',
  needsSandbox,
  async (t) => {
    const m = await machine(t, javascript.files);
    const cheat = m.agent({ turns: [{ steps: [special] }] }, 'cheat');
    const without = parseRun(await m.omk(['run', '--json', '--agent', cheat, PROMPT]));
    assert.equal(without.status, 'ready');
    assert.ok(without.gaps.some(({ code }) => code === 'K_NO_HELD_OUT'));

    const dir = hidden(m);
    const caught = parseRun(
      await m.omk([
        'run',
        '--json',
        '--max-attempts',
        '1',
        '--max-turns',
        '2',
        '--held-out',
        dir,
        '--agent',
        cheat,
        PROMPT,
      ]),
    );
    assert.equal(caught.status, 'not_ready');
    assert.deepEqual(
      caught.gaps
        .filter(({ kind, code }) => kind === 'blocking' && code !== 'G_NOT_INTEGRATED')
        .map(({ code }) => code),
      ['G_HELD_OUT'],
    );

    // The agent looks wherever it may: what it finds is in the stream of its turns.
    const look = {
      run: [
        'sh',
        '-c',
        `ls -aR . "$TMPDIR" '${m.dir}' /tmp 2>/dev/null | grep -a '[q]uietly-${WORD}'; grep -ra ` +
          `'[a]dd-of-${WORD}' . "$TMPDIR" '${m.dir}' /proc/*/environ /proc/*/cmdline 2>/dev/null; true`,
      ],
    };
    const learner = m.agent(
      {
        turns: [
          { steps: [look, special] },
          { when: { prompt_matches: 'hidden checks do not pass \\(1\\)' }, steps: [look, fix] },
        ],
      },
      'learner',
    );
    const ran = parseRun(await m.omk(['run', '--json', '--held-out', dir, '--agent', learner, PROMPT]));
    assert.equal(ran.status, 'ready', JSON.stringify(ran.gaps));
    const types = ran.events.map(({ type }) => type);
    assert.deepEqual(
      types.filter((type) => ['goal.integrated', 'held_out.revealed', 'goal.ended'].includes(type)),
      ['goal.integrated', 'held_out.revealed', 'goal.ended'],
    );
    assert.ok(!ran.gaps.some(({ code }) => code === 'K_NO_HELD_OUT' || code === 'K_HELD_OUT_IN_SIGHT'));
    const turns = ran.events.filter(({ type }) => type === 'turn.started' || type === 'turn.ended');
    assert.equal(turns.length, 4);
    for (const { data } of turns) {
      const texts = [data?.['prompt'], data?.['stream']].flatMap((blob) =>
        typeof blob === 'object' && blob !== null && 'sha256' in blob ? [blobText(m, String(blob.sha256))] : [],
      );
      assert.ok(texts.length > 0);
      for (const text of texts) assert.ok(!text.includes(SECRET) && !text.includes(QUIET), text);
    }
    assert.deepEqual(
      [...holding(m, 'worktrees', SECRET), ...holding(m, 'worktrees', QUIET)].filter(
        (path) => !path.endsWith('.ndjson'),
      ),
      [],
    );

    const sealed = join(m.state, 'held-out', `${ran.goal}.json`);
    assert.equal(statSync(sealed).mode & 0o777, 0o600);
    const bundle = join(m.dir, 'bundle');
    assert.equal((await m.omk(['goal', 'proof', '--out', bundle])).code, 0);
    const base = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: m.repository, encoding: 'utf8' }).trim();
    assert.equal((await m.omk(['goal', 'apply', '--branch', 'fixed'])).code, 0);
    assert.ok(
      !execFileSync('git', ['ls-tree', '-r', '--name-only', 'fixed'], { cwd: m.repository, encoding: 'utf8' }).includes(
        QUIET,
      ),
      'they are not delivered',
    );
    const verified = await m.omk(
      ['verify', bundle, '--key', join(bundle, 'keys', 'omk.pub'), '--base', base, '--repo', m.repository, '--json'],
      { env: { OMK_STATE_DIR: join(m.dir, 'stranger') } },
    );
    const report = JSON.parse(verified.out);
    assert.equal(report.reached, 'V1', verified.out);
    assert.ok(report.proven.levels.includes('OMK_HELD_OUT'));
    assert.ok(
      readdirSync(join(bundle, 'held-out')).some(
        (name) => readFileSync(join(bundle, 'held-out', name), 'utf8') === CHECKS[`test/${QUIET}.test.js`],
      ),
    );
  },
);

const blobText = (m: Machine, sha256: string): string => {
  const found = readdirSync(join(m.state, 'blobs'), { recursive: true, encoding: 'utf8' }).find(
    (path) => path.endsWith(sha256) || path.replaceAll('/', '').endsWith(sha256),
  );
  return found === undefined ? '' : readFileSync(join(m.state, 'blobs', found), 'latin1');
};

suite('held-out checks that prove nothing', { skip: slow }, () => {
  test('because they pass on the base are refused before the agent starts, and not where a wrong solution fails on them', async (t) => {
    const m = await machine(t, javascript.files);
    const dir = hidden(m, {
      'test/quietly.test.js': (CHECKS[`test/${QUIET}.test.js`] ?? '').replace('add(20, 22), 42', 'add(20, 0), 20'),
    });
    const agent = m.agent({ turns: [{ steps: [right] }] });
    const refused = await m.omk(['run', '--held-out', dir, '--agent', agent, PROMPT]);
    assert.equal(refused.code, 4, refused.out);
    assert.match(refused.out, /test\/quietly\.test\.js.*\(HELD_OUT_PROVES_NOTHING\)/);
    assert.ok(!existsSync(join(m.state, 'worktrees')));

    const wrong = join(m.dir, 'wrong');
    writeFiles(wrong, { [javascript.subject]: 'export const add = () => 3;\n' });
    const patch = join(m.dir, 'wrong.patch');
    writeFiles(m.dir, { 'wrong.patch': patchOf(m, 'export const add = () => 3;\n') });
    for (const given of [wrong, patch]) {
      const run = parseRun(
        await m.omk(['run', '--json', '--held-out', dir, '--held-out-wrong', given, '--agent', agent, PROMPT]),
      );
      assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
      const verified = await m.omk(['verify', 'latest', '--level', 'V1', '--json']);
      assert.equal(JSON.parse(verified.out).reached, 'V1', verified.out);
    }
  });

  const WRONG: readonly (readonly [string, (m: Machine) => readonly string[], RegExp])[] = [
    ['a folder that is not there', (m) => ['--held-out', join(m.dir, 'nowhere')], /is not there/],
    ['a file', (m) => ['--held-out', join(hidden(m), 'test', `${QUIET}.test.js`)], /is not a folder/],
    ['an empty folder', (m) => ['--held-out', hidden(m, {})], /is an empty folder/],
    [
      'code that is no test',
      (m) => ['--held-out', hidden(m, { ...CHECKS, 'src/add.js': 'x' })],
      /'src\/add\.js' in --held-out is no test file/,
    ],
    [
      'settings of a runner',
      (m) => ['--held-out', hidden(m, { ...CHECKS, 'vitest.config.js': 'x' })],
      /'vitest\.config\.js' in --held-out is no test file/,
    ],
    [
      'a link',
      (m) => ['--held-out', hidden(m, { ...CHECKS, 'test/link.test.js': '-> /etc/passwd' })],
      /'test\/link\.test\.js' of --held-out is not a file/,
    ],
    [
      'a link to a folder',
      (m) => ['--held-out', hidden(m, { ...CHECKS, 'test/more': '-> /etc' })],
      /'test\/more' of --held-out is not a file/,
    ],
    [
      'a git directory',
      (m) => ['--held-out', hidden(m, { ...CHECKS, '.git/config': 'x' })],
      /cannot be laid over a tree/,
    ],
    [
      'a folder in the repository',
      (m) => ['--held-out', join(m.repository, 'test')],
      /lies in or around the repository/,
    ],
    ['a folder around it', (m) => ['--held-out', m.dir], /lies in or around the repository/],
    [
      'a folder of the state directory',
      (m) => ['--held-out', join(m.state, 'vaults')],
      /lies in or around the state directory/,
    ],
    ['a wrong solution of nothing', (m) => ['--held-out-wrong', hidden(m)], /there is no --held-out/],
    [
      'a wrong solution that is the base',
      (m) => ['--held-out', hidden(m), '--held-out-wrong', wrongDir(m, javascript.files[javascript.subject] ?? '')],
      /is the base itself/,
    ],
    [
      'a patch that does not apply',
      (m) => ['--held-out', hidden(m), '--held-out-wrong', wrongPatch(m)],
      /does not apply to the base/,
    ],
  ];
  test('because of how they are given are refused in one sentence, and nothing is recorded', async (t) => {
    const m = await machine(t, javascript.files);
    const agent = m.agent({ turns: [] });
    await m.omk(['run', '--agent', agent, '']);
    for (const [what, flags, sentence] of WRONG) {
      rmSync(join(m.dir, 'hidden checks'), { recursive: true, force: true });
      const { code, err } = await m.omk(['run', '--agent', agent, ...flags(m), PROMPT]);
      assert.equal(code, 2, `${what}: ${err}`);
      assert.match(err, sentence, what);
      assert.equal(err.trim().split('\n').length, 2, err);
    }
    assert.deepEqual(JSON.parse((await m.omk(['goal', 'list', '--json'])).out), []);
  });

  test('where no gate counts tests are refused', async (t) => {
    const m = await machine(t, {
      ...javascript.files,
      '.omk/gates.toml': '[[gates]]\nname = "t"\ncommand = "npm test"\nreader = "exit_only"\n',
    });
    const { code, err } = await m.omk(['run', '--held-out', hidden(m), '--agent', m.agent({ turns: [] }), PROMPT]);
    assert.equal(code, 2);
    assert.match(err, /No required gate counts tests/);
  });
});

function wrongDir(m: Machine, source: string): string {
  writeFiles(join(m.dir, 'wrong'), { [javascript.subject]: source });
  return join(m.dir, 'wrong');
}

function wrongPatch(m: Machine): string {
  writeFiles(m.dir, { 'wrong.patch': 'diff --git a/no b/no\n--- a/no\n+++ b/no\n@@ -1 +1 @@\n-x\n+y\n' });
  return join(m.dir, 'wrong.patch');
}

const patchOf = (m: Machine, source: string): string => {
  const file = join(m.repository, javascript.subject);
  const before = readFileSync(file, 'utf8');
  writeFiles(m.repository, { [javascript.subject]: source });
  const patch = execFileSync('git', ['diff', '--binary'], { cwd: m.repository, encoding: 'utf8' });
  writeFiles(m.repository, { [javascript.subject]: before });
  return patch;
};

test(
  'a goal that was killed goes on with the checks it was created with, whatever became of the folder',
  { skip: slow || needsSandbox.skip },
  async (t) => {
    const m = await machine(t, javascript.files);
    const dir = hidden(m);
    const agent = m.agent({
      turns: [
        { steps: [{ write: { path: 'half.txt', content: 'half' } }, { hang: {} }] },
        { steps: [special] },
        { steps: [fix] },
      ],
    });
    const child = m.start(['run', '--json', '--held-out', dir, '--agent', agent, PROMPT]);
    child.stdout?.resume();
    child.stderr?.resume();
    const closed = new Promise((resolve) => child.on('close', resolve));
    const worktrees = join(m.state, 'worktrees');
    await until(
      () =>
        existsSync(worktrees) &&
        readdirSync(worktrees, { recursive: true, encoding: 'utf8' }).some((path) => path.endsWith('half.txt')),
      'half of the work',
    );
    child.kill('SIGKILL');
    await closed;
    rmSync(dir, { recursive: true });
    writeFiles(dir, { 'test/quietly.test.js': "import { test } from 'node:test';\ntest('easy', () => {});\n" });
    const resumed = parseRun(await m.omk(['goal', 'resume', '--json']));
    assert.equal(resumed.status, 'ready', JSON.stringify(resumed.gaps));
    const verified = await m.omk(['verify', 'latest', '--level', 'V1', '--json']);
    const report = JSON.parse(verified.out);
    assert.equal(report.reached, 'V1', verified.out);
    assert.ok(
      report.checks.some(({ text }: { text: string }) => /^held_out 1 of gate .* with the held-out checks$/.test(text)),
      verified.out,
    );
  },
);

test('checks that were changed after the goal was created are not used', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files);
  const agent = m.agent({ turns: [{ steps: [special] }] });
  const first = parseRun(
    await m.omk([
      'run',
      '--json',
      '--max-attempts',
      '1',
      '--max-turns',
      '1',
      '--held-out',
      hidden(m),
      '--agent',
      agent,
      PROMPT,
    ]),
  );
  assert.equal(first.status, 'not_ready');
  const file = join(m.state, 'held-out', `${first.goal}.json`);
  writeFiles(m.state, {
    [`held-out/${first.goal}.json`]: readFileSync(file, 'utf8').replace(/"nonce":"../, '"nonce":"zz'),
  });
  m.agent({ turns: [{ steps: [right] }] });
  const resumed = await m.omk(['goal', 'resume', '--json']);
  assert.equal(resumed.code, 6, resumed.out);
  assert.match(resumed.out, /HELD_OUT_LOST/);
});

test('without a sandbox it is said that the agent may have seen them', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files, { sandbox: 'none' });
  const run = parseRun(
    await m.omk([
      'run',
      '--json',
      '--held-out',
      hidden(m),
      '--agent',
      m.agent({ turns: [{ steps: [right] }] }),
      PROMPT,
    ]),
  );
  assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
  assert.ok(
    run.gaps.some(({ code, text }) => code === 'K_HELD_OUT_IN_SIGHT' && /agent ran without a sandbox/.test(text)),
  );
});

test('a new module that only hidden checks use is found by them', { skip: slow }, async (t) => {
  const m = await machine(t, { ...javascript.files, [javascript.subject]: javascript.fixed });
  const check =
    `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n` +
    `import { subtract } from '../src/subtract.js';\n\ntest('${SECRET}', () => assert.equal(subtract(5, 3), 2));\n`;
  const dir = hidden(m, { [`test/${QUIET}.test.js`]: check });
  const run = async (body: string) => {
    const added = { write: { path: 'src/subtract.js', content: `export const subtract = (a, b) => ${body};\n` } };
    const agent = m.agent({ turns: [{ steps: [added] }] });
    const args = [
      'run',
      '--json',
      '--max-attempts',
      '1',
      '--max-turns',
      '1',
      '--held-out',
      dir,
      '--agent',
      agent,
      'Add subtract',
    ];
    return parseRun(await m.omk(args));
  };
  const wrong = await run('a + b');
  assert.ok(wrong.gaps.some(({ code }) => code === 'G_HELD_OUT'));
  const right = await run('a - b');
  assert.equal(right.status, 'ready', JSON.stringify(right.gaps));
  const verified = await m.omk(['verify']);
  assert.equal(verified.code, 0, verified.out);
});
