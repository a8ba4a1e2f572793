import type { Command } from 'commander';
import type { Act } from '../act.ts';

/** `omk plan`: about plans as files. */
export function addPlan(program: Command, act: Act): void {
  const plan = program
    .command('plan')
    .summary('about plans as files, for omk run --plan')
    .addHelpText('after', '\nExamples:\n  omk plan schema\n  omk run --plan plan.toml');
  plan
    .command('schema')
    .summary('print the JSON Schema of a plan')
    .description('Prints the JSON Schema of a plan, which omk run --plan reads as TOML or JSON.')
    .addHelpText('after', '\nExamples:\n  omk plan schema > plan.schema.json\n  omk run --plan plan.toml')
    .option('--json', 'the same: what is printed is JSON')
    .action(({ json }: { readonly json?: true }) =>
      act(json, async (output) => {
        const { planJsonSchema } = await import('../../../app/plan/schema.ts');
        output.out(JSON.stringify(planJsonSchema(), null, 2));
        return 0;
      }),
    );
}
