import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commitTo, inGit } from '../src/world/forge/testing/git.ts';
import { startFakeGitHub } from '../src/world/forge/testing/fake-github.ts';
import { javascript } from './support/ecosystems.ts';
import { listing, machine } from './support/machine.ts';

test('a pull request is judged, of the repository itself and of a fork, and the clone stays as it is', async (t) => {
  const m = await machine(t, { ...javascript.files, [javascript.subject]: javascript.fixed });
  const github = await startFakeGitHub(join(m.dir, 'hub', 'calc.git'));
  t.after(() => github.close());
  appendFileSync(
    join(m.dir, 'home', '.gitconfig'),
    `[url "${github.repo.git}"]\n\tinsteadOf = https://github.com/octo/calc.git\n`,
  );
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...args], {
      cwd: m.repository,
      env: m.env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const commit = (message: string): string => {
    git('add', '--all');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  git('remote', 'add', 'origin', 'https://github.com/octo/calc.git');
  const main = git('rev-parse', '--abbrev-ref', 'HEAD');
  git('push', '--quiet', 'origin', `HEAD:${main}`);
  git('checkout', '--quiet', '-b', 'work');
  writeFileSync(join(m.repository, 'src', 'more.js'), 'export const more = 1;\n');
  commit('Add more');
  git('push', '--quiet', 'origin', 'HEAD:more');
  git('checkout', '--quiet', '-b', 'cheat', main);
  rmSync(join(m.repository, javascript.redTest));
  const cheat = commit('Remove the test');
  git('push', '--quiet', 'origin', 'HEAD:refs/pull/2/head');
  git('checkout', '--quiet', main);
  git('branch', '--quiet', '-D', 'work', 'cheat');
  const pull = {
    body: '',
    state: 'open' as const,
    draft: false,
    base: main,
    merged: null,
    labels: [],
    assignees: [],
    reviewers: [],
  };
  github.repo.pulls.push(
    { ...pull, number: 1, title: 'Add more', head: 'more', lastHead: null },
    { ...pull, number: 2, title: 'Remove the test', head: 'of-a-fork', lastHead: cheat },
  );
  const login = {
    GH_TOKEN: 'token-that-may-push',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: github.url,
  };
  const judge = (...args: readonly string[]) => m.omk(['judge', ...args], { env: login });
  const before = listing(m.repository);

  const honest = await judge('--pr', '1');
  assert.equal(honest.code, 0, honest.out + honest.err);
  assert.match(honest.out, /change +pull request #1: 1 file/);
  const wrong = await judge('--pr', 'https://github.com/octo/calc/pull/2');
  assert.equal(wrong.code, 4, wrong.out + wrong.err);
  assert.match(wrong.out, /removed +test\/add\.test\.js/);
  assert.deepEqual(listing(m.repository), before, 'no branch, no reference and no object of it');

  for (const [args, says] of [
    [['--pr', 'x'], /--pr must be a number or the address of a pull request/],
    [['--pr', 'https://github.com/other/calc/pull/1'], /PR_ELSEWHERE/],
    [['--pr', '1', '--staged'], /CHANGE_TWICE/],
    [['--pr', '1', '--base', 'HEAD'], /BASE_TWICE/],
    [['--open-pr'], /--open-pr delivers commits/],
    [['HEAD..HEAD', '--open-pr'], /--open-pr needs a title/],
    [['--draft'], /--draft belongs to --open-pr/],
  ] as const) {
    const ran = await judge(...args);
    assert.equal(ran.code, 2, args.join(' '));
    assert.match(ran.err, says);
  }
  git('branch', '--quiet', 'more', 'origin/more');
  git('checkout', '--quiet', 'more');
  const opened = await judge(`${main}..HEAD`, '--open-pr', '--goal', 'Add more', '--draft');
  assert.equal(opened.code, 0, opened.out + opened.err);
  assert.match(opened.out, /^ready: .*draft pull request opened: https:/ms);
  const made = github.repo.pulls.at(-1);
  assert.deepEqual(
    [made?.title, made?.draft, made?.base],
    ['Add more', true, main],
    'not the branch that is checked out, which the remote has too',
  );
  assert.match(made?.body ?? '', /no regression|npm-test/);

  assert.match(opened.out, /^ {2}proof pushed to refs\/omk\/proofs/m);

  const again = await judge(`${main}..HEAD`, '--open-pr', '--goal', 'Add more', '--no-proof');
  assert.match(again.out, /pull request updated: https:/, again.err);
  assert.match(again.out, /^ {2}proof not pushed, as asked/m);
  assert.equal(github.repo.pulls.at(-1), made, 'no second one of the same commit');
  assert.equal(git('ls-remote', 'origin', 'refs/heads/omk/*').split('\n').length, 1);
  const proofs = inGit(github.repo.git, 'ls-tree', '--name-only', 'refs/omk/proofs').split('\n');
  assert.equal(proofs.length, 1, 'of what was delivered with it, and of nothing else');

  const clone = join(m.dir, 'ci');
  git('clone', '--quiet', '--no-local', github.repo.git, clone);
  const recipe = join(import.meta.dirname, '..', 'share', 'ci', 'shell', 'omk-ci.sh');
  execFileSync('sh', [recipe], {
    cwd: clone,
    env: { ...m.env, OMK: m.program, OMK_BASE: `origin/${main}`, OMK_HEAD: made?.head ? `origin/${made.head}` : '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  assert.equal(readFileSync(join(clone, 'omk-out', 'verdict'), 'utf8'), 'verify 0\n', 'CI verifies the proof it finds');

  for (const file of ['one', 'two']) {
    commitTo(github.repo.git, main, file, 'of somebody else\n');
    const moved = await judge(`${main}..HEAD`, '--open-pr', '--goal', 'Add more');
    assert.match(moved.out, /pull request updated: https:/, moved.out + moved.err);
    assert.equal(github.repo.pulls.at(-1), made, 'no second one where its base moved');
    const head = inGit(github.repo.git, 'rev-parse', made?.head ?? '');
    assert.equal(inGit(github.repo.git, 'merge-base', head, main), inGit(github.repo.git, 'rev-parse', main));
  }
  assert.equal(git('ls-remote', 'origin', 'refs/heads/omk/*').split('\n').length, 1);

  const none = await judge('--pr', '99');
  assert.match(none.err, /FORGE_NOT_FOUND/);
});
