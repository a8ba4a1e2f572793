import type { Notice } from '../../../app/notice.ts';
import type { Clock } from '../../../app/time.ts';
import { createLogUpdate } from 'log-update';
import type { GoalState } from '../../../domain/goal/state.ts';
import { planLines } from './brief.ts';
import { columnsOf, type Output } from '../output/print.ts';
import { renderLive } from './render.ts';
import { firstView, track } from '../../../app/live/track.ts';
import { verdictLines } from './verdicts.ts';
import type { Watch } from './watch-port.ts';

const FRAME_MS = 100;

/** The picture on a terminal, drawn again as it changes. Loaded only where there is one. */
export function screen(
  before: GoalState,
  output: Output,
  clock: Clock,
  first: (notice: Notice) => void,
  startedAt: number,
): Watch {
  const terminal = createLogUpdate(process.stdout, { showCursor: false });
  let view = firstView(before, startedAt);
  const draw = (): void =>
    terminal(
      renderLive(view, {
        columns: columnsOf(process.stdout),
        rows: process.stdout.rows,
        colour: output.colour,
        now: clock.now(),
      }).join('\n'),
    );
  const stopDrawing = clock.every(FRAME_MS, draw);
  draw();
  return {
    notice: (notice) => {
      if (notice.kind === 'event' && notice.event.type === 'attempt.started' && notice.event.data.attempt === 1)
        terminal.clear();
      first(notice);
      // Of many tasks `omk goal show` tells them: here they would push the picture away.
      const settled = [...planLines(notice), ...(view.tasks.length > 1 ? [] : verdictLines(notice))];
      if (settled.length > 0) {
        terminal.clear();
        for (const line of settled) output.out(line);
      }
      view = track(view, notice);
    },
    end: () => {
      stopDrawing();
      draw();
      terminal.done();
    },
  };
}
