import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SECRETS } from '../src/domain/testing/secret-corpus.ts';
import { javascript } from './support/ecosystems.ts';
import { listing, machine, parseRun, type Machine } from './support/machine.ts';
import { sharedRuns } from './support/shared-runs.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const runs = sharedRuns();

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const [token = '', key = ''] = [SECRETS['GitHub token'], SECRETS['OpenSSH key']];
const work = (m: Machine, ...turns: readonly (readonly unknown[])[]): ReturnType<Machine['omk']> =>
  m.omk([
    'run',
    '--json',
    '--agent',
    m.agent({ turns: turns.map((steps) => ({ steps })), then: 'say_done' }),
    '--max-attempts',
    '1',
    'Make the red test green',
  ]);

test(
  'a secret in a new, nested or old file blocks, is told to the agent without its value, and is no ' +
    'obstacle once it is gone',
  async (t) => {
    const m = await machine(t, { ...javascript.files, 'src/old.js': 'export const old = 1;\n' }, { runs });
    const leak = [
      fix,
      { write: { path: 'deploy/new/deep/.env', content: `A=1\nTOKEN=${token}\n` } },
      { write: { path: 'deploy/id', content: `${key}\n` } },
      { edit: { path: 'src/old.js', find: 'export const old = 1;', replace: `export const old = '${token}';` } },
    ];
    const clear = [
      { delete: 'deploy/new/deep/.env' },
      { delete: 'deploy/id' },
      { write: { path: 'src/old.js', content: 'export const old = 1;\n' } },
    ];
    const run = parseRun(await work(m, leak, clear));
    assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
    const examined = run.events
      .filter(({ type }) => type === 'candidate.examined')
      .map(({ data }) => data?.['secrets']);
    assert.deepEqual(examined, [
      [
        { path: 'deploy/id', line: 1, kind: 'private key' },
        { path: 'deploy/new/deep/.env', line: 2, kind: 'GitHub token' },
        { path: 'src/old.js', line: 1, kind: 'GitHub token' },
      ],
      undefined,
    ]);
    const kept = Object.keys(listing(m.state)).filter((path) => path.includes('/blobs/'));
    const texts = kept.map((path) => readFileSync(join(m.state, path), 'utf8')).join('\n');
    assert.match(texts, /deploy\/new\/deep\/\.env:2 \(GitHub token\)/, 'the prompt of the next turn names the place');
  },
);

test('a secret in the text of a goal or in a reason is kept nowhere', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const agent = m.agent({
    turns: [{ steps: [{ write: { path: 'fixtures/a/token.txt', content: `${key}\n` } }] }],
    then: 'say_done',
  });
  const run = parseRun(await m.omk(['run', '--json', '--agent', agent, '--max-attempts', '1', `Log in with ${token}`]));
  assert.equal(run.events[0]?.data?.['prompt'], 'Log in with [redacted]');
  await m.omk(['goal', 'answer', '--reject', `use ${token} instead`]);
  for (const [path, content] of Object.entries(listing(m.state)))
    assert.ok(!content.includes(token), `${path} holds the secret`);
});

test('a secret that stays is a question, and a person may name it', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const run = parseRun(await work(m, [fix, { write: { path: 'fixtures/a/token.txt', content: `${token}\n` } }]));
  assert.equal(run.status, 'blocked_on_human', JSON.stringify(run.gaps));
  const gap = run.gaps.find(({ code }) => code === 'G_SECRET');
  assert.match(gap?.text ?? '', /fixtures\/a\/token\.txt:1 \(GitHub token\)/);
  const shown = [
    await m.omk(['goal', 'show']),
    await m.omk(['goal', 'diff']),
    await m.omk(['goal', 'show', '--json']),
    await m.omk(['goal', 'status']),
  ]
    .map(({ out, err }) => out + err)
    .join('\n');
  assert.ok(!shown.includes(token) && JSON.stringify(run).includes('token.txt'));
  assert.equal(JSON.parse((await m.omk(['verify', run.goal, '--json'])).out).reached, 'V1');

  await m.omk(['goal', 'answer', '--accept']);
  const resumed = await m.omk(['goal', 'resume', run.goal]);
  assert.equal(resumed.code, 0, resumed.err + resumed.out);
  const verified = JSON.parse((await m.omk(['verify', run.goal, '--json'])).out);
  assert.deepEqual(
    [verified.status ?? verified.proven.status, verified.reached],
    ['ready', 'V1'],
    JSON.stringify(verified),
  );
  assert.match((await m.omk(['goal', 'show'])).out, /K_SECRET_ACCEPTED|a person accepted what looks like a secret/);
});

test('a secret of the base that moves to another file is no finding', async (t) => {
  const m = await machine(t, { ...javascript.files, 'config/old.txt': `${token}\n` });
  const run = parseRun(await work(m, [fix, { rename: { from: 'config/old.txt', to: 'config/new/place.txt' } }]));
  assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
});
