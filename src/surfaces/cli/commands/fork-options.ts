import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addSteps } from './step-options.ts';
import type { ForkFlags } from './goal/fork.ts';

/** What works on a goal: parts of it, and a new one from it. */
export function addWork(goal: Command, act: Act): void {
  addSteps(goal, act);
  addFork(goal, act);
}

function addFork(goal: Command, act: Act): void {
  goal
    .command('fork')
    .summary('begin a new goal with the work of another')
    .description(
      'Begins a new goal with the work that another had after a turn, or before an event, and works on it. What was measured on the ' +
        'base and what is left of the budgets goes with it; the other goal stays as it is. Of several tasks, it begins with what ' +
        'they had landed, or with the work of one (--task, --at <attempt.turn>), and does what is left as one task.',
    )
    .argument('[goal]', 'a name, the beginning of one, or latest of this repository', 'latest')
    .argument('[differently]', 'what the agent is to do differently', '')
    .option('--at <place>', 'attempt.turn (2.1), or the number of an event (120); default: the newest work')
    .option('--task <id>', 'the work of one of several tasks')
    .option('--agent <agent>', 'another agent')
    .option('--verbose', 'in a pipe: every event, a line each')
    .option('--json', 'events as newline-delimited JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  omk goal fork --at 1.1\n  omk goal fork g-20260131-abc123 "keep the old signature"\n' +
        '  omk goal fork latest --at 40 --agent opencode "use the parser that is there"\n' +
        '  omk goal fork latest --task t3',
    )
    .action((name: string, words: string, flags: ForkFlags & { json?: true }) =>
      act(flags.json, async (output) => (await import('./goal/fork.ts')).fork(name, words, flags, output), {
        decides: true,
      }),
    );
}
