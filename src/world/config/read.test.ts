import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import { readConfig } from './read.ts';

const user = (text: string) => readConfig({ repositoryToml: null, userToml: { path: '/u/config.toml', text } });
const repository = (text: string) => readConfig({ repositoryToml: { path: '.omk/config.toml', text }, userToml: null });

const invalid = (make: () => unknown, sentence: RegExp): void =>
  assert.throws(make, (error) => {
    assert.ok(error instanceof OmkError);
    assert.equal(error.code, 'CONFIG_INVALID');
    assert.equal(error.exit, 2);
    assert.match(error.message, sentence);
    return true;
  });

test('no files say nothing', () => {
  assert.deepEqual(readConfig({ repositoryToml: null, userToml: null }), {
    agent: null,
    agents: {},
    signing: { key: null },
    limits: { maxAttempts: null, turnTimeoutMs: null, idleTimeoutMs: null },
  });
});

test("the size of a recording is the user's alone", () => {
  assert.deepEqual(user('[replay]\nmax_size = "64 MB"').replay, { maxBytes: 64 * 1024 * 1024 });
  invalid(() => user('[replay]\nmax_size = "64"'), /must be a whole number of KB, MB or GB/);
  invalid(() => user('[replay]\nmax_size = "1 GB"'), /must be less than 512 MB/);
  invalid(() => repository('[replay]\nmax_size = "64 MB"'), /`replay` is honoured only in your own/);
});

test('the repository goes over the user, key by key', () => {
  const config = readConfig({
    userToml: {
      path: '/u/config.toml',
      text: [
        'agent = "mine --acp"',
        '[agents.mine]',
        'command = "node \'a b.js\' acp"',
        'env = ["MINE_KEY"]',
        'paths = ["~/.mine", { path = "~/.mine/sessions", access = "write" }]',
        '[signing]',
        'key = "~/.ssh/id_ed25519"',
        '[limits]',
        'max_attempts = 2',
        'turn_timeout = "1h30m"',
      ].join('\n'),
    },
    repositoryToml: {
      path: '.omk/config.toml',
      text: 'agent = "kimi"\n[limits]\nmax_attempts = 7\nidle_timeout = "90s"\nstart_timeout = "3m"\n',
    },
  });
  assert.deepEqual(config, {
    agent: 'kimi',
    agents: {
      mine: {
        argv: ['node', 'a b.js', 'acp'],
        env: ['MINE_KEY'],
        paths: [
          { path: '~/.mine', access: 'copy' },
          { path: '~/.mine/sessions', access: 'write' },
        ],
      },
    },
    signing: { key: '~/.ssh/id_ed25519' },
    limits: { maxAttempts: 7, turnTimeoutMs: 5_400_000, idleTimeoutMs: 90_000, startTimeoutMs: 180_000 },
  });
});

test("prices are the user's own, in dollars for a million tokens; the longest wait is a limit", () => {
  const config = user('[prices."my-model"]\ninput = 0.6\noutput = 2.5\n[limits]\nmax_wait = "2h"\n');
  assert.deepEqual(config.prices, { 'my-model': { input: 0.6, output: 2.5 } });
  assert.equal(config.limits.maxWaitMs, 7_200_000);
  invalid(
    () => user('[prices.m]\ninput = -1\noutput = 1\n'),
    /config\.toml:2: `prices\.m\.input` must not be negative/,
  );
  invalid(
    () => repository('[prices.m]\ninput = 0\noutput = 0\n'),
    /config\.toml:1: `prices` is honoured only in your own/,
  );
});

test("the share of a task is for the user and the repository; the largest report of an agent is the user's to say", () => {
  assert.equal(repository('[budget]\ntask_share = 30\n').taskShare, 30);
  assert.equal(user('[budget]\ntask_share = 40\n').taskShare, 40);
  assert.deepEqual(user('[agents.kimi]\nreport_tokens = 262144\nreport_usd = 0.8\n').agents['kimi'], {
    argv: null,
    env: [],
    paths: [],
    reportTokens: 262_144,
    reportUsd: 0.8,
  });
  invalid(() => user('[budget]\ntask_share = 0\n'), /config\.toml:2: `budget\.task_share` must be 1 or more/);
  invalid(() => user('[budget]\ntask_share = 101\n'), /config\.toml:2: `budget\.task_share` must be 100 or less/);
  invalid(
    () => user('[agents.kimi]\nreport_tokens = 0\n'),
    /config\.toml:2: `agents\.kimi\.report_tokens` must be 1 or more/,
  );
  invalid(
    () => user('[agents.kimi]\nreport_usd = 0\n'),
    /config\.toml:2: `agents\.kimi\.report_usd` must be more than 0/,
  );
});

test('a repository cannot choose commands, paths, environment or keys', () => {
  invalid(
    () => repository('# x\n\n[agents.kimi]\ncommand = "sh"\n'),
    /^\.omk\/config\.toml:3: `agents` is honoured only in your own/,
  );
  invalid(() => repository('[signing]\nkey = "/x"\n'), /config\.toml:1: `signing` is honoured only/);
  invalid(() => repository('agent = "sh -c evil"\n'), /config\.toml:1: `agent` /);
  invalid(
    () => repository('agent = "rm"\n'),
    /config\.toml:1: `agent` must be one of claude, codex, gemini, kimi, opencode, qwen in/,
  );
  invalid(() => repository('agent = "scripted:evil.json"\n'), /config\.toml:1: `agent` /);
});

test('errors name file, line and what is wrong', () => {
  invalid(() => user('agent = "kimi"\nagent = \n'), /^\/u\/config\.toml:2: /);
  invalid(() => user('agnet = "kimi"\n'), /config\.toml:1: `agnet` is not a key omk knows/);
  invalid(() => user('[limits]\n\nmax_attempts = 0\n'), /config\.toml:3: `limits\.max_attempts` must be 1 or more/);
  invalid(() => user('[limits]\nturn_timeout = 30\n'), /config\.toml:2: `limits\.turn_timeout` must be a duration/);
  invalid(() => user('[limits]\nmax_atempts = 2\n'), /config\.toml:2: `limits\.max_atempts` is not a key/);
  invalid(() => user('[agents.x]\ncommand = "a \'b"\n'), /config\.toml:2: `agents\.x\.command` must be a command line/);
  invalid(() => user('[agents.x]\npaths = ["../x"]\n'), /config\.toml:2: `agents\.x\.paths` must be paths/);
  invalid(() => user('[agents.x]\nenv = ["A"]\n'), /config\.toml:1: `agents\.x` needs a `command`/);
  invalid(() => user('agent = 3\n'), /config\.toml:1: `agent` must be a preset/);
});

test('agents of roles are the choice of the user', () => {
  const userToml = { path: '/u', text: '[roles.oracle]\nagent = "kimi"\n[roles.worker]\nmodel = "big"\n' };
  assert.deepEqual(readConfig({ repositoryToml: null, userToml }).roles, {
    oracle: { agent: 'kimi' },
    worker: { model: 'big' },
  });
  assert.throws(
    () => readConfig({ repositoryToml: { ...userToml, path: '/r' }, userToml: null }),
    /\/r:1: `roles` is honoured only in your own configuration file/,
  );
  const wrong = { path: '/u', text: '[roles.reviewer]\nagent = "kimi"\n' };
  assert.throws(() => readConfig({ repositoryToml: null, userToml: wrong }), /`roles.reviewer` is not a key omk knows/);
});
