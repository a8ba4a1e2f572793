import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { standingIn, withWords } from './standing.ts';

suite('paths of a machine in a text', () => {
  const places = standingIn([
    ['/home/me', '~'],
    ['/home/me/a project', '{repository}'],
    ['/src', '{src}'],
    ['/', '{all}'],
  ]);
  for (const [text, words] of [
    ['cd /home/me/a project/src: no', 'cd {repository}/src: no'],
    ['in /home/me.', 'in ~.'],
    ['file:///home/me/x.js and "/home/me"', 'file://~/x.js and "~"'],
    ['/home/me.old, /home/meg, /home/me-2', '/home/me.old, /home/meg, /home/me-2'],
    ['a/src/b, ./src, //src', 'a/src/b, ./src, //src'],
    ['PATH=/src:/src/bin', 'PATH={src}:{src}/bin'],
  ] as const)
    test(`${text} is ${words}`, () => assert.equal(withWords(text, places), words));
});
