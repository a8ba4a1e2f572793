import type { RunFlags } from './run-flags.ts';
import type { Command } from 'commander';
import type { Act } from '../act.ts';
import type { Output } from '../output/print.ts';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `omk run`, and the same as `omk goal run`. */
export function addRun(program: Command, act: Act): void {
  program
    .command('run')
    .summary('work on a goal until it is ready, or say exactly why not')
    .description(
      'Works on one goal in this repository: agent, gates, feedback, integration, proof. Starts from HEAD; the checkout is not touched.',
    )
    .argument('[goal...]', 'what should be true when it is done; - reads it from standard input')
    .option('--file <path>', 'read the goal from a file')
    .option('--issue <issue>', 'the goal is to resolve this issue: its number, or its address')
    .option(
      '--plan <file>',
      'a plan in TOML or JSON: criteria, tasks, questions; omk plan schema prints what it may hold',
    )
    .option(
      '--each <glob or file>',
      'one task for each committed file that the glob matches, or for each line of a file (- is standard input); the goal says {path}',
    )
    .option('--stories <file>', 'one task for each open story of a prd.json, one after the other')
    .option('--parallel <n>', 'with --each or --stories: n tasks at once, none waits for the one before')
    .option(
      '--queue <from>',
      'work through many goals: a Markdown file with a task list, a folder with a file for each, or the word issues',
    )
    .option('--label <label>', 'with --queue issues: only those that have this label (repeatable)', collect)
    .option('--max-goals <n>', 'with --queue: how many goals are worked on at once (default 1)')
    .option('--queue-time <duration>', 'with --queue: time for all goals together')
    .option('--queue-tokens <n>', 'with --queue: tokens for all goals together')
    .option('--queue-usd <amount>', 'with --queue: dollars for all goals together')
    .option('--dry-run', 'with --queue: say what would be done for each goal, and do nothing')
    .option(
      '--agent <agent>',
      'a preset (claude, codex, gemini, kimi, opencode, qwen), a configured name, scripted:<file>, or any ACP command line',
    )
    .option(
      '--fallback-agent <agent>',
      'another agent, for a task that the first gets nowhere with; also fallback_agent in the config',
    )
    .option('--check <command>', 'a command that fails now and must pass at the end (repeatable)', collect)
    .option('--known-red <gate>', 'a gate that is red and may stay so (repeatable)', collect)
    .option(
      '--fact <fact>',
      'what is not so now and must be so at the end: "<path> exists", "… is gone", "… contains <text>" or "… lacks <text>" (repeatable)',
      collect,
    )
    .option(
      '--capture <command>',
      'a command that must do at the end what it does now; "<command> => <command at the end>" for a port (repeatable)',
      collect,
    )
    .option(
      '--class <class>',
      'docs, audit, refactor, port, rewrite, migration or performance: what kind of change it is; default: a fix or a feature',
    )
    .option('--held-out <folder>', 'tests that the agent never sees, laid out as in the repository; they must fail now')
    .option(
      '--held-out-wrong <path>',
      'a wrong solution (folder or patch) that the held-out tests, or those of a plan, must fail on, where they pass now',
    )
    .option(
      '--oracle <who>',
      'who writes tests where nothing fails yet: worker (with its change, the default), agent (a session before it), or ask a person',
    )
    .option(
      '--planner <when>',
      'whether a session makes a plan first: auto (the default: with --oracle agent, where nothing is red), always or never',
    )
    .option('--approve-plan', 'wait for omk goal plan --approve before a worker is paid')
    .option(
      '--require-oracle <who>',
      'who at least says what shows the goal: worker, agent, approved (by you) or given (default: worker; approved with auto-pr)',
    )
    .option(
      '--oracle-disputes <who>',
      'who looks at a check that may be wrong: ask (you, default) or agent (another session first)',
    )
    .option('--allow-no-change', 'allow `ready` with no changes')
    .option('--no-cache', 'run every gate, also where an earlier run of the same is known')
    .option('--baseline <runs>', 'once or twice (default): how often gates run on the base before the agent starts')
    .option('--max-attempts <n>', 'fresh starts before giving up (default 4)')
    .option(
      '--max-agents <n>',
      'agents at work at once, where a plan has several tasks (default: what the machine carries)',
    )
    .option('--max-turns <n>', 'turns within one attempt (default 6)')
    .option('--turn-timeout <duration>', 'longest turn (default 30m)')
    .option('--idle-timeout <duration>', 'longest silence of the agent (default 5m)')
    .option('--budget-time <duration>', 'time since the goal was created, such as 30m, 2h or 1d')
    .option('--budget-tokens <n>', 'tokens in and out, as the agent says')
    .option('--budget-usd <amount>', 'dollars, by the price list or as the agent says')
    .option('--require-known-cost', 'stop when something was used whose cost is unknown')
    .option(
      '--author <who>',
      'of the result commit: me (git user.name and user.email, the default), omk, or "Name <mail>"',
    )
    .option('--cost-tracker <file>', 'append what each session of an agent cost to this file, too')
    .option(
      '--policy <policy>',
      'what becomes of a ready result: local (the default), draft-pr or auto-pr (pushed, with a pull request)',
    )
    .option(
      '--merge-policy <policy>',
      'disabled, manual or gated: who may merge that pull request, see docs/delivery.md',
    )
    .option('--max-wait <duration>', 'longest wait for a usage limit of the agent (default 6h)')
    .option('--verbose', 'in a pipe: every event, a line each')
    .option('--json', 'events as newline-delimited JSON')
    .addHelpText(
      'after',
      `
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

Exit codes: 0 ready, 3 not ready, 4 blocked, 5 needs more budget, 6 infrastructure, 7 cancelled, 130 stopped`,
    )
    .action((words: string[], flags: RunFlags) =>
      act(flags.json, (output) => start(words, flags, output), { decides: true }),
    );
}

/** Loaded when it is wanted: `omk --help` needs none of it. */
const start = async (words: readonly string[], flags: RunFlags, output: Output): Promise<number> =>
  flags.queue === undefined
    ? (await import('./run.ts')).run(words, flags, output)
    : (await import('./run-queue.ts')).runQueue(words, { ...flags, queue: flags.queue }, output);
