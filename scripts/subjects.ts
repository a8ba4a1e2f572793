import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { longSubjects } from './subjects/check.ts';

/** Checks the subjects of the commits since the rule; where that commit is not there, as in a shallow clone, of those that are. */
const SINCE = 'e7e6c7014356d1ef7089470131b1daf780b10f71';
const cwd = join(import.meta.dirname, '..');
const git = (...args: readonly string[]): string =>
  execFileSync('git', [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

function commits(): string {
  try {
    return git('log', '--format=%h %s', `${SINCE}..HEAD`);
  } catch {
    return git('log', '--format=%h %s', '-1');
  }
}

const found = longSubjects(commits());
for (const sentence of found) console.error(sentence);
if (found.length > 0) process.exitCode = 1;
