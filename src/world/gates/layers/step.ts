import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { firstError } from '../../../domain/text/first-error.ts';
import { clean, cleanLine } from '../../../domain/text/clean.ts';
import { redact } from '../../../domain/text/redact.ts';
import { runProcess } from '../../process/run.ts';
import { baseEnv, findProgram } from '../../sandbox/environment.ts';
import type { Bind } from '../../sandbox/port.ts';
import type { Access } from './network.ts';
import type { Build, Step } from './plan.ts';

const TIMEOUT_MS = 20 * 60_000;
const OUTPUT_CAP = 256 * 1024;
const TAIL = 4096;

/** Where the tree is while it is installed in a sandbox: the place it has in gates, for what writes its own path down. */
export const CHECKOUT = '/omk/checkout';

/**
 * Runs one command of an installation in the gate view with network, in the checkout. `said` names it for people.
 * The access's files are shown read-only, and its secrets are kept out of the tail.
 */
export async function runStep(
  build: Build,
  said: string,
  argv: readonly [string, ...string[]],
  access: Access,
  more: readonly Bind[] = [],
): Promise<Step> {
  const [program] = argv;
  if (!program.includes('/') && findProgram(program, build.path) === null) {
    return { kind: 'failed', detail: `${program} is not on the PATH`, tail: '' };
  }
  const sandboxed = (await build.sandboxes.detect()).kind !== 'none';
  const root = build.root ?? build.checkout;
  const checkout = sandboxed ? CHECKOUT : root;
  const binds: Bind[] = [
    { from: root, to: checkout, writable: true },
    { from: build.out, writable: true },
    { from: build.downloads, writable: true },
    ...[...build.programs, ...access.files].map((from) => ({ from, writable: false })),
    ...more,
  ];
  const home = join(build.scratch, 'home');
  const command = await build.sandboxes.wrap({
    argv,
    cwd: join(checkout, relative(root, build.checkout)),
    env: {
      ...baseEnv({ path: build.path, home, tmp: join(build.scratch, 'tmp') }),
      CI: 'true',
      NO_COLOR: '1',
      ...access.env,
    },
    network: access.network ?? true,
    view: 'gate',
    binds,
    hidden: [],
  });
  const stdoutFile = join(build.scratch, 'stdout');
  const stderrFile = join(build.scratch, 'stderr');
  const result = await runProcess({ ...command, timeoutMs: TIMEOUT_MS, stdoutFile, stderrFile, capBytes: OUTPUT_CAP });
  if (result.kind === 'exited' && result.code === 0) return { kind: 'done' };
  const output = `${await readFile(stdoutFile, 'utf8')}${await readFile(stderrFile, 'utf8')}`;
  const text = redact(clean(output), access.secrets).trim();
  const cause = result.kind === 'exited' ? (firstError(text) ?? firstLine(text)) : null;
  return {
    kind: 'failed',
    detail: `${said} ${ending(result)}${cause === null ? '' : `: ${cause}`}`,
    tail: text.slice(-TAIL),
  };
}

/** Where no cause is recognised, what the tool said first. */
const firstLine = (text: string): string | null =>
  text
    .split('\n')
    .map((line) => cleanLine(line).replace(/^(?:npm (?:error|ERR!)|error:?|\s)+\s*/i, ''))
    .find((line) => /\w/.test(line) && !/^code \w+$/.test(line)) ?? null;

function ending(result: Awaited<ReturnType<typeof runProcess>>): string {
  switch (result.kind) {
    case 'exited':
      return `ended with exit code ${result.code}`;
    case 'signalled':
      return `was ended by ${result.signal}`;
    case 'timed_out':
      return `took longer than ${result.afterMs / 60_000} minutes`;
    case 'aborted':
      return 'was interrupted';
    case 'not_found':
      return `could not be started: ${result.detail}`;
  }
}
