import type { Command } from 'commander';
import type { Act } from '../../act.ts';
import type { ReplayFlags } from './replay-asked.ts';
import { GOAL, LATEST, count, which, type Json, type Which } from '../arguments.ts';

export function addWatch(goal: Command, act: Act): void {
  goal
    .command('watch')
    .description(
      'What happens to a goal that another process works on, until it ends. Ctrl-C only stops watching. Exit code of the goal.',
    )
    .argument('[goal]', GOAL, LATEST)
    .option('--json', 'events as newline-delimited JSON')
    .addHelpText('after', '\nExamples:\n  omk goal watch\n  omk goal watch g-20260131-abc123 --json')
    .action((name: string, flags: Json) =>
      act(flags.json, async (output) => (await import('./watch.ts')).watch(name, output), { decides: true }),
    );
}

export function addLog(goal: Command, act: Act): void {
  goal
    .command('log')
    .description(
      'What the agent said and did: messages, tool calls, diffs. It decides nothing; what was judged is in omk goal show.',
    )
    .argument('[goal]', GOAL, LATEST)
    .option('--attempt <n>', 'only this attempt', count)
    .option('--turn <n>', 'only this turn', count)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal log\n  omk goal log --attempt 2 --turn 1 --json')
    .action((name: string, flags: Json & Which) =>
      act(flags.json, async (output) => (await import('./log.ts')).log(name, which(flags), output)),
    );
}

export function addReplay(goal: Command, act: Act): void {
  goal
    .command('replay')
    .description(
      'The timeline of a goal, from its log alone; --state rebuilds the state and compares the hashes that were recorded.',
    )
    .argument('[goal]', `${GOAL}; or a folder with a bundle`, LATEST)
    .option('--format <format>', 'text, md or json (default: text)')
    .option('--from <place>', 'begin at this event, or this long after the start (120, 90s)')
    .option('--to <place>', 'end at this event, or this long after the start')
    .option('--task <id>', 'only what is about this task; planner, oracle: their sessions')
    .option('--follow', 'at the speed at which it happened; Ctrl-C stops')
    .option('--speed <times>', 'with --follow: faster or slower, like 10x or 0.5x (default: 1x)')
    .option('--state', 'rebuild the state; exit 3 when it is not the recorded one')
    .option('--at <event>', 'with --state: print the state before this event')
    .option('--diff <event>', 'with --state --at: what changed from there to before this event')
    .option(
      '--execute',
      'run the engine again on what was recorded: no agent, no model, no network; exit 3 unless the log is the same',
    )
    .option('--gates <how>', 'with --execute: run them and compare, or recorded: run none (default: run)')
    .option('--json', 'as --format json')
    .addHelpText(
      'after',
      [
        '\nExamples:',
        '  omk goal replay',
        '  omk goal replay --from 2m --format md',
        '  omk goal replay --follow --speed 10x',
        '  omk goal replay --state',
        '  omk goal replay --state --at 12 --diff 40',
        '  omk goal replay --execute',
        '  omk goal replay --execute --gates recorded',
        '  omk goal replay ./bundle',
      ].join('\n'),
    )
    .action((name: string, flags: Json & ReplayFlags) =>
      act(flags.json, async (output) => (await import('./replay.ts')).replay(name, flags, output)),
    );
}

export function addDiff(goal: Command, act: Act): void {
  goal
    .command('diff')
    .description(
      'The change of the newest work, or of that of any turn, against the base, as a patch; judged or not, and which it is.',
    )
    .argument('[goal]', GOAL, LATEST)
    .option('--task <task>', 'the newest work of this task, against what it started from')
    .option('--attempt <n>', 'the work of this attempt', count)
    .option('--turn <n>', 'the work of this turn', count)
    .option('--stat', 'only the names of the files')
    .option(
      '--checks',
      'instead: the tests that a session wrote before the work, hidden ones too, and their wrong solution',
    )
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  omk goal diff\n  omk goal diff --stat\n  omk goal diff --task t3\n  omk goal diff --checks\n' +
        '  omk goal diff --attempt 1 --turn 2\n  omk goal diff | git apply --check',
    )
    .action((name: string, flags: Json & Which & { stat?: true; checks?: true; task?: string }) =>
      act(flags.json, async (output) =>
        flags.checks
          ? (await import('./plan.ts')).checksOf(name, output)
          : (await import('./diff.ts')).diff(
              name,
              { ...which(flags), task: flags.task ?? null, stat: flags.stat === true },
              output,
            ),
      ),
    );
}

export function addProof(goal: Command, act: Act): void {
  goal
    .command('proof')
    .description('Where the proof is, what it says; --out copies the bundle.')
    .argument('[goal]', GOAL, LATEST)
    .option('--out <dir>', 'copy the bundle into a new directory')
    .option('--with-cassette', 'with --out: and what omk verify --replay needs')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal proof\n  omk goal proof --out ./bundle')
    .action((name: string, flags: Json & { out?: string; withCassette?: true }) =>
      act(flags.json, async (output) =>
        (await import('./proof.ts')).proof(
          name,
          { out: flags.out ?? null, withCassette: flags.withCassette === true },
          output,
        ),
      ),
    );
}
