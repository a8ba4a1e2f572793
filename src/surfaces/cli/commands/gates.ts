import type { Command } from 'commander';
import type { Act } from '../act.ts';

interface Flags {
  readonly json?: true;
  readonly check?: readonly string[];
  readonly cache?: false;
}

/** `omk gates …`: what judges this repository. */
export function addGates(program: Command, act: Act): void {
  const gates = program
    .command('gates')
    .summary('what judges this repository')
    .description('Gates of this repository at HEAD: from the committed .omk/gates.toml, else detected.')
    .addHelpText('after', '\nExamples:\n  omk gates list\n  omk gates explain\n  omk gates run');
  const load = {
    list: async () => (await import('./gates/show.ts')).list,
    run: async () => (await import('./gates/run.ts')).run,
    explain: async () => (await import('./gates/explain.ts')).explain,
  };
  for (const [name, text] of [
    ['list', 'The gates, and where each comes from.'],
    ['run', 'Runs them on HEAD and prints the verdicts. Exit code 0 when every required gate passes, else 3.'],
    ['explain', 'Why each gate is what it is: reader, canary, overlay, sandbox, dependencies, cache.'],
  ] as const)
    gates
      .command(name)
      .description(text)
      .option('--check <command>', 'as with omk run (repeatable)', (value: string, before: readonly string[] = []) => [
        ...before,
        value,
      ])
      .option('--no-cache', 'run every gate, also where an earlier run of the same is known')
      .option('--json', 'as JSON')
      .addHelpText('after', `\nExamples:\n  omk gates ${name}\n  omk gates ${name} --check "npm run build"`)
      .action((flags: Flags) =>
        act(
          flags.json,
          async (output) => (await load[name]())(flags.check ?? [], output, flags.cache !== false),
          name === 'run' ? { decides: true } : {},
        ),
      );
  gates
    .command('schema')
    .description('JSON Schema of .omk/gates.toml, for editors.')
    .option('--json', 'the same: it is JSON')
    .addHelpText('after', '\nExamples:\n  omk gates schema > .omk/gates.schema.json')
    .action(() =>
      act(false, async (output) => {
        const { gatesJsonSchema } = await import('../../../app/use/gates-schema.ts');
        output.out(JSON.stringify(gatesJsonSchema(), null, 2));
        return 0;
      }),
    );
  gates
    .command('flaky')
    .description('What failed in one run and passed in another of the same tree, over all goals of this repository.')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk gates flaky')
    .action((flags: Flags) => act(flags.json, async (output) => (await import('./gates/flaky.ts')).flaky(output)));
}
