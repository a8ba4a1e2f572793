import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toRaw, toRepoPath } from '../../../domain/git/path-bytes.ts';
import { findCollisions } from './collisions.ts';
import { leavesTree } from './links.ts';
import { isStorable, looksLikeDotGit, nameProblem } from './names.ts';

test('T10 every spelling of .git that a file system may know is found, and its neighbours are not', () => {
  const alike = [
    '.git',
    '.GIT',
    '.Git',
    '.git.',
    '.git ',
    '.git. .',
    'git~1',
    'GIT~1',
    'git~1 ',
    '.git:',
    '.git::$INDEX_ALLOCATION',
    '.g\u200cit',
    '.gi\u206at',
    '\ufeff.git',
    'x\\.git',
    '.git\\hooks',
    '.GIT\\x',
  ];
  const other = [
    'git',
    '.gitx',
    '.gitignore',
    '.gitattributes',
    'git~2',
    'x.git',
    '.git-x',
    '.git_',
    'git~10',
    '..git',
  ];
  assert.deepEqual(
    alike.filter((name) => !looksLikeDotGit(toRaw(name))),
    [],
  );
  assert.deepEqual(
    other.filter((name) => looksLikeDotGit(toRaw(name))),
    [],
  );
});

test('T10 a name problem is reported where it lies', () => {
  assert.deepEqual(nameProblem('a/.GIT/hooks/x', 'file')?.path, 'a/.GIT');
  assert.deepEqual(nameProblem('a/b\x07/c', 'file'), {
    path: 'a/b\x07',
    code: 'E_NAME_INVALID',
    detail: 'the name contains a control character',
  });
  assert.equal(nameProblem(toRaw('a/\u009b[2J'), 'file')?.code, 'E_NAME_INVALID');
  assert.equal(nameProblem('a/\xe9', 'file')?.detail, 'the name is not UTF-8');
  const inBase = (folder: string): boolean => folder === 'caf\xe9';
  assert.equal(nameProblem('caf\xe9/a', 'file', inBase), null, 'what the base calls its folders is its affair');
  assert.equal(nameProblem('caf\xe9/\xe9', 'file', inBase)?.path, 'caf\xe9/\xe9');
  assert.equal(nameProblem('\xe9/a', 'file', inBase)?.path, '\xe9');
  assert.equal(nameProblem('.gitmodules', 'file'), null);
  assert.equal(nameProblem('.gitmodules', 'link')?.code, 'E_DOT_GIT');
  assert.equal(isStorable('x/gi7eba~1', 'link'), false);
  assert.equal(toRepoPath('a/\xe9'), 'a/\\xE9');
});

test('T10 collisions are found in every part of a path, only between spellings the base does not have', () => {
  const find = (fresh: string[], rest: string[], base: string[]): string[] => [
    ...findCollisions(fresh.map(toRaw), [...rest, ...fresh].map(toRaw), base.map(toRaw)).keys(),
  ];
  assert.deepEqual(find(['a/B/c'], ['a/b/d'], ['a/b/d']), ['a/B/c']);
  assert.deepEqual(find(['Stra\u00dfe'], ['STRASSE'], ['STRASSE']).length, 1);
  assert.deepEqual(find(['\u212a'], ['k'], ['k']).length, 1);
  assert.deepEqual(find(['A/new'], ['a/x', 'A/x'], ['a/x', 'A/x']), []);
  assert.deepEqual(find(['a/b', 'a/c'], ['b'], ['b']), []);
  assert.deepEqual(find(['x', 'X'], [], []), ['x', 'X']);
  assert.deepEqual(find(['readme'], [], ['README']), []);
});

test('T10 links are followed through links, to an end', () => {
  const links = new Map([
    ['a', 'a'],
    ['b', 'c'],
    ['c', 'b'],
    ['d/e', '../f/..'],
    ['f', 'd/..'],
    ['g', 'd/../f/../..'],
    ['h', '.'],
    ['i', 'h/h/h/../x'],
    ['j', 'h/./.'],
  ]);
  const leaving = [...links.keys()].filter((path) => leavesTree(path, links) !== null);
  assert.deepEqual(leaving, ['a', 'b', 'c', 'd/e', 'g', 'i']);
});
