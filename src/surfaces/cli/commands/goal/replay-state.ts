import { type Rebuilt, rebuild, stateBefore } from '../../../../app/replay.ts';
import { diff } from 'node:util';
import { OmkError } from '../../../../domain/error.ts';
import { projectState } from '../../../../domain/goal/projection.ts';
import { printJson, type Output } from '../../output/print.ts';
import { many } from '../../text/many.ts';
import type { Asked } from './replay-asked.ts';
import type { NamedLog } from '../../../../app/replay-log.ts';

/** `--state`: rebuilds the state and compares the recorded hashes; `--at` prints one state, `--diff` what changed up to another. */
export function replayState(log: NamedLog, { at, diff: other, format }: Asked, output: Output): number {
  const json = format === 'json';
  if (at === null) return compareAll(log, json, output);
  // A state is JSON as it is.
  const from = linesAt(log, at);
  const lines = other === null ? from : changed(from, linesAt(log, other));
  if (json && other !== null) printJson(output, { goal: log.goal, at, diff: other, changed: lines });
  else for (const line of lines) output.out(line);
  return 0;
}

function compareAll({ goal, events }: NamedLog, json: boolean, output: Output): number {
  const rebuilt = rebuild(events);
  if (json)
    printJson(output, {
      goal,
      ...(rebuilt.kind === 'reproduced' ? { ...rebuilt, state: projectState(rebuilt.state) } : rebuilt),
    });
  else output.out(inWords(rebuilt));
  return rebuilt.kind === 'reproduced' ? 0 : 3;
}

function inWords(rebuilt: Rebuilt): string {
  switch (rebuilt.kind) {
    case 'reproduced':
      return [
        `REPRODUCED: ${many(rebuilt.events, 'event')}, ${many(rebuilt.compared, 'recorded state')} compared`,
        `status ${rebuilt.state.status}`,
      ].join('; ');
    case 'diverged':
      return [
        `DIVERGED at event ${rebuilt.seq}`,
        `  the log records the state ${rebuilt.recorded}`,
        `  the events before it make ${rebuilt.rebuilt}`,
      ].join('\n');
    case 'not_comparable':
      return `NOT COMPARABLE: ${rebuilt.why}`;
  }
}

function linesAt({ events }: NamedLog, seq: number): readonly string[] {
  if (seq > events.length)
    throw new OmkError('EVENT_NOT_FOUND', `The log has no event ${seq}`, `name one from 0 to ${events.length}`);
  return JSON.stringify(projectState(stateBefore(events, seq)), null, 2).split('\n');
}

/** Lines that went, with `-`, and then lines that came in their place, with `+`. */
function changed(from: readonly string[], to: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let came: string[] = [];
  for (const [sign, line] of diff([...to], [...from])) {
    if (sign > 0) came.push(`+ ${line}`);
    else if (sign < 0) lines.push(`- ${line}`);
    else {
      lines.push(...came);
      came = [];
    }
  }
  return [...lines, ...came];
}
