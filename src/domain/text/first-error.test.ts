import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { firstError } from './first-error.ts';

const OUTPUTS: readonly (readonly [name: string, output: string, cause: RegExp])[] = [
  [
    'npm',
    'npm warn deprecated x\nnpm error code ERESOLVE\n' +
      'npm error ERESOLVE unable to resolve dependency tree\nnpm error\nnpm error Found: react@18\n' +
      'npm error A complete log of this run can be found in: /x',
    /^ERESOLVE unable to resolve dependency tree$/,
  ],
  ['npm of before 10', 'npm ERR! code E404\nnpm ERR! 404 Not Found - GET https://r.example/x', /^404 Not Found/],
  [
    'pnpm',
    ' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile"\n\nNote that',
    /^ERR_PNPM_OUTDATED_LOCKFILE Cannot install/,
  ],
  [
    'yarn',
    '➤ YN0000: · Yarn 4\n➤ YN0028: │ The lockfile would have been modified by this install, which is an error\n',
    /^The lockfile would/,
  ],
  [
    'yarn that fetches first',
    "➤ YN0013: │ left-pad@npm:1.3.0 can't be found in the cache and will be fetched from the remote registry\n" +
      '➤ YN0028: │ The lockfile would have been created by this install, which is explicitly forbidden.\n' +
      '➤ YN0000: Failed with errors in 0s 50ms\n',
    /^The lockfile would have been created/,
  ],
  [
    'yarn that finds no version',
    "➤ YN0013: │ a@npm:1.0.0 can't be found in the cache and will be fetched from the remote registry\n" +
      '➤ YN0082: │ no-such-thing@npm:^9: No candidates found\n',
    /^no-such-thing/,
  ],
  [
    'corepack',
    "/usr/lib/node_modules/corepack/dist/lib/corepack.cjs:21999\n  if (!signatures) throw new Error('none');\n\n" +
      'Error: No compatible signature found in package metadata\n    at verifySignature (corepack.cjs:21999:63)\n',
    /^Error: No compatible signature found/,
  ],
  [
    'pip',
    'Collecting x\n  error: subprocess-exited-with-error\n' +
      'ERROR: Could not find a version that satisfies the requirement x==9 (from versions: 1)\n' +
      'ERROR: No matching distribution found for x==9',
    /^Could not find a version that satisfies the requirement x==9/,
  ],
  [
    'a build back end of Python',
    '  error: subprocess-exited-with-error\n  \n  × Building editable for x did not run successfully.\n' +
      '  │ exit code: 1\n      Traceback (most recent call last):\n        File "a.py", line 1\n' +
      '      ValueError: Unable to determine which files to ship\nERROR: Failed to build x',
    /^ValueError: Unable to determine which files to ship$/,
  ],
  [
    'a compiler of C that a build back end starts',
    "  error: subprocess-exited-with-error\n      subprocess.CalledProcessError: Command '['gcc', '-c']' returned 1\n" +
      '      cc1: fatal error: pack/_c.c: No such file or directory\n      compilation terminated.\n' +
      "      error: command '/usr/bin/gcc' failed with exit code 1\n  ERROR: Failed building editable for pack\n",
    /^pack\/_c\.c: No such file or directory$/,
  ],
  ['a compiler of C++', 'In file\nsrc/a b.h:1: note\nsrc/a.cpp:12:9: error: no type x\n', /^no type x$/],
  [
    'poetry',
    'Updating dependencies\nResolving dependencies...\n\nPackage requests (2.34.2) not found.\n',
    /^Package requests \(2\.34\.2\) not found\.$/,
  ],
  ['uv', '  × No solution found when resolving dependencies:\n  ╰─▶ Because x was not found\n', /^No solution found/],
  [
    'Composer',
    'Composer is operating significantly slower than normal.\n\nIn RemoteFilesystem.php line 476:\n' +
      '  The "https://repo.example/packages.json" file could not be downloaded  \n  : no address\n',
    /^The "https:\/\/repo.example\/packages.json" file could not be downloaded/,
  ],
  [
    'pnpm 11',
    '  × installing dependencies\n  ╰─▶ 1 lockfile entries failed verification:\n        a@1 is not there\n',
    /^1 lockfile .*: a@1/,
  ],
  [
    'cargo',
    '    Updating index\nerror: failed to select a version for the requirement `x = "^9"`\ncandidate versions found',
    /^failed to select a version/,
  ],
  ['rustc', 'warning: unused\nerror[E0432]: unresolved import `x`\n', /^unresolved import `x`$/],
  [
    'go',
    'go: downloading example.com/y v1.0.0\ngo: example.com/x@v1.0.0: missing go.sum entry\n',
    /^example\.com\/x@v1\.0\.0: missing go\.sum entry$/,
  ],
  [
    'maven',
    '[INFO] Scanning\n[ERROR] Failed to execute goal on project x: Could not resolve dependencies\n' +
      '[ERROR] -> [Help 1]\n[ERROR] To see the full stack trace',
    /^Failed to execute goal on project x/,
  ],
  [
    'gradle',
    "FAILURE: Build failed with an exception.\n\n* What went wrong:\nCould not resolve all files for configuration ':x'.\n> Could not",
    /^Could not resolve all files/,
  ],
  [
    'bundler',
    "Fetching gem metadata\nCould not find gem 'x (= 9)' in locally installed gems.\n",
    /^Could not find gem 'x/,
  ],
  [
    'python',
    'Traceback (most recent call last):\n  File "setup.py"\nModuleNotFoundError: No module named \'x\'\n',
    /^ModuleNotFoundError: No module named 'x'$/,
  ],
];

for (const [name, output, cause] of OUTPUTS)
  test(`the first cause in the output of ${name} is found, however much comes after it`, () => {
    assert.match(firstError(output) ?? '', cause);
    assert.match(firstError(`${output}\n${'and then more\n'.repeat(2000)}`) ?? '', cause);
  });

test('there is none where nothing looks like one; it is one line, not too long', () => {
  assert.equal(firstError('all is well\n0 errors\n'), null);
  fc.assert(
    fc.property(fc.string(), (text) => {
      const cause = firstError(`error: ${text}`);
      assert.ok(cause === null || (cause.length <= 300 && !cause.includes('\n')));
    }),
  );
});
