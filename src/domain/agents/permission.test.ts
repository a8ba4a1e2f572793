import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { decidePermission, refusal, type PermissionOption } from './permission.ts';

const options: readonly PermissionOption[] = [
  { id: 'always', kind: 'allow_always', name: 'x' },
  { id: 'once', kind: 'allow_once', name: 'x' },
  { id: 'no', kind: 'reject_once', name: 'x' },
];
const context = { allowed: ['/w/tree', '/w/scratch'], sandboxed: true, answers: [] } as const;
const title = 'Bash';

test('a request without a path, or with one inside the worktree, is allowed once', () => {
  for (const paths of [
    [],
    ['/w/tree/a.txt'],
    ['src/../b.txt'],
    ['/w/tree'],
    ['/w/scratch/x'],
    ['.gitignore'],
    ['sub/.omk/x'],
  ]) {
    assert.deepEqual(decidePermission({ title, paths, use: 'write', options }, context), {
      decision: 'allowed',
      option: 'once',
      reason: 'bounded by the sandbox',
    });
  }
});

test('without a sandbox the reason says that nothing bounds the command', () => {
  const answer = decidePermission({ title, paths: [], use: 'run', options }, { ...context, sandboxed: false });
  assert.equal(answer.decision, 'allowed');
  assert.match(answer.reason, /no sandbox/);
});

test('paths outside the worktree and protected ones are refused', () => {
  const outside = ['/etc/passwd', '/w/tree/../other', '../x', '~/.ssh/id', '/w/treehouse', 'a\0b', '/'];
  const inside = [
    '.git/config',
    '/w/tree/sub/.git/hooks/x',
    '.GIT/x',
    '.git ./x',
    'git~1/x',
    '.g\u200cit/x',
    '.omk/gates.toml',
    '.OMK',
    '.git',
  ];
  for (const path of [...outside, ...inside]) {
    const answer = decidePermission({ title, paths: ['ok.txt', path], use: 'write', options }, context);
    assert.equal(answer.decision, 'refused', path);
    assert.equal(answer.option, 'no', path);
  }
});

test('several ways to say yes are a question for a person, whose answer is given when it is asked again', () => {
  const ways: readonly PermissionOption[] = [
    { id: 'a', kind: 'allow_once', name: 'production' },
    { id: 'b', kind: 'allow_once', name: 'staging' },
    { id: 'n', kind: 'reject_once', name: 'stop' },
  ];
  const question = { title: 'Which database may I drop?', options: ['production', 'staging'] };
  const request = { title: question.title, paths: [], use: 'write', options: ways } as const;
  assert.deepEqual(decidePermission(request, context), { decision: 'asked', question });
  const answered = (chosen: number | null) =>
    decidePermission(request, { ...context, answers: [{ ...question, chosen }] });
  assert.deepEqual(answered(1), { decision: 'allowed', option: 'b', reason: 'a person chose "staging"' });
  assert.deepEqual(answered(null), { decision: 'refused', option: 'n', reason: 'a person chose none of the answers' });
  const other = { ...context, answers: [{ ...question, title: 'Which table?', chosen: 0 }] };
  assert.equal(decidePermission(request, other).decision, 'asked');
});

test('one way to say yes, with lasting ones and several noes, is no question', () => {
  const offered = ['allow_once', 'allow_always', 'allow_always', 'reject_once', 'reject_once'];
  const request = {
    title,
    paths: [],
    use: 'run',
    options: offered.map((kind, n) => ({ id: `${n}`, kind, name: `${n}` })),
  } as const;
  assert.equal(decidePermission(request, context).decision, 'allowed');
});

test('what is only read or run is bounded by the sandbox, and by its path where there is none', () => {
  for (const use of ['read', 'run'] as const) {
    const request = { title, paths: ['/etc/os-release', '.git/config'], use, options };
    assert.equal(decidePermission(request, context).decision, 'allowed');
    assert.equal(decidePermission(request, { ...context, sandboxed: false }).decision, 'refused');
  }
});

test('devices that keep nothing may be named', () => {
  const request = { title, paths: ['/dev/null', '/dev/stderr'], use: 'write', options } as const;
  assert.equal(decidePermission(request, { ...context, sandboxed: false }).decision, 'allowed');
  assert.equal(decidePermission({ ...request, paths: ['/dev/sda'] }, context).decision, 'refused');
});

test('a lasting yes is never given, and without a no the question is cancelled', () => {
  const lasting = {
    title,
    paths: [],
    use: 'run' as const,
    options: [{ id: 'always', kind: 'allow_always', name: 'x' }],
  };
  assert.deepEqual(decidePermission(lasting, context), {
    decision: 'refused',
    option: null,
    reason: 'no option to allow it once was offered',
  });
});

test('no spelling of a path gets out of the worktree', () => {
  const part = fc.constantFrom('..', '.', '', 'a', '.git', '.omk', 'tree', 'w');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.boolean(), (parts, absolute) => {
      const path = (absolute ? '/' : '') + parts.join('/');
      if (refusal(path, ['/w/tree']) !== null) return;
      const url = new URL(
        `file://${path.startsWith('/') ? path : `/w/tree/${path}`}`
          .replace(/\/{2,}/g, '/')
          .replace('file:/', 'file:///'),
      );
      assert.match(`${url.pathname}/`, /^\/w\/tree\//);
      assert.doesNotMatch(url.pathname, /\/\.git(\/|$)|^\/w\/tree\/\.omk/);
    }),
  );
});
