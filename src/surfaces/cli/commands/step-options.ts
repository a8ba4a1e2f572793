import type { Command } from 'commander';
import type { Step } from '../../../domain/goal/step.ts';
import type { Act } from '../act.ts';

const WHAT: Readonly<Record<Step, string>> = {
  execute: 'Lets agents work, and judges what each task leaves; puts nothing together. Then the goal is paused.',
  verify:
    'Judges what is there and is not judged yet; starts no agent and puts nothing together. Then the goal is paused.',
  integrate:
    'Puts together what was accepted, judges it, and lands what holds; starts no agent. Where everything landed the goal ends, ' +
    'else it is paused.',
};

/** `omk goal execute`, `verify` and `integrate`: parts of what `omk goal resume` does. */
export function addSteps(goal: Command, act: Act): void {
  for (const step of ['execute', 'verify', 'integrate'] as const)
    goal
      .command(step)
      .description(WHAT[step])
      .argument('[goal]', 'a name, the beginning of one, or latest of this repository', 'latest')
      .option('--verbose', 'in a pipe: every event, a line each')
      .option('--json', 'events as newline-delimited JSON')
      .addHelpText('after', `\nExamples:\n  omk goal ${step}\n  omk goal ${step} g-20260131-abc123 && omk goal show`)
      .action((name: string, flags: { json?: true; verbose?: true }) =>
        act(
          flags.json,
          async (output) => (await import('./goal/step.ts')).step(name, step, flags.verbose === true, output),
          { decides: true },
        ),
      );
}
