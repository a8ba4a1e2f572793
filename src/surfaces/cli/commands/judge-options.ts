import type { JudgeFlags } from './judge-flags.ts';
import type { Command } from 'commander';
import { collect } from './arguments.ts';
import type { Act } from '../act.ts';

/** `omk judge`: the verdict on any change, whoever made it. */
export function addJudge(program: Command, act: Act): void {
  program
    .command('judge')
    .summary('judge a change, whoever made it')
    .description(
      'Judges a change with the gates and tests of its base, as omk judges the work of an agent. Without a range: the working ' +
        'tree against the merge base with its upstream branch, else HEAD. No agent, no model; nothing is written to the checkout.',
    )
    .argument('[range]', 'two commits, A..B: what came to B since it left A')
    .option('--staged', 'what is staged, against HEAD')
    .option('--tree <id>', 'a tree or commit, against HEAD')
    .option(
      '--pr <pull request>',
      'a pull request, by its number or address: what came to it since it left its base branch',
    )
    .option('--open-pr', 'when it is ready, push its commit and open a pull request, with --goal as the title')
    .option('--draft', 'with --open-pr: as a draft')
    .option('--no-proof', 'with --open-pr: do not push the proof to refs/omk/proofs of the remote')
    .option('--base <commit>', 'compare with this commit instead')
    .option('--goal <text>', 'what the change was meant to do')
    .option('--expect <what>', 'no-regression (default), fix (a test fails without it) or feature (a test guards it)')
    .option(
      '--check <command>',
      'a command that must pass; it shows the change where it fails on the base (repeatable)',
      collect,
    )
    .option(
      '--held-out <folder>',
      'tests to lay over the change, laid out as in the repository; they must fail on the base',
    )
    .option(
      '--held-out-wrong <path>',
      'a wrong solution (folder or patch) that the held-out tests must fail on instead',
    )
    .option('--known-red <gate>', 'a gate that is red and may stay so (repeatable)', collect)
    .option('--accept <question>', 'yes to a question about this change, by its id (repeatable)', collect)
    .option('--no-cache', 'run every gate, also where an earlier run of the same is known')
    .option('--baseline <runs>', 'once or twice (default): how often gates run on the base')
    .option('--format <format>', 'text (default), md (a comment for a pull request) or json')
    .option('--json', 'the same as --format json')
    .option(
      '--hook <agent>',
      'answer as the stop hook of claude, kimi, codex, gemini or generic; its JSON is on standard input',
    )
    .option('--rounds <n>', 'with --hook: how often in a row the agent is sent back (default 3)')
    .option('--time-limit <seconds>', 'with --hook: then the agent may stop, not judged (default 540)')
    .addHelpText(
      'after',
      `
Examples:
  omk judge                                  the working tree
  omk judge main..feature                    what came to feature since it left main
  omk judge --staged --expect fix            before a commit
  omk judge --pr 42                          a pull request of the repository that the remote is
  omk judge HEAD~1..HEAD --format md         a comment for a pull request
  echo {} | omk judge --hook generic         the answer of a stop hook

Exit codes: 0 ready, 3 not ready, 4 a person must decide or something is missing here, 2 usage, 6 infrastructure`,
    )
    .action((range: string | undefined, flags: JudgeFlags) =>
      act(
        flags.json === true || flags.format === 'json',
        async (output) => (await import('./judge.ts')).judgeCommand(range, flags, output),
        { decides: true },
      ),
    );
}
