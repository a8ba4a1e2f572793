import { InvalidArgumentError, type Command } from 'commander';
import type { Act } from '../act.ts';

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number.');
}

/** The commands about this machine and a whole repository, in the order of the help. */
export function addMachine(program: Command, act: Act): void {
  for (const add of [addDemo, addInit, addCost, addImport, addGc, addWorktrees, addDoctor]) add(program, act);
}

function addDemo(program: Command, act: Act): void {
  program
    .command('demo')
    .description(
      'The whole pipeline on a small repository with the scripted agent: it cheats, is caught, fixes. No ' +
        'key, no network; nothing of yours is touched.',
    )
    .option('--keep', 'keep the demo directory and say where it is')
    .option('--json', 'events as newline-delimited JSON')
    .addHelpText('after', '\nExamples:\n  omk demo\n  omk demo --keep')
    .action((flags: { keep?: true; json?: true }) =>
      act(flags.json, async (output) => (await import('./demo.ts')).demo(flags.keep === true, output), {
        decides: true,
      }),
    );
}

function addInit(program: Command, act: Act): void {
  program
    .command('init')
    .description(
      'Writes .omk/gates.toml from what the project has. Changes nothing else; commit it, because runs read the base commit.',
    )
    .option('--print', 'show it without writing')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  omk init --print\n  omk init && git add .omk && git commit -m "Say what judges this repository"',
    )
    .action((flags: { print?: true; json?: true }) =>
      act(flags.json, async (output) => (await import('./init.ts')).init(flags.print === true, output)),
    );
}

function addCost(program: Command, act: Act): void {
  program
    .command('cost')
    .description('What the goals of this machine used, as the agents say, with prices of the bundled list or your own.')
    .option('--since <duration>', 'only what is newer, such as 12h or 7d')
    .option('--by <what>', 'goal, agent, model or day', 'goal')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk cost\n  omk cost --since 7d --by agent')
    .action((flags: { since?: string; by: string; json?: true }) =>
      act(flags.json, async (output) =>
        (await import('./cost.ts')).cost({ since: flags.since ?? null, by: flags.by }, output),
      ),
    );
}

function addImport(program: Command, act: Act): void {
  program
    .command('import')
    .summary('history of omk 0.5.0')
    .description('Imports the history of another omk, to be read.')
    .addHelpText('after', '\nExamples:\n  omk import 0.5.0')
    .command('0.5.0')
    .description('Reads the goals of omk 0.5.0 as history: text, status, budgets, events. Changes nothing of it.')
    .option('--from <dir>', "0.5.0's state directory (default ~/.omk/state, else ~/.local/state/omk)")
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk import 0.5.0\n  omk import 0.5.0 --from ~/old/state --json')
    .action((flags: { from?: string; json?: true }) =>
      act(flags.json, async (output) => (await import('./import.ts')).importAncestor(flags.from ?? null, output)),
    );
}

function addGc(program: Command, act: Act): void {
  program
    .command('gc')
    .description(
      'Removes what is not needed any more: what killed runs left, worktrees and caches of goals that ' +
        'ended. The last snapshot of every attempt stays.',
    )
    .option('--dry-run', 'only say what would go')
    .option('--older-than <duration>', 'work of ended goals, and caches, not touched for so long (default 14d)')
    .option('--keep <n>', 'keep the work of the newest goals of each repository', wholeNumber)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk gc --dry-run\n  omk gc --older-than 7d --keep 5')
    .action((flags: { dryRun?: true; olderThan?: string; keep?: number; json?: true }) =>
      act(flags.json, async (output) =>
        (await import('./gc.ts')).gc(
          { dryRun: flags.dryRun === true, olderThan: flags.olderThan ?? null, keep: flags.keep ?? null },
          output,
        ),
      ),
    );
}

function addWorktrees(program: Command, act: Act): void {
  program
    .command('worktrees')
    .summary('worktrees on the disk')
    .description('The private checkouts of attempts that are still on the disk.')
    .addHelpText('after', '\nExamples:\n  omk worktrees list')
    .command('list')
    .description('Each worktree: its goal, its size, and whether all of it is in the vault too.')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk worktrees list\n  omk worktrees list --json')
    .action((flags: { json?: true }) =>
      act(flags.json, async (output) => (await import('./worktrees.ts')).listWorktrees(output)),
    );
}

function addDoctor(program: Command, act: Act): void {
  program
    .command('doctor')
    .description(
      'What is here, what is missing, and how to get it; starts each agent to see whether it works. Exit code 0 when a run can start.',
    )
    .option('--quick', 'do not start the agents')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk doctor\n  omk doctor --quick --json')
    .action((flags: { json?: true; quick?: true }) =>
      act(flags.json, async (output) => (await import('./doctor.ts')).doctor(output, { quick: flags.quick === true })),
    );
}
