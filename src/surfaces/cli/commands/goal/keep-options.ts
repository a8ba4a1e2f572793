import type { Command } from 'commander';
import type { Act } from '../../act.ts';
import { type Json } from '../arguments.ts';

export function addAdopt(goal: Command, act: Act): void {
  goal
    .command('adopt')
    .description(
      'Takes over the goals of a repository that was moved to where you are: that of this goal, and all others of it.',
    )
    .argument('<goal>', 'a name, or the beginning of one, as omk goal list --all has it')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal list --all\n  omk goal adopt g-20260131-abc123')
    .action((name: string, flags: Json) =>
      act(flags.json, async (output) => (await import('./adopt.ts')).adopt(name, output)),
    );
}

export function addRm(goal: Command, act: Act): void {
  goal
    .command('rm')
    .description('Removes a goal that has ended, with its log, worktrees and snapshots. What was applied stays.')
    .argument('<goal>', 'a name, or the beginning of one')
    .option('--force', 'also one that has not ended')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal rm g-20260131-abc123\n  omk goal rm g-20260131-abc123 --force')
    .action((name: string, flags: Json & { force?: true }) =>
      act(flags.json, async (output) => (await import('./rm.ts')).rm(name, flags.force === true, output)),
    );
}
