import type { HooksFlags } from './hooks-flags.ts';
import type { Command } from 'commander';
import type { Act } from '../act.ts';

/** `omk hooks`: omk judge behind other agents. */
export function addHooks(program: Command, act: Act): void {
  const hooks = program
    .command('hooks')
    .description('Puts omk judge behind other agents: what they did is judged when they say that they are done.')
    .addHelpText('after', '\nExamples:\n  omk hooks install claude --dry-run\n  omk hooks list');
  for (const [name, summary] of [
    [
      'install',
      'Writes a stop hook into the settings of an agent: what is there stays as it is. Shows the change first.',
    ],
    ['remove', 'Takes the hook of omk out of the settings of an agent, and nothing else. Shows the change first.'],
  ] as const)
    hooks
      .command(name)
      .description(summary)
      .argument('<agent>', 'claude, kimi, codex or gemini')
      .option('--user', 'the settings of the user, for every project (default)')
      .option('--project', 'the settings in this project, to be committed')
      .option('--dry-run', 'show the change without writing')
      .option('--yes', 'write without asking')
      .option('--json', 'as JSON; writes only with --yes')
      .addHelpText('after', `\nExamples:\n  omk hooks ${name} claude --dry-run\n  omk hooks ${name} kimi --user --yes`)
      .action((agent: string, flags: HooksFlags) =>
        act(flags.json, async (output) => (await import('./hooks.ts')).changeHooks(name, agent, flags, output)),
      );
  hooks
    .command('list')
    .description('In which settings the hook of omk is.')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk hooks list\n  omk hooks list --json')
    .action((flags: HooksFlags) => act(flags.json, async (output) => (await import('./hooks.ts')).listHooks(output)));
}
