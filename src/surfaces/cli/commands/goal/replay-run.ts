import type { Asked } from './replay.ts';
import { replayRun, type Replayed } from '../../../../app/replay-run.ts';
import { printJson, type Output } from '../../output/print.ts';
import { divergenceLines } from '../../text/divergence.ts';
import { many } from '../../text/many.ts';

/** `omk goal replay --execute`: the engine again, on what the executions took from outside. */
export async function replayExecution(name: string, { format, gates }: Asked, output: Output): Promise<number> {
  const json = format === 'json';
  const { goal, ...replayed } = await replayRun(name, gates);
  if (json) printJson(output, { goal, ...replayed, texts: undefined });
  else for (const line of inWords(replayed)) output.out(line);
  return replayed.kind === 'reproduced' ? 0 : 3;
}

function inWords(replayed: Replayed): readonly string[] {
  switch (replayed.kind) {
    case 'reproduced': {
      const given = replayed.events - replayed.made;
      return [
        `REPRODUCED: ${many(replayed.made, 'event')} of ${many(replayed.executions, 'execution')} made again, byte for byte`,
        ...(replayed.gates === undefined
          ? []
          : [`  ${many(replayed.gates, 'gate run')} compared: verdict, exit, tests and changed paths are the same`]),
        ...(replayed.rules
          ? [`  judged by ${replayed.rules.there} then and by ${replayed.rules.here} here, with the same decisions`]
          : []),
        ...(given > 0 ? [`  ${many(given, 'event')} of other commands and of people: given, as they were`] : []),
      ];
    }
    case 'diverged':
      return [`DIVERGED at seq ${replayed.seq}: ${replayed.why}`, ...divergenceLines(replayed)];
    default:
      return [`${replayed.kind.toUpperCase().replace('_', ' ')}: ${replayed.why}`];
  }
}
