import { createLogUpdate } from 'log-update';
import type { GoalState } from '../../../domain/goal/state.ts';
import type { Notice } from '../../../engine/world.ts';
import type { Clock } from '../../../world/clock/port.ts';
import { columnsOf, type Output } from '../output/print.ts';
import { budgetLine } from '../text/budget.ts';
import { announce } from './announce.ts';
import { plainLine } from './plain.ts';
import { renderLive } from './render.ts';
import { firstView, track } from './track.ts';
import { verdictLines } from './verdicts.ts';

const FRAME_MS = 100;

export interface Watch {
  readonly notice: (notice: Notice) => void;
  readonly end: () => void;
}

interface WatchOptions {
  /** Whether it is this process that starts the agent, which a person is told of. */
  readonly announce: boolean;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Shows a run as it happens: a picture on a terminal, a line an event in a pipe, or the events as JSON lines. */
export function watchRun(before: GoalState, output: Output, clock: Clock, options: WatchOptions): Watch {
  if (output.json) return { notice: (notice) => notice.kind === 'event' && output.out(JSON.stringify(notice.event)), end: () => undefined };
  const first = announcement(before, output, options.announce);
  if (output.columns !== null) return live(before, output, clock, first, options.startedAt);
  const burnt = burnDown();
  return {
    notice: (notice) => {
      first(notice);
      for (const line of verdictLines(notice)) output.out(line);
      if (notice.kind === 'event') output.out(plainLine(notice.event));
      const line = burnt(notice);
      if (line !== null) output.out(line);
    },
    end: () => undefined,
  };
}

/** How the budgets stand, when something was used or added since it was said last. */
export function burnDown(): (notice: Notice) => string | null {
  let said = '';
  return (notice) => {
    if (notice.kind !== 'budget') return null;
    const { stored, ledger } = notice.state.budget;
    const now = [stored.time, stored.tokens, stored.picoUsd, ledger.tokens, ledger.picoUsd].join(' ');
    if (now === said) return null;
    said = now;
    return budgetLine(notice.state, notice.secs);
  };
}

function live(before: GoalState, output: Output, clock: Clock, first: (notice: Notice) => void, startedAt: number): Watch {
  const screen = createLogUpdate(process.stdout, { showCursor: false });
  let view = firstView(before, startedAt);
  const draw = (): void => screen(renderLive(view, { columns: columnsOf(process.stdout), colour: output.colour, now: clock.now() }).join('\n'));
  const timer = setInterval(draw, FRAME_MS);
  draw();
  return {
    notice: (notice) => {
      if (notice.kind === 'event' && notice.event.type === 'attempt.started') screen.clear();
      first(notice);
      const settled = verdictLines(notice);
      if (settled.length > 0) {
        screen.clear();
        for (const line of settled) output.out(line);
      }
      view = track(view, notice);
    },
    end: () => {
      clearInterval(timer);
      draw();
      screen.done();
    },
  };
}

/** Once, before the first real agent starts: which, with what rights, and that it costs. */
function announcement(before: GoalState, output: Output, announces: boolean): (notice: Notice) => void {
  let said = !announces || before.created === null || before.created.agent.preset === 'scripted';
  return (notice) => {
    if (said || notice.kind !== 'event' || notice.event.type !== 'attempt.started' || !before.created) return;
    said = true;
    output.err(announce(before.created.agent));
  };
}
