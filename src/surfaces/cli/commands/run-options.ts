import type { RunFlags } from './run-flags.ts';
import type { Command } from 'commander';
import { RUN_OPTIONS } from './run-option-groups.ts';
import type { Act } from '../act.ts';
import type { Output } from '../output/print.ts';

const EXAMPLES = `
Examples:
  omk run "Make the failing test pass"
  omk run --agent kimi --check "npm run build" "Make the build work again"
  omk run --agent "my-agent --acp" --file goal.md
  omk run --held-out ../hidden-tests "Round half to even"
  omk run --class docs "Fix the typos in the README"
  omk run --class refactor --fact "src lacks oldName" --fact "src contains newName" "Rename oldName"
  omk run --class port --capture "python3 cli.py -h => node cli.ts -h" --fact "cli.py is gone" "Port cli.py"
  omk run --issue 42 --policy draft-pr
  omk run --plan plan.toml
  omk run --each 'src/**/*.js' --parallel 4 "Add JSDoc types to {path}"
  omk run --stories prd.json
  omk run --queue goals.md --budget-usd 2 --queue-usd 20
  omk run --queue issues --label omk --policy draft-pr
  git log -1 --format=%B | omk run -

Exit codes: 0 ready, 3 not ready, 4 blocked, 5 needs more budget, 6 infrastructure, 7 cancelled, 130 stopped`;

/** `omk run`, and the same as `omk goal run`. */
export function addRun(program: Command, act: Act): void {
  const run = program
    .command('run')
    .summary('work on a goal until it is ready, or say exactly why not')
    .description(
      'Works on one goal in this repository: agent, gates, feedback, integration, proof. Starts from HEAD; the checkout is not touched.',
    )
    .argument('[goal...]', 'what should be true when it is done; - reads it from standard input');
  for (const add of RUN_OPTIONS) add(run);
  run
    .option('--verbose', 'in a pipe: every event, a line each')
    .option('--json', 'events as newline-delimited JSON')
    .addHelpText('after', EXAMPLES)
    .action((words: string[], flags: RunFlags) =>
      act(flags.json, (output) => start(words, flags, output), { decides: true }),
    );
}

/** Loaded when it is wanted: `omk --help` needs none of it. */
const start = async (words: readonly string[], flags: RunFlags, output: Output): Promise<number> =>
  flags.queue === undefined
    ? (await import('./run.ts')).run(words, flags, output)
    : (await import('./run-queue.ts')).runQueue(words, { ...flags, queue: flags.queue }, output);
