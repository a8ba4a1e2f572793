import type { Watch } from './watch-port.ts';
import { budgetSeen } from '../../../app/live/budget.ts';
import type { Notice } from '../../../app/notice.ts';
import type { Clock } from '../../../app/time.ts';
import type { GoalState } from '../../../domain/goal/state.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import type { Output } from '../output/print.ts';
import { budgetLine } from '../text/budget.ts';
import { announce } from './announce.ts';
import { brief } from './brief.ts';
import { plainLine } from './plain.ts';
import { verdictLines } from './verdicts.ts';

interface WatchOptions {
  /** Whether it is this process that starts the agent, which a person is told of. */
  readonly announce: boolean;
  /** In a pipe every event, not only what a person would ask about. */
  readonly verbose: boolean;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Shows a run as it happens: a picture on a terminal, a line an event in a pipe, or the events as JSON lines. */
export async function watchRun(before: GoalState, output: Output, clock: Clock, options: WatchOptions): Promise<Watch> {
  const watch = await watchEvents(before, output, clock, options);
  return {
    ...watch,
    notice: (notice) => {
      if (notice.kind === 'warning') output.err(`warning: ${cleanLine(notice.text)}`);
      else watch.notice(notice);
    },
  };
}

async function watchEvents(before: GoalState, output: Output, clock: Clock, options: WatchOptions): Promise<Watch> {
  if (output.json)
    return {
      notice: (notice) => notice.kind === 'event' && output.out(JSON.stringify(notice.event)),
      end: () => undefined,
    };
  const first = announcement(before, output, options.announce);
  if (output.redraws) return (await import('./screen.ts')).screen(before, output, clock, first, options.startedAt);
  const burnt = burnDown();
  if (!options.verbose) {
    const short = brief();
    return {
      notice: (notice) => {
        first(notice);
        for (const line of short(notice)) output.out(line);
      },
      end: () => undefined,
    };
  }
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
    const now = [
      stored.time,
      stored.tokens,
      stored.picoUsd,
      ledger.tokens,
      ledger.picoUsd,
      ledger.unknownTokens,
      ledger.unknownCost,
    ].join(' ');
    if (now === said) return null;
    said = now;
    return budgetLine(budgetSeen(notice.state, notice.secs));
  };
}

/** Once, before the first real agent starts: which, with what rights, and that it costs. */
function announcement(before: GoalState, output: Output, announces: boolean): (notice: Notice) => void {
  let said = !announces || before.created?.agent === undefined || before.created.agent.preset === 'scripted';
  return (notice) => {
    if (said || notice.kind !== 'event' || notice.event.type !== 'attempt.started' || !before.created?.agent) return;
    said = true;
    output.err(announce(before.created.agent));
  };
}
