import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeParts, mendParts, planArgv, planOfParts } from './parts-plan.ts';
import { mostMemory, usedSoFar } from './processor.ts';
import type { Row } from './row.ts';
import { environment } from './time.ts';

const MANY = 50;
const LOOKS_MS = 10_000;

/** What the controller has of memory and uses of a processor while 50 agents are alive and wait; then it is stopped. */
export async function alive(scratch: string): Promise<readonly Row[]> {
  const dir = join(scratch, 'alive');
  const repository = join(dir, 'repository');
  mkdirSync(join(dir, 'home'), { recursive: true });
  makeParts(repository, MANY);
  const files = { plan: planOfParts(dir, MANY), scenario: mendParts(dir, MANY, 3_600_000), agents: MANY };
  const [program = '', ...args] = planArgv(files);
  const child = spawn(program, args, { cwd: repository, env: environment(dir), stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const { pid } = child;
  if (pid === undefined) throw new Error('the run did not start');
  await opened(child.stdout, MANY);
  // What starting took is over.
  await wait(LOOKS_MS / 2);
  const before = usedSoFar(pid);
  await wait(LOOKS_MS);
  const share = (usedSoFar(pid) - before) / LOOKS_MS;
  const memory = mostMemory(pid);
  const worktrees = diskOf(join(dir, 'state', 'worktrees')) / MANY;
  const checkout = diskOf(repository, '--exclude=.git');
  child.kill('SIGINT');
  await closed;
  return [
    {
      what: `memory of the controller, ${MANY} attempts alive`,
      measured: `${memory.toFixed(0)} MB at most`,
      against: 'nothing',
      figure: `${memory.toFixed(0)} MB`,
      aim: '≤ 200 MB',
    },
    {
      what: 'what it uses of one processor while they wait',
      measured: `${(share * LOOKS_MS).toFixed(0)} ms in ${LOOKS_MS / 1000} s`,
      against: 'nothing',
      figure: `${(share * 100).toFixed(1)} %`,
      aim: '< 1 %',
    },
    {
      what: 'what one of them has on the disk',
      measured: `${worktrees.toFixed(0)} KiB`,
      against: `its files ${checkout} KiB`,
      figure: `${(worktrees - checkout).toFixed(0)} KiB more`,
      aim: 'the commit it starts from, packed, and its folders',
    },
  ];
}

/** KiB that a folder takes. */
const diskOf = (folder: string, ...args: readonly string[]): number =>
  Number.parseInt(execFileSync('du', ['-sk', ...args, folder], { encoding: 'utf8' }), 10);

/** Until so many sessions are open. */
async function opened(output: NodeJS.ReadableStream, many: number): Promise<void> {
  let seen = 0;
  const lines = createInterface({ input: output });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes('"type":"session.opened"')) seen += 1;
      if (seen === many) resolve();
    });
    lines.on('close', () => reject(new Error(`the run ended with ${seen} sessions open`)));
  });
}
