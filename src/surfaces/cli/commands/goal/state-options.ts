import type { Command } from 'commander';
import type { Act } from '../../act.ts';
import { isAncestorGoal } from '../../../../app/ancestor.ts';
import { GOAL, LATEST, type Json } from '../arguments.ts';

export function addList(goal: Command, act: Act): void {
  goal
    .command('list')
    .description('Goals of this repository, newest first.')
    .option('--all', 'of every repository')
    .option('--imported', 'those of omk 0.5.0 that were imported')
    .option('--size', 'with what each has on the disk beside its log')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal list\n  omk goal list --size\n  omk goal list --all --json')
    .action((flags: Json & { all?: true; size?: true; imported?: true }) =>
      act(flags.json, async (output) =>
        flags.imported
          ? (await import('./imported.ts')).imported(output)
          : (await import('./list.ts')).list({ all: flags.all === true, size: flags.size === true }, output),
      ),
    );
}

export function addStatus(goal: Command, act: Act): void {
  goal
    .command('status')
    .description('One goal in a few lines. Exit code 0 whatever the status.')
    .argument('[goal]', GOAL, LATEST)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal status\n  omk goal status g-20260131-abc123 --json')
    .action((name: string, flags: Json) =>
      act(flags.json, async (output) => (await import('./status.ts')).status(name, output)),
    );
}

export function addShow(goal: Command, act: Act): void {
  goal
    .command('show')
    .description('What was done, checked, and is missing; and every event.')
    .argument('[goal]', GOAL, LATEST)
    .option('--rebuild', 'make the goal folder again from the log and compare')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal show\n  omk goal show g-20260131-abc123 --rebuild')
    .action((name: string, flags: Json & { rebuild?: true }) =>
      act(flags.json, async (output) => {
        const { show, rebuild } = await import('./show.ts');
        if (isAncestorGoal(name)) return (await import('./imported.ts')).showImported(name, output);
        return flags.rebuild ? rebuild(name, output) : show(name, output);
      }),
    );
}

export function addWhy(goal: Command, act: Act): void {
  goal
    .command('why')
    .description('Why a task of a goal is, or is not, worked on now, and what it waits for; without a task, of each.')
    .argument('[task]', 'its id, as omk goal show has it')
    .option('--goal <goal>', GOAL, LATEST)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal why t7\n  omk goal why\n  omk goal why t7 --goal g-20260131-abc123')
    .action((task: string | undefined, flags: Json & { goal: string }) =>
      act(flags.json, async (output) => (await import('./why.ts')).why(flags.goal, task ?? null, output)),
    );
}

export function addBudget(goal: Command, act: Act): void {
  goal
    .command('budget')
    .description('What was spent of time, tokens and dollars, what is left, and every checkpoint.')
    .argument('[goal]', GOAL, LATEST)
    .option('--format <format>', 'text, json or md', 'text')
    .option('--json', 'as --format json')
    .addHelpText('after', '\nExamples:\n  omk goal budget\n  omk goal budget --format md')
    .action((name: string, flags: Json & { format: string }) =>
      act(flags.json, async (output) =>
        (await import('./budget.ts')).budget(name, flags.json ? 'json' : flags.format, output),
      ),
    );
}
