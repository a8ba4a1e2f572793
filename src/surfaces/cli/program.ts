import { Command, CommanderError } from 'commander';
import { act } from './act.ts';
import { addGates } from './commands/gates.ts';
import { addGoal } from './commands/goal.ts';
import { addHooks } from './commands/hooks-options.ts';
import { addJudge } from './commands/judge-options.ts';
import { addMachine } from './commands/machine.ts';
import { addPlan } from './commands/plan-options.ts';
import { addRun } from './commands/run-options.ts';
import { addVerify } from './commands/verify-options.ts';
import { openOutput, printJsonLine } from './output/print.ts';
import { VERSION } from '../../app/version.ts';

/** Exit code 2 orders an agent to go on: a stop hook that cannot be understood must not give it. */
const IS_HOOK = process.argv.some((word) => word === '--hook' || word.startsWith('--hook='));

/** Wrong usage is found before the options are read. */
const JSON_ASKED = process.argv.includes('--json');

const program = new Command('omk')
  .description('Turns a prompt into a proof-backed engineering run')
  .version(VERSION, '-V, --version')
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

for (const add of [addRun, addPlan, addJudge, addHooks, addGoal, addVerify, addGates, addMachine]) add(program, act);
nameHelp(program, 'omk');

/** Wrong usage of a command names the help of that command. */
function nameHelp(command: Command, name: string): void {
  if (JSON_ASKED)
    command.showHelpAfterError(false).configureOutput({
      outputError: (text) => printJsonLine(openOutput(true), { error: usageError(text, name) }),
    });
  else command.showHelpAfterError(`(${name} --help shows what there is)`);
  for (const inner of command.commands) nameHelp(inner, `${name} ${inner.name()}`);
}

const usageError = (text: string, name: string) => ({
  code: 'USAGE',
  message: text.replace(/^error: /, '').trim(),
  fix: `${name} --help`,
});

/** Reads the command line and does what it asks; wrong usage is exit code 2. */
export async function runProgram(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const isHelp = error.exitCode === 0 || error.code === 'commander.help' || error.code === 'commander.version';
    if (isHelp) process.exitCode = 0;
    else process.exitCode = IS_HOOK ? 1 : 2;
  }
}
