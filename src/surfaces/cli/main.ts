import { Command, CommanderError } from 'commander';
import type { Output } from './output/print.ts';
import { openOutput } from './output/print.ts';
import { addGates } from './commands/gates.ts';
import { addGoal } from './commands/goal.ts';
import { addMachine } from './commands/machine.ts';
import { addRun } from './commands/run-options.ts';
import { addVerify } from './commands/verify-options.ts';
import { VERSION } from './version.ts';

/** A command's work: gets the output, returns the exit code. */
export type Action = (output: Output) => Promise<number>;

const program = new Command('omk')
  .description('Turns a prompt into a proof-backed engineering run')
  .version(VERSION, '-V, --version')
  .showHelpAfterError('(omk --help shows what there is)')
  .exitOverride()
  .configureHelp({ showGlobalOptions: false })
  .addHelpText(
    'after',
    `
Examples:
  omk demo                                      the whole pipeline, no key, no network
  omk init                                      write .omk/gates.toml from what the project has
  omk run "Make the failing test pass"          work on a goal in this repository
  omk goal show                                 what came of the latest goal here
  omk verify latest                             check its proof`,
  );

/** Runs an action and turns its result or failure into the exit code. */
async function act(json: boolean | undefined, action: Action): Promise<void> {
  const output = openOutput(json === true);
  try {
    process.exitCode = await action(output);
  } catch (error) {
    const { fail } = await import('./output/fail.ts');
    process.exitCode = fail(error, output);
  }
}

for (const add of [addRun, addGoal, addVerify, addGates, addMachine]) add(program, act);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 || error.code === 'commander.help' || error.code === 'commander.version' ? 0 : 2;
}
