import type { Replayed } from '../../../app/replay-run.ts';
import { divergenceLines } from './divergence.ts';
import { many } from './many.ts';

/** What became of executing a run again. */
export function replayedLines(replayed: Replayed): readonly string[] {
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
        ...(given > 0
          ? [
              `  ${many(given, 'event')} not of an execution (how the goal began, other commands, people): given, as recorded`,
            ]
          : []),
      ];
    }
    case 'diverged':
      return [`DIVERGED at seq ${replayed.seq}: ${replayed.why}`, ...divergenceLines(replayed)];
    default:
      return [
        `${replayed.kind.toUpperCase().replace('_', ' ')}: ${replayed.why}`,
        ...(replayed.fix === undefined ? [] : [`  next    ${replayed.fix}`]),
      ];
  }
}
