import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { javascript } from './ecosystems.ts';
import { parseRun, type Machine } from './machine.ts';

/** The step that mends the sample project. */
export const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };

/** An agent that does the work at once. */
export const oracle = (m: Machine): string => m.agent({ turns: [{ steps: [fix, { say: 'done' }] }] }, 'oracle');

/** A goal that the oracle took to `ready`. */
export async function readyGoal(m: Machine): Promise<string> {
  const run = parseRun(await m.omk(['run', '--json', '--agent', oracle(m), 'Make the red test green']));
  assert.equal(run.status, 'ready');
  return run.goal;
}

/** git as the user of a machine runs it; what git-lfs would fetch, where it is installed, is nowhere. */
export const git = (m: Machine, ...args: readonly string[]): string =>
  execFileSync('git', args, {
    cwd: m.repository,
    encoding: 'utf8',
    env: {
      ...m.env,
      GIT_LFS_SKIP_SMUDGE: '1',
      GIT_AUTHOR_NAME: 'u',
      GIT_AUTHOR_EMAIL: 'u@localhost',
      GIT_COMMITTER_NAME: 'u',
      GIT_COMMITTER_EMAIL: 'u@localhost',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
