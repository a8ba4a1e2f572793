import type { Asked } from './replay-asked.ts';
import { replayRun } from '../../../../app/replay-run.ts';
import { printJson, type Output } from '../../output/print.ts';
import { whileGatesRun } from '../../output/gates-run.ts';
import { replayedLines } from '../../text/replayed.ts';

/** `omk goal replay --execute`: the engine again, on what the executions took from outside. */
export async function replayExecution(name: string, { format, gates }: Asked, output: Output): Promise<number> {
  const json = format === 'json';
  const { goal, ...replayed } = await whileGatesRun(output, (watch) =>
    replayRun(name, gates === 'recorded' ? null : watch),
  );
  if (json) printJson(output, { goal, ...replayed });
  else for (const line of replayedLines(replayed)) output.out(line);
  return replayed.kind === 'reproduced' ? 0 : 3;
}
