import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { branchName } from './branch.ts';
import type { Origin } from './delivery.ts';
import { originWords } from './origin-words.ts';
import { openByHand, openFromFork, placeName, remotePlace, withoutCredentials } from './remote.ts';

suite('the place of a remote on the web', () => {
  const PLACES: readonly (readonly [url: string, place: string | null])[] = [
    ['https://github.com/o/r.git', 'github.com/o/r'],
    ['https://github.com/o/r.git/', 'github.com/o/r'],
    ['HTTPS://user:t0ken@GitHub.com/o/r?x=1#y', 'github.com/o/r'],
    ['http://git.example.org:8080/group/sub/r', 'git.example.org:8080/group/sub/r'],
    ['ssh://git@git.example.org:2222/o/r.git', 'git.example.org/o/r'],
    ['ssh://git@ssh.github.com:443/o/r', 'github.com/o/r'],
    ['git+ssh://git@altssh.bitbucket.org:443/o/r', 'bitbucket.org/o/r'],
    ['git://git.example.org/o/r', 'git.example.org/o/r'],
    ['git@GitHub.com:o/r.git', 'github.com/o/r'],
    ['github.com:/o/r', 'github.com/o/r'],
    ['https://a@b@github.com/o/r', 'github.com/o/r'],
    ['https://github.com/r', null],
    ['https://github.com/', null],
    ['https:///o/r', null],
    ['https://user@/o/r', null],
    ['file:///srv/o/r', null],
    ['ftp://host/o/r', null],
    ['/srv/o/r', null],
    ['../o/r', null],
    // A drive of Windows is no host.
    ['C:/o/r', null],
    ['', null],
  ];
  for (const [url, place] of PLACES)
    test(`${url} is ${place ?? 'none'}`, () => {
      const found = remotePlace(url);
      assert.equal(found === null ? null : placeName(found), place);
    });

  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  test('property: no secret of a URL is left, whatever it is', () =>
    fc.assert(
      fc.property(word, fc.stringMatching(/^[^/@\s]{1,12}$/), word, (scheme, secret, host) => {
        const text = `see ${scheme}://${secret}@${host}/o/r now`;
        assert.equal(withoutCredentials(text), `see ${scheme}://${host}/o/r now`);
        assert.equal(withoutCredentials(`${text}, ${text}`).includes('@'), false);
      }),
    ));
  test('an address in a text is no credential', () => {
    const text = 'mail me@example.org about https://example.org/a@b';
    assert.equal(withoutCredentials(text), text);
  });
});

suite('where a person opens a pull request', () => {
  const place = { host: 'github.com', owner: 'o', name: 'r' };
  const FORGES: readonly (readonly [host: string, url: string])[] = [
    ['github.com', 'https://github.com/o/r/compare/main...omk/a%23b'],
    ['git.example.org', 'https://git.example.org/o/r/compare/main...omk/a%23b'],
    [
      'gitlab.example.org',
      'https://gitlab.example.org/o/r/-/merge_requests/new?merge_request%5Bsource_branch%5D=omk%2Fa%23b&' +
        'merge_request%5Btarget_branch%5D=main',
    ],
    ['bitbucket.org', 'https://bitbucket.org/o/r/pull-requests/new?source=omk%2Fa%23b&dest=main'],
  ];
  for (const [host, url] of FORGES)
    test(host, () => assert.equal(openByHand({ ...place, host }, 'omk/a#b', 'main'), url));
  test('of groups in groups', () =>
    assert.equal(
      openByHand({ ...place, owner: 'a/b c' }, 'x', 'main'),
      'https://github.com/a/b%20c/r/compare/main...x',
    ));
  test('of a fork', () =>
    assert.equal(
      openFromFork(place, { ...place, owner: 'me/too' }, 'omk/x', 'main'),
      'https://github.com/o/r/compare/main...me%2Ftoo:omk/x',
    ));
});

suite('what a goal goes on with', () => {
  const goal = 'g-1';
  const fork = { kind: 'fork', goal, seq: 9, start: { commit: 'c', tree: 't' } } as const;
  const WORDS: readonly (readonly [string, Origin])[] = [
    ['fork of g-1: what its tasks had landed', fork],
    ['fork of g-1: the work after turn 2 of attempt 3', { ...fork, attempt: 3, turn: 2 }],
    ['fork of g-1: the work after turn 2 of attempt 3 at task t 1', { ...fork, attempt: 3, turn: 2, task: 't\n1' }],
    [
      'pull request #7 of g-1, round 2',
      { kind: 'pull_request', goal, number: 7, url: 'u', branch: 'b', base: 'm', round: 2 },
    ],
    ['g-1, merged with what main x has since', { kind: 'moved_base', goal, branch: 'main\nx' }],
    ['issue #4: https://x/4', { kind: 'issue', number: 4, url: 'https://x/4' }],
  ];
  for (const [words, origin] of WORDS) test(words, () => assert.equal(originWords(origin), words));
});

test('names of a branch are tried with a number from the second on', () =>
  assert.deepEqual(
    [0, 1, 2, 3].map((n) => branchName('omk/x', n)),
    ['omk/x', 'omk/x', 'omk/x-2', 'omk/x-3'],
  ));
