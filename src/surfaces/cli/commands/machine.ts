import type { Command } from 'commander';
import type { Act } from '../act.ts';

/** `omk demo`, `omk init`, `omk cost`, `omk doctor`. */
export function addMachine(program: Command, act: Act): void {
  program
    .command('demo')
    .description(
      'The whole pipeline on a small repository with the scripted agent: it cheats, is caught, fixes. No key, no network; nothing of yours is touched.',
    )
    .option('--keep', 'keep the demo directory and say where it is')
    .option('--json', 'events as newline-delimited JSON')
    .addHelpText('after', '\nExamples:\n  omk demo\n  omk demo --keep')
    .action((flags: { keep?: true; json?: true }) =>
      act(flags.json, async (output) => (await import('./demo.ts')).demo(flags.keep === true, output), {
        decides: true,
      }),
    );
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
