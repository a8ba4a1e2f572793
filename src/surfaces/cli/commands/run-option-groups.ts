import type { Command } from 'commander';
import { collect } from './arguments.ts';

/** The options of `omk run` by what they are about, in the order of the help. */
export const RUN_OPTIONS: readonly ((command: Command) => Command)[] = [
  addSource,
  addQueue,
  addAgents,
  addCriteria,
  addPlanning,
  addGateRuns,
  addLimits,
  addResult,
];

/** Where the goal and its tasks come from. */
function addSource(command: Command): Command {
  return command
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
    .option('--parallel <n>', 'with --each or --stories: n tasks at once, none waits for the one before');
}

/** Many goals, one after the other. */
function addQueue(command: Command): Command {
  return command
    .option(
      '--queue <from>',
      'work through many goals: a Markdown file with a task list, a folder with a file for each, or the word issues',
    )
    .option('--label <label>', 'with --queue issues: only those that have this label (repeatable)', collect)
    .option('--max-goals <n>', 'with --queue: how many goals are worked on at once (default 1)')
    .option('--queue-time <duration>', 'with --queue: time for all goals together')
    .option('--queue-tokens <n>', 'with --queue: tokens for all goals together')
    .option('--queue-usd <amount>', 'with --queue: dollars for all goals together')
    .option('--dry-run', 'with --queue: say what would be done for each goal, and do nothing');
}

/** Who works on it. */
function addAgents(command: Command): Command {
  return command
    .option(
      '--agent <agent>',
      'a preset (claude, codex, gemini, kimi, opencode, qwen), a configured name, scripted:<file>, or any ACP command line',
    )
    .option(
      '--fallback-agent <agent>',
      'another agent, for a task that the first gets nowhere with; also fallback_agent in the config',
    );
}

/** What shows that it is done. */
function addCriteria(command: Command): Command {
  return command
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
    );
}

/** Who says what shows it, before the work. */
function addPlanning(command: Command): Command {
  return command
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
    );
}

/** How gates are run. */
function addGateRuns(command: Command): Command {
  return command
    .option('--allow-no-change', 'allow `ready` with no changes')
    .option('--no-cache', 'run every gate, also where an earlier run of the same is known')
    .option('--baseline <runs>', 'once or twice (default): how often gates run on the base before the agent starts');
}

/** How long and how often it is tried. */
function addLimits(command: Command): Command {
  return command
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
    .option('--require-known-cost', 'stop when something was used whose cost is unknown');
}

/** What becomes of the result. */
function addResult(command: Command): Command {
  return command
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
    .option('--max-wait <duration>', 'longest wait for a usage limit of the agent (default 6h)');
}
