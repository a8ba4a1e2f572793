import { Command, CommanderError } from 'commander';
import { act as actHere, type Act } from './act.ts';
import { addGates } from './commands/gates.ts';
import { addGoal } from './commands/goal.ts';
import { addHooks } from './commands/hooks-options.ts';
import { addJudge } from './commands/judge-options.ts';
import { addMachine } from './commands/machine.ts';
import { addPlan } from './commands/plan-options.ts';
import { addRun } from './commands/run-options.ts';
import { addVerify } from './commands/verify-options.ts';
import { openOutput, printJsonLine, type Output } from './output/print.ts';
import { VERSION } from '../../app/version.ts';

/** `omk` with all its commands, which `act` performs. */
export function makeProgram(
  act: Act,
  words: readonly string[],
  output: Output = openOutput(words.includes('--json')),
): Command {
  const program = new Command('omk')
    .description('Turns a prompt into a proof-backed engineering run')
    .version(VERSION, '-V, --version')
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .addHelpText('after', EXAMPLES);
  for (const add of [addRun, addPlan, addJudge, addHooks, addGoal, addVerify, addGates, addMachine]) add(program, act);
  // Wrong usage is found before the options are read.
  nameHelp(program, 'omk', output);
  return program;
}

const EXAMPLES = `
Examples:
  omk demo                                      the whole pipeline, no key, no network
  omk init                                      write .omk/gates.toml from what the project has
  omk run "Make the failing test pass"          work on a goal in this repository
  omk goal show                                 what came of the latest goal here
  omk verify latest                             check its proof`;

/** Wrong usage of a command names the help of that command. */
function nameHelp(command: Command, name: string, output: Output): void {
  if (output.json)
    command.showHelpAfterError(false).configureOutput({
      outputError: (text) => printJsonLine(output, { error: usageError(text, name) }),
    });
  else command.showHelpAfterError(`(${name} --help shows what there is)`);
  for (const inner of command.commands) nameHelp(inner, `${name} ${inner.name()}`, output);
}

const usageError = (text: string, name: string) => ({
  code: 'USAGE',
  message: text.replace(/^error: /, '').trim(),
  fix: `${name} --help`,
});

/** Exit code 2 orders an agent to go on: a stop hook that cannot be understood must not give it. */
const isHook = (words: readonly string[]): boolean =>
  words.some((word) => word === '--hook' || word.startsWith('--hook='));

/** Reads the command line and does what it asks; wrong usage is exit code 2. */
export async function runProgram(words: readonly string[] = process.argv.slice(2), act: Act = actHere): Promise<void> {
  try {
    await makeProgram(act, words).parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = exitOf(error, words);
  }
}

/** Help is no failure. */
export function exitOf({ exitCode, code }: CommanderError, words: readonly string[]): number {
  if (exitCode === 0 || code === 'commander.help' || code === 'commander.version') return 0;
  return isHook(words) ? 1 : 2;
}
