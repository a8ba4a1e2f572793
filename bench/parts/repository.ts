import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDERS = 40;
/** A tag of the same files with the wrong one mended. */
export const FIXED = 'fixed';

/** A repository with `files` files of about 1 KiB, one of them wrong, and one red test. */
export function makeRepository(dir: string, files: number): void {
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  };
  write('package.json', '{ "name": "generated", "private": true, "type": "module" }\n');
  write('.omk/gates.toml', '[[gates]]\nname = "test"\ncommand = "node"\nargs = ["--test", "test/sum.test.js"]\n');
  write('src/sum.js', 'export const sum = (a, b) => a - b;\n');
  write(
    'test/sum.test.js',
    "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n" +
      "import { sum } from '../src/sum.js';\n\ntest('sum', () => assert.equal(sum(1, 2), 3));\n",
  );
  for (let n = 4; n < files; n++) write(`src/part${n % FOLDERS}/file${n}.js`, module(n));
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.invalid', ...args], {
      cwd: dir,
      stdio: 'ignore',
    });
  };
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Generated');
  write('src/sum.js', 'export const sum = (a, b) => a + b;\n');
  git('commit', '--quiet', '--all', '--message', 'Mended');
  git('tag', FIXED);
  git('reset', '--quiet', '--hard', 'HEAD~');
}

const module = (n: number): string =>
  Array.from(
    { length: 12 },
    (_, line) => `export const value${n}_${line} = ${n * 31 + line}; // ${'x'.repeat(48)}\n`,
  ).join('');
