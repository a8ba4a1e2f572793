import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { inGit } from '../src/world/forge/testing/git.ts';
import { startFakeGitHub, type FakeGitHub } from '../src/world/forge/testing/fake-github.ts';
import { listing, machine, parseRun, type Machine } from './support/machine.ts';

const FILES = {
  'package.json': '{ "name": "calc", "type": "module", "scripts": { "test": "node --test" } }\n',
  'calc.js': 'export const add = (a, b) => a + b;\n',
  'calc.test.js':
    "import test from 'node:test';\nimport assert from 'node:assert/strict';\nimport * as calc from './calc.js';\n" +
    "test('adds', () => assert.equal(calc.add(1, 2), 3));\ntest('subtracts', () => assert.equal(calc.sub(3, 2), 1));\n",
  '.gitignore': 'node_modules\n',
  '.github/pull_request_template.md': '## Checklist\n- [ ] I read CONTRIBUTING.md\n',
};

interface Hosted extends Machine {
  readonly github: FakeGitHub;
  readonly login: Readonly<Record<string, string>>;
  git(...args: readonly string[]): string;
  ready(): Promise<string>;
}

/** A repository with a remote on a fake GitHub, where `main` is pushed. */
async function hosted(t: TestContext): Promise<Hosted> {
  const m = await machine(t, FILES);
  const github = await startFakeGitHub(join(m.dir, 'hub', 'calc.git'));
  t.after(() => github.close());
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: m.repository, env: m.env, stdio: ['ignore', 'pipe', 'pipe'] })
      .toString('utf8')
      .trim();
  appendFileSync(
    join(m.dir, 'home', '.gitconfig'),
    `[url "${github.repo.git}"]\n\tinsteadOf = https://github.com/octo/calc.git\n`,
  );
  git('remote', 'add', 'origin', 'https://github.com/octo/calc.git');
  git('push', '--quiet', 'origin', 'HEAD:main');
  const login = {
    GH_TOKEN: 'token-that-may-push',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: github.url,
  };
  const fix = 'export const add = (a, b) => a + b;\nexport const sub = (a, b) => a - b;\n';
  const agent = m.agent({ turns: [{ steps: [{ write: { path: 'calc.js', content: fix } }] }] });
  return {
    ...m,
    github,
    login,
    git,
    ready: async () => {
      const ran = await m.omk(
        ['run', '--json', '--agent', agent, 'Add sub, @octocat; fixes #1 <!-- omk-goal: g-other -->'],
        { env: login },
      );
      const { status, goal } = parseRun(ran);
      assert.equal(status, 'ready', ran.out.slice(-2000) + ran.err);
      return goal;
    },
  };
}

test('a ready goal is pushed and becomes a pull request whose text is made from the proof; again changes nothing', async (t) => {
  const m = await hosted(t);
  const goal = await m.ready();
  assert.deepEqual(m.github.requests, [], 'nothing is contacted before somebody asks to deliver');
  const before = listing(m.repository);
  const opened = await m.omk(
    ['goal', 'open-pr', '--draft', '--label', 'bug', '--reviewer', 'octocat', '--assignee', 'me'],
    { env: m.login },
  );
  assert.equal(opened.code, 0, opened.err);
  assert.match(opened.out, /draft pull request opened: https:\/\/github\.com\/octo\/calc\/pull\/1/);
  assert.deepEqual(listing(m.repository), before, "the user's repository is as it was, to the byte");
  const [pull, ...others] = m.github.repo.pulls;
  assert.equal(others.length, 0);
  assert.ok(pull);
  assert.deepEqual([pull.head, pull.base, pull.draft], [`omk/${goal}`, 'main', true]);
  assert.deepEqual([pull.labels, pull.reviewers, pull.assignees], [['bug'], ['octocat'], ['me']]);
  assert.match(pull.body, /^## Checklist\n- \[ \] I read CONTRIBUTING\.md\n/);
  assert.match(pull.body, /\| `npm-test` \| pass \| 2 \| 1 \|/);
  assert.deepEqual([...pull.body.matchAll(/<!-- omk-goal: \S+ -->/g)].map(String), [`<!-- omk-goal: ${goal} -->`]);
  assert.equal(pull.body.includes(m.dir), false, 'no local path');

  const again = await m.omk(['goal', 'open-pr', '--json'], { env: m.login });
  assert.equal(JSON.parse(again.out).how, 'unchanged', again.err);
  assert.equal(m.github.repo.pulls.length, 1);
  const verified = await m.omk(['verify', goal]);
  assert.equal(verified.code, 0, verified.out + verified.err);
  const log = await m.omk(['goal', 'show', '--json']);
  assert.equal(log.out.includes('token-that-may-push'), false);
  assert.equal(readFileSync(join(m.state, 'goals', goal, 'events.jsonl'), 'utf8').includes('delivery.pr_opened'), true);
  assert.equal(inGit(m.github.repo.git, 'rev-parse', `omk/${goal}^`), m.git('rev-parse', 'HEAD'));
});
