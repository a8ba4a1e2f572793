import type { Command } from 'commander';
import type { Act } from '../../act.ts';
import { GOAL, LATEST, count, which, type Json, type Which } from '../arguments.ts';

export function addResume(goal: Command, act: Act): void {
  goal
    .command('resume')
    .description('Goes on with a goal that was stopped, answered, or ended short of ready.')
    .argument('[goal]', GOAL, LATEST)
    .option('--from-pr', 'begin a new goal that mends what checks and reviewers of its pull request found')
    .option('--max-rounds <n>', 'with --from-pr: how often that may be done for one pull request (default 3)', count)
    .option('--verbose', 'in a pipe: every event, a line each')
    .option('--json', 'events as newline-delimited JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  omk goal resume\n  omk goal resume g-20260131-abc123\n  omk goal resume --from-pr',
    )
    .action((name: string, flags: Json & { verbose?: true; fromPr?: true; maxRounds?: number }) =>
      act(
        flags.json,
        async (output) => {
          if (flags.fromPr) return (await import('./from-pr.ts')).fromPr(name, flags, output);
          return (await import('./resume.ts')).resume(name, flags.verbose === true, output);
        },
        { decides: true },
      ),
    );
}

/** `omk goal pause` and `omk goal cancel`. */
export function addStop(goal: Command, act: Act): void {
  for (const how of ['pause', 'cancel'] as const)
    goal
      .command(how)
      .description(
        how === 'pause'
          ? 'Stops the work on a goal and keeps it; resume goes on.'
          : 'Ends a goal for good; its work stays in the vault.',
      )
      .argument('[goal]', GOAL, LATEST)
      .option('--json', 'as JSON')
      .addHelpText('after', `\nExamples:\n  omk goal ${how}\n  omk goal ${how} g-20260131-abc123`)
      .action((name: string, flags: Json) =>
        act(flags.json, async (output) => (await import('./stop.ts')).stop(name, how, output)),
      );
}

export function addBudgetAdd(goal: Command, act: Act): void {
  goal
    .command('budget-add')
    .description(
      'Adds to the budgets of a goal, all of what is named or nothing. A run that is under way goes on with it.',
    )
    .argument('[goal]', GOAL, LATEST)
    .option('--time <duration>', 'a whole number of s, m, h or d, such as 30m')
    .option('--tokens <n>', 'a whole number')
    .option('--usd <amount>', 'dollars')
    .option('--json', 'the event as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  omk goal budget-add --time 30m\n  omk goal budget-add --tokens 200000 --usd 2.50 && omk goal resume',
    )
    .action((name: string, flags: Json & { time?: string; tokens?: string; usd?: string }) =>
      act(flags.json, async (output) =>
        (await import('./budget-add.ts')).budgetAdd(
          name,
          { time: flags.time ?? null, tokens: flags.tokens ?? null, usd: flags.usd ?? null },
          output,
        ),
      ),
    );
}

export function addApply(goal: Command, act: Act): void {
  goal
    .command('apply')
    .description(
      'Puts a ready result on a new branch of this repository, or other kept work on one that is named ' +
        'so. HEAD, index and files stay as they are unless --merge.',
    )
    .argument('[goal]', GOAL, LATEST)
    .option('--branch <name>', 'name of the new branch (default omk/<goal>, omk/not-ready/… or omk/not-judged/…)')
    .option('--not-ready', 'the newest work of a goal that is not ready')
    .option('--attempt <n>', 'the work of this attempt, judged or not', count)
    .option('--turn <n>', 'the work of this turn, judged or not', count)
    .option('--keep-oracle', 'also hidden checks, wrong solutions and outputs of commands, on a branch <name>-oracle')
    .option('--merge', 'also merge it into the current branch, only cleanly and only into a clean checkout')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  omk goal apply --branch fix-the-parser\n  omk goal apply --merge\n' +
        '  omk goal apply --not-ready\n  omk goal apply --attempt 1 --turn 2',
    )
    .action(
      (name: string, flags: Json & Which & { branch?: string; merge?: true; notReady?: true; keepOracle?: true }) =>
        act(flags.json, async (output) =>
          (await import('./apply.ts')).apply(
            name,
            {
              branch: flags.branch ?? null,
              merge: flags.merge === true,
              kept: flags.notReady || flags.attempt !== undefined || flags.turn !== undefined ? which(flags) : null,
              ...(flags.keepOracle ? { keepOracle: true as const } : {}),
            },
            output,
          ),
        ),
    );
}
