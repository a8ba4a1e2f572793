import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { OmkError } from '../../../domain/error.ts';
import type { ForgeRepository } from '../port.ts';
import type { FakeGitHub } from './fake-github.ts';
import { commitTo, inGit } from './git.ts';

export interface OpenedForge {
  readonly forge: ForgeRepository;
  /** What is behind it, where `main` has a commit. */
  readonly github: FakeGitHub;
  /** The same forge with another login. */
  as(token: string): Promise<ForgeRepository>;
}

type Open = (t: TestContext) => Promise<OpenedForge>;

const code = (expected: string, words?: RegExp) => (error: unknown) =>
  error instanceof OmkError &&
  error.code === expected &&
  error.exit === 4 &&
  error.fix !== '' &&
  !error.message.includes('token-that') &&
  (words?.test(error.message) ?? true);

const app = { id: 15368, slug: 'github-actions' };
const passing = (id: number, name: string) => ({
  id,
  name,
  status: 'completed' as const,
  conclusion: 'success',
  app,
  summary: '',
  log: '',
});

/** What every forge does, however it is reached. */
export function forgeConformance(name: string, open: Open): void {
  describe(name, { concurrency: true }, () => {
    pullRequests(open);
    fromFork(open);
    checksAndRules(open);
    merges(open);
    words(open);
    failures(open);
  });
}

function pullRequests(open: Open): void {
  test('a pull request is opened once, found on any page, and updated', async (t) => {
    const { forge, github } = await open(t);
    for (const branch of ['one', 'two', 'three', 'four', 'five']) {
      commitTo(github.repo.git, branch, branch, branch);
      await forge.openPullRequest({ title: branch, body: 'b', branch, base: 'main', draft: branch === 'five' });
    }
    for (const pull of github.repo.pulls) if (pull.number < 4) pull.state = 'closed';
    commitTo(github.repo.git, 'one', 'one', 'again');
    const again = await forge.openPullRequest({ title: 'x', body: 'b', branch: 'one', base: 'main', draft: false });
    const found = await forge.pullRequestsOf('one');
    assert.deepEqual(
      found.map(({ number, state }) => [number, state]),
      [
        [again.number, 'open'],
        [1, 'closed'],
      ],
    );
    const twice = forge.openPullRequest({ title: 'x', body: 'b', branch: 'one', base: 'main', draft: false });
    await assert.rejects(twice, code('FORGE_REFUSED', /already exists for octo:one/));
    const changed = await forge.updatePullRequest(again.number, { title: 'new', body: 'é' });
    assert.deepEqual([changed.title, changed.body, changed.draft], ['new', 'é', false]);
    assert.equal((await forge.pullRequest(5)).draft, true);
    await forge.annotate(5, { labels: ['bug'], reviewers: ['mona', 'octo/core'], assignees: ['hubot'] });
    const pull = github.repo.pulls[4];
    assert.deepEqual([pull?.labels, pull?.reviewers, pull?.assignees], [['bug'], ['mona', 'core'], ['hubot']]);
  });
}

function fromFork(open: Open): void {
  test('a pull request from a fork is opened by whoever may only read, and is another than that of a branch with its name', async (t) => {
    const { forge, github, as } = await open(t);
    const { repo } = github;
    const fork = `${repo.git}.fork`;
    inGit(repo.git, 'clone', '--quiet', '--bare', repo.git, fork);
    repo.fork = { owner: 'mona', git: fork };
    repo.tokens.set('token-that-may-read', 'read');
    const reading = await as('token-that-may-read');
    const commit = commitTo(fork, 'work', 'a', 'a');
    const request = { title: 'a', body: 'b', branch: 'work', fork: 'mona', base: 'main', draft: false };
    const made = await reading.openPullRequest(request);
    assert.deepEqual([made.branch, made.commit, made.base], ['work', commit, 'main']);
    await assert.rejects(forge.openPullRequest(request), code('FORGE_REFUSED', /already exists for mona:work/));
    commitTo(repo.git, 'work', 'other', 'other');
    assert.deepEqual(await forge.pullRequestsOf('work'), []);
    const numbers = (await forge.pullRequestsOf('work', 'mona')).map(({ number }) => number);
    assert.deepEqual(numbers, [made.number]);
    const more = commitTo(fork, 'work', 'b', 'b');
    assert.equal((await forge.pullRequest(made.number)).commit, more);
    assert.equal((await forge.merge(made.number, { commit: more, method: 'merge' })).kind, 'merged');
  });
}

function checksAndRules(open: Open): void {
  test('checks come from all pages, runs and statuses; anything that is not a success has failed', async (t) => {
    const { forge, github } = await open(t);
    const commit = commitTo(github.repo.git, 'b', 'b', 'b');
    github.repo.checks.set(commit, [
      passing(1, 'build'),
      { ...passing(2, 'skipped'), conclusion: 'skipped' },
      { ...passing(3, 'test'), conclusion: 'timed_out', summary: '3 failed', log: `${'x'.repeat(9_000)}\nthe end` },
      { ...passing(4, 'slow'), status: 'in_progress', conclusion: null },
      { ...passing(5, 'other'), app: { id: 9, slug: 'other' }, conclusion: 'action_required' },
    ]);
    github.repo.statuses.set(commit, [
      { context: 'ci/a', state: 'success', description: '' },
      { context: 'ci/b', state: 'pending', description: '' },
      { context: 'ci/c', state: 'error', description: 'broke' },
    ]);
    const found = await forge.checks(commit);
    assert.deepEqual(
      found.map((check) => `${check.name} ${check.state} ${check.app} ${check.job}`),
      [
        'build passed 15368 1',
        'skipped passed 15368 2',
        'test failed 15368 3',
        'slow pending 15368 4',
        'other failed 9 null',
        'ci/a passed null null',
        'ci/b pending null null',
        'ci/c failed null null',
      ],
    );
    const tail = await forge.logTail(3);
    assert.ok(tail.length <= 6_000 && tail.endsWith('the end'));
    assert.equal(await forge.logTail(99), '', 'a log that is gone is no failure');
  });

  test('required checks are those of branch protection and of rule sets together', async (t) => {
    const { forge, github } = await open(t);
    assert.deepEqual(await forge.rules('main'), { checks: [], queue: false, methods: null });
    github.repo.protection.set('main', [
      { context: 'build', app_id: 15368 },
      { context: 'any', app_id: -1 },
    ]);
    github.repo.rules.set('main', [
      { type: 'deletion' },
      {
        type: 'required_status_checks',
        parameters: { required_status_checks: [{ context: 'lint', integration_id: 7 }, { context: 'docs' }] },
      },
      { type: 'pull_request', parameters: { allowed_merge_methods: ['squash', 'rebase'] } },
      { type: 'merge_queue', parameters: {} },
    ]);
    assert.deepEqual(await forge.rules('main'), {
      checks: [
        { name: 'build', app: 15368 },
        { name: 'any', app: null },
        { name: 'lint', app: 7 },
        { name: 'docs', app: null },
      ],
      queue: true,
      methods: ['squash', 'rebase'],
    });
  });
}

function merges(open: Open): void {
  for (const method of ['merge', 'squash', 'rebase'] as const)
    test(`a merge by ${method} gives the commit of the base branch`, async (t) => {
      const { forge, github } = await open(t);
      const commit = commitTo(github.repo.git, 'b', 'b', 'b');
      const { number } = await forge.openPullRequest({ title: 'b', body: '', branch: 'b', base: 'main', draft: false });
      assert.deepEqual(await forge.merge(number, { commit: '0'.repeat(40), method }), { kind: 'moved' });
      const merged = await forge.merge(number, { commit, method });
      assert.equal(merged.kind, 'merged');
      const after = await forge.pullRequest(number);
      assert.deepEqual([after.state, after.mergedAs], ['merged', inGit(github.repo.git, 'rev-parse', 'main')]);
      assert.equal(
        inGit(github.repo.git, 'rev-parse', 'main^{tree}'),
        inGit(github.repo.git, 'rev-parse', `${commit}^{tree}`),
      );
      assert.equal((await forge.merge(number, { commit, method })).kind, 'refused');
    });

  test('a merge that a rule does not allow is refused with the words of the forge', async (t) => {
    const { forge, github } = await open(t);
    const commit = commitTo(github.repo.git, 'b', 'b', 'b');
    github.repo.protection.set('main', [{ context: 'build', app_id: null }]);
    const { number } = await forge.openPullRequest({ title: 'b', body: '', branch: 'b', base: 'main', draft: false });
    const refused = await forge.merge(number, { commit, method: 'merge' });
    assert.ok(refused.kind === 'refused' && /required status checks/.test(refused.why));
  });
}

function words(open: Open): void {
  test('review threads that nobody resolved are read from all pages', async (t) => {
    const { forge, github } = await open(t);
    commitTo(github.repo.git, 'b', 'b', 'b');
    const { number } = await forge.openPullRequest({ title: 'b', body: '', branch: 'b', base: 'main', draft: false });
    const thread = (path: string, isResolved: boolean) => ({
      path,
      isResolved,
      line: path === 'b' ? null : 3,
      comments: [{ login: path === 'c' ? null : 'mona', body: `of ${path}` }],
    });
    github.repo.threads.set(number, [thread('a', true), thread('b', false), thread('c', false), thread('d', false)]);
    assert.deepEqual(
      (await forge.openThreads(number)).map(({ path, line, comments }) => [
        path,
        line,
        comments[0]?.author,
        comments[0]?.text,
      ]),
      [
        ['b', null, 'mona', 'of b'],
        ['c', 3, 'ghost', 'of c'],
        ['d', 3, 'mona', 'of d'],
      ],
    );
    await assert.rejects(forge.openThreads(99), code('FORGE_NOT_FOUND'));
  });

  test('open issues are listed on all pages, without pull requests, and by label', async (t) => {
    const { forge, github } = await open(t);
    github.repo.issues.push(
      { number: 1, title: 'a', body: '', state: 'open', labels: ['omk', 'bug'] },
      { number: 2, title: 'b', body: '', state: 'closed', labels: ['omk'] },
      { number: 3, title: 'c', body: '', state: 'open', labels: ['omk'] },
      { number: 4, title: 'd', body: '', state: 'open' },
    );
    commitTo(github.repo.git, 'b', 'b', 'b');
    await forge.openPullRequest({ title: 'a pull request', body: '', branch: 'b', base: 'main', draft: false });
    const numbers = async (...labels: readonly string[]) =>
      (await forge.openIssues(labels)).map(({ number }) => number);
    assert.deepEqual(await numbers(), [1, 3, 4]);
    assert.deepEqual(await numbers('omk'), [1, 3]);
    assert.deepEqual(await numbers('omk', 'bug'), [1]);
  });

  test('an issue is read, and a comment is made once and then replaced', async (t) => {
    const { forge, github } = await open(t);
    github.repo.issues.push({ number: 42, title: 'Sum is wrong', body: 'It is.', state: 'open' });
    assert.deepEqual(await forge.issue(42), {
      number: 42,
      url: 'https://github.com/octo/calc/issues/42',
      title: 'Sum is wrong',
      body: 'It is.',
      state: 'open',
      isPullRequest: false,
    });
    for (const body of ['one', '> first\n> <!-- x -->', 'see <!-- x -->'])
      github.repo.comments.push({ id: github.repo.comments.length + 1, issue: 42, body });
    await forge.comment(42, '<!-- x -->', 'first\n<!-- x -->\n');
    await forge.comment(42, '<!-- x -->', 'second\n<!-- x -->\n');
    assert.deepEqual(
      github.repo.comments.map(({ body }) => body),
      ['one', '> first\n> <!-- x -->', 'see <!-- x -->', 'second\n<!-- x -->\n'],
      'who quotes the marker is not written over',
    );
  });
}

function failures(open: Open): void {
  test('each way to fail is a code with a sentence and a fix, and no token is in it', async (t) => {
    const { forge, github, as } = await open(t);
    github.repo.tokens.set('token-that-may-read', 'read').set('token-that-sees-nothing', 'none');
    const reading = await as('token-that-may-read');
    assert.deepEqual([(await forge.about()).mayPush, (await reading.about()).mayPush], [true, false]);
    await assert.rejects(reading.updatePullRequest(1, { body: '' }), code('FORGE_NO_PERMISSION'));
    await assert.rejects((await as('token-that-sees-nothing')).about(), code('FORGE_NOT_FOUND'));
    await assert.rejects((await as('token-that-nobody-made')).about(), code('FORGE_NO_LOGIN'));
    await assert.rejects(forge.pullRequest(99), code('FORGE_NOT_FOUND'));
    github.repo.limit = 'primary';
    await assert.rejects(forge.about(), code('FORGE_RATE_LIMIT', /until 2026-01-01T01:00:00\.000Z/));
    github.repo.limit = 'secondary';
    await assert.rejects(forge.about(), code('FORGE_RATE_LIMIT', /until 2026-01-01T00:01:00\.000Z/));
    github.repo.limit = 'none';
    github.repo.broken = true;
    await assert.rejects(forge.about(), code('FORGE_UNREACHABLE'));
  });
}
