import type { Bench, Ran } from './bench.ts';

/** Exit codes of the statuses, and what a command may say that could do nothing. */
const EXITS: Readonly<Record<string, readonly number[]>> = {
  ready: [0],
  not_ready: [3],
  blocked_on_human: [4],
  blocked_on_external: [4],
  needs_more_budget: [5],
  failed_infra: [6],
  cancelled: [7],
  // Nobody works on it: what stopped it is what the exit code says.
  running: [6],
  paused: [130, 6],
  none: [6],
};

/** What a hooked command left that it must not; none: it held. */
export async function afterFault(bench: Bench, ran: Ran): Promise<readonly string[]> {
  const wrong = stacks(ran);
  const status = await statusOf(bench);
  const fits = ran.code !== null && (EXITS[status]?.includes(ran.code) ?? false);
  if (!fits) wrong.push(`exit ${String(ran.code)} of a goal that is ${status}: ${lastLine(ran)}`);
  return wrong;
}

/** Whether a goal comes to its end from what a crash left, with a proof, and nothing else was harmed. */
export async function afterwards(bench: Bench): Promise<readonly string[]> {
  const wrong: string[] = [];
  let status = await statusOf(bench);
  for (let tries = 0; tries < 2 && status !== 'ready'; tries++) {
    const again = status === 'none' ? await bench.run() : await bench.omk(['goal', 'resume', '--json']);
    wrong.push(...stacks(again));
    status = await statusOf(bench);
    if (status === 'ready' && again.code !== 0) wrong.push(`ready with exit ${String(again.code)}: ${lastLine(again)}`);
    if (status !== 'ready') wrong.push(`${status} after resume: ${lastLine(again)}`);
  }
  const verified = await bench.omk(['verify', 'latest', '--json']);
  if (verified.code !== 0) wrong.push(`no proof: verify exits with ${String(verified.code)}: ${lastLine(verified)}`);
  wrong.push(...unharmed(bench, ''));
  for (const stray of bench.strays()) wrong.push(`stray: ${stray.slice(0, 120)}`);
  return wrong;
}

/** After an apply that was ended in the middle, and the same again. */
export async function afterApply(bench: Bench, args: readonly string[], merged: boolean): Promise<readonly string[]> {
  const wrong: string[] = [];
  if (!merged) wrong.push(...unharmed(bench, ''));
  const again = await bench.omk(args);
  wrong.push(...stacks(again));
  if (again.code !== 0) wrong.push(`apply again exits with ${String(again.code)}: ${lastLine(again)}`);
  else {
    if (bench.git('show', 'result:done.txt') !== 'done\n') wrong.push('the branch has not the result');
    const goal = JSON.parse(again.out).goal;
    const proofs = bench.git('ls-tree', '-r', '--name-only', 'refs/omk/proofs');
    if (!proofs.includes(`${goal}/terminal.dsse.json`)) wrong.push('apply names a proof that is not there');
    if (merged && bench.git('show', 'main:done.txt') !== 'done\n') wrong.push('the merge has not the result');
    wrong.push(...unharmed(bench, ''));
  }
  for (const stray of bench.strays()) wrong.push(`stray: ${stray.slice(0, 120)}`);
  return wrong;
}

function unharmed(bench: Bench, expected: string): readonly string[] {
  const status = bench.git('status', '--porcelain');
  const whole = bench.git('fsck', '--strict', '--no-dangling');
  return [
    ...(status === expected ? [] : [`the checkout was changed: ${status.trim()}`]),
    ...(whole === '' ? [] : [`git fsck: ${whole.trim()}`]),
  ];
}

async function statusOf(bench: Bench): Promise<string> {
  const { code, out } = await bench.omk(['goal', 'status', '--json']);
  if (code !== 0) return 'none';
  return String(JSON.parse(out).status);
}

/** What is called a bug, or shown as one. */
function stacks({ out, err }: Ran): string[] {
  const text = `${out}\n${err}`;
  const found = /^\s+at .*\(?.*:\d+:\d+\)?$/m.exec(text)?.[0] ?? /"INTERNAL"|\[INTERNAL\]/.exec(text)?.[0];
  return found === undefined ? [] : [`raw stack: ${lines(text, /INTERNAL|Error:/)}`];
}

const lines = (text: string, about: RegExp): string =>
  text
    .split('\n')
    .filter((line) => about.test(line))
    .join(' | ')
    .slice(0, 600);

const lastLine = ({ out, err }: Ran): string =>
  (err.trim() === '' ? out : err).trim().split('\n').slice(-2).join(' ').slice(0, 300);
