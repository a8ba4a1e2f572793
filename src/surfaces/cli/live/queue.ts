import type { Notice } from '../../../app/notice.ts';
import type { Clock } from '../../../app/time.ts';
import type { AgentSpec } from '../../../domain/agents/agent.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import type { KnownEntry } from '../../../app/backlog/read.ts';
import type { Told } from '../../../app/backlog/told.ts';
import { fail } from '../output/fail.ts';
import type { Output } from '../output/print.ts';
import { outcomeJson, standingWord } from '../text/queue.ts';
import { duration } from '../text/duration.ts';
import { openedLines } from '../commands/goal/open-pr.ts';
import { announce } from './announce.ts';
import { brief } from './brief.ts';
import { plainLine } from './plain.ts';
import { Silences } from './silence.ts';

interface QueueWatch {
  readonly tell: (told: Told) => void;
  readonly end: () => void;
}

interface WatchOptions {
  readonly agent: AgentSpec;
  readonly clock: Clock;
  readonly verbose: boolean;
}

const LOOK_MS = 15_000;

/** Tells what happens in a queue: each line begins with the place of its goal in the queue. */
export function watchQueue(entries: readonly KnownEntry[], options: WatchOptions, output: Output): QueueWatch {
  const silences = new Silences<KnownEntry>();
  const lines = new Map<KnownEntry, (notice: Notice) => readonly string[]>();
  const nameOf = (entry: KnownEntry): string => `[${entries.indexOf(entry) + 1}/${entries.length}]`;
  let announced = options.agent.preset === 'scripted' || output.json;
  const stopLooking = options.clock.every(LOOK_MS, () => {
    for (const { key: entry, ms } of silences.told(options.clock.now()))
      if (output.json) output.out(JSON.stringify({ type: 'silence', entry: entry.where, ms }));
      else output.err(`${nameOf(entry)} nothing new for ${duration(ms)}`);
  });

  const tellPerson = (told: Told): void => {
    switch (told.kind) {
      case 'began': {
        if (!announced) output.err(announce(options.agent));
        announced = true;
        const { entry, goal, resumed } = told;
        const title = cleanLine(entry.prompt.split('\n')[0] ?? '', 72);
        return output.out(`${nameOf(entry)} ${resumed ? 'goes on with' : 'begins'} ${goal}: ${title}`);
      }
      case 'notice': {
        const { entry, notice } = told;
        if (notice.kind === 'warning') return output.err(`warning: ${cleanLine(notice.text)}`);
        const short = lines.get(entry) ?? brief();
        lines.set(entry, short);
        const all = options.verbose && notice.kind === 'event' ? [plainLine(notice.event)] : short(notice);
        for (const line of all) output.out(`${nameOf(entry)} ${line}`);
        return;
      }
      case 'ended': {
        const { outcome } = told;
        const { entry, goal, why, error, delivered } = outcome;
        for (const line of delivered ? openedLines(delivered.opened) : []) output.out(`${nameOf(entry)} ${line}`);
        output.out(`${nameOf(entry)} ${standingWord(outcome)}${goal ? `  ${goal}` : ''}${why ? `  (${why})` : ''}`);
        if (error !== null) fail(error, output);
      }
    }
  };

  const tellProgram = (told: Told): void => {
    if (told.kind === 'notice' && told.notice.kind === 'event') {
      output.out(JSON.stringify({ goal: told.goal, ...told.notice.event }));
    } else if (told.kind === 'began')
      output.out(JSON.stringify({ type: 'began', entry: told.entry.where, goal: told.goal, resumed: told.resumed }));
    else if (told.kind === 'ended') output.out(JSON.stringify({ type: 'ended', ...outcomeJson(told.outcome) }));
  };

  return {
    tell: (told) => {
      if (told.kind === 'ended') silences.end(told.outcome.entry);
      else if (told.kind === 'began' || told.notice.kind !== 'budget') silences.hear(told.entry, options.clock.now());
      if (output.json) tellProgram(told);
      else tellPerson(told);
    },
    end: stopLooking,
  };
}
