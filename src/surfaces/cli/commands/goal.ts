import { isAncestorGoal } from '../../../app/ancestor.ts';
import { InvalidArgumentError, type Command } from 'commander';
import type { PlanFlags } from './goal/plan.ts';
import type { Act } from '../act.ts';
import type { AnswerFlags } from './goal/answer.ts';
import type { ReplayFlags } from './goal/replay-asked.ts';
import { addWork } from './fork-options.ts';
import { addDelivery } from './delivery-options.ts';
import { addRun } from './run-options.ts';

const LATEST = 'latest';
const GOAL = 'a name, the beginning of one, or latest of this repository';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

interface Json {
  readonly json?: true;
}

interface Which {
  readonly attempt?: number;
  readonly turn?: number;
}

const which = ({ attempt, turn }: Which) => ({ attempt: attempt ?? null, turn: turn ?? null });

function count(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number from 1 on.');
}

/** `omk goal …`: one goal, and what to do with it. */
export function addGoal(program: Command, act: Act): void {
  const goal = program
    .command('goal')
    .summary('list, show, watch, answer, resume, apply …')
    .description('Looks at goals and goes on with them.')
    .addHelpText('after', '\nExamples:\n  omk goal list\n  omk goal show\n  omk goal resume');
  addRun(goal, act);

  goal
    .command('list')
    .description('Goals of this repository, newest first.')
    .option('--all', 'of every repository')
    .option('--imported', 'those of omk 0.5.0 that were imported')
    .option('--size', 'with what each has on the disk beside its log')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal list\n  omk goal list --size\n  omk goal list --all --json')
    .action((flags: Json & { all?: true; size?: true; imported?: true }) =>
      act(flags.json, async (output) =>
        flags.imported
          ? (await import('./goal/imported.ts')).imported(output)
          : (await import('./goal/list.ts')).list({ all: flags.all === true, size: flags.size === true }, output),
      ),
    );
  goal
    .command('adopt')
    .description(
      'Takes over the goals of a repository that was moved to where you are: that of this goal, and all others of it.',
    )
    .argument('<goal>', 'a name, or the beginning of one, as omk goal list --all has it')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal list --all\n  omk goal adopt g-20260131-abc123')
    .action((name: string, flags: Json) =>
      act(flags.json, async (output) => (await import('./goal/adopt.ts')).adopt(name, output)),
    );
  goal
    .command('rm')
    .description('Removes a goal that has ended, with its log, worktrees and snapshots. What was applied stays.')
    .argument('<goal>', 'a name, or the beginning of one')
    .option('--force', 'also one that has not ended')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal rm g-20260131-abc123\n  omk goal rm g-20260131-abc123 --force')
    .action((name: string, flags: Json & { force?: true }) =>
      act(flags.json, async (output) => (await import('./goal/rm.ts')).rm(name, flags.force === true, output)),
    );
  goal
    .command('status')
    .description('One goal in a few lines. Exit code 0 whatever the status.')
    .argument('[goal]', GOAL, LATEST)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal status\n  omk goal status g-20260131-abc123 --json')
    .action((name: string, flags: Json) =>
      act(flags.json, async (output) => (await import('./goal/status.ts')).status(name, output)),
    );
  goal
    .command('show')
    .description('What was done, checked, and is missing; and every event.')
    .argument('[goal]', GOAL, LATEST)
    .option('--rebuild', 'make the goal folder again from the log and compare')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal show\n  omk goal show g-20260131-abc123 --rebuild')
    .action((name: string, flags: Json & { rebuild?: true }) =>
      act(flags.json, async (output) => {
        const { show, rebuild } = await import('./goal/show.ts');
        if (isAncestorGoal(name)) return (await import('./goal/imported.ts')).showImported(name, output);
        return flags.rebuild ? rebuild(name, output) : show(name, output);
      }),
    );
  goal
    .command('why')
    .description('Why a task of a goal is, or is not, worked on now, and what it waits for; without a task, of each.')
    .argument('[task]', 'its id, as omk goal show has it')
    .option('--goal <goal>', GOAL, LATEST)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal why t7\n  omk goal why\n  omk goal why t7 --goal g-20260131-abc123')
    .action((task: string | undefined, flags: Json & { goal: string }) =>
      act(flags.json, async (output) => (await import('./goal/why.ts')).why(flags.goal, task ?? null, output)),
    );
  goal
    .command('answer')
    .description('Answers the open question of a goal.')
    .argument('[goal]', GOAL, LATEST)
    .option('--accept', 'yes')
    .option('--reject <why>', 'no; the agent is told why')
    .option('--check <command>', 'a command that fails now and must pass (repeatable)', collect)
    .option('--known-red <gate>', 'a gate that cannot pass here and may stay red (repeatable)', collect)
    .option('--choose <number>', "one of the answers to the agent's question")
    .option('--text <answer>', 'the answer to a question of the agent that has none to choose from')
    .option('--task <task>', 'the question about this task, where there are several')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  omk goal answer --check "npm run build"\n' +
        '  omk goal answer --reject "keep the old test"\n  omk goal answer --accept && omk goal resume',
    )
    .action((name: string, flags: Json & AnswerFlags) =>
      act(flags.json, async (output) => (await import('./goal/answer.ts')).answer(name, flags, output)),
    );
  goal
    .command('accept')
    .description(
      'Says yes to the open question of a goal, or to that about one of its tasks: omk goal answer --accept.',
    )
    .argument('[goal]', GOAL, LATEST)
    .option('--task <task>', 'the question about this task')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal accept && omk goal resume\n  omk goal accept --task t3')
    .action((name: string, flags: Json & { task?: string }) =>
      act(flags.json, async (output) =>
        (await import('./goal/answer.ts')).answer(name, { ...flags, accept: true }, output),
      ),
    );
  goal
    .command('reject')
    .description('Says no to it, and tells the agent why: omk goal answer --reject.')
    .argument('[goal]', GOAL, LATEST)
    .requiredOption('--why <why>', 'what is wrong with it')
    .option('--task <task>', 'the question about this task')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  omk goal reject --why "keep the old test"\n  omk goal reject --task t3 --why "no"',
    )
    .action((name: string, { why, ...flags }: Json & { task?: string; why: string }) =>
      act(flags.json, async (output) =>
        (await import('./goal/answer.ts')).answer(name, { ...flags, reject: why }, output),
      ),
    );
  goal
    .command('budget')
    .description('What was spent of time, tokens and dollars, what is left, and every checkpoint.')
    .argument('[goal]', GOAL, LATEST)
    .option('--format <format>', 'text, json or md', 'text')
    .option('--json', 'as --format json')
    .addHelpText('after', '\nExamples:\n  omk goal budget\n  omk goal budget --format md')
    .action((name: string, flags: Json & { format: string }) =>
      act(flags.json, async (output) =>
        (await import('./goal/budget.ts')).budget(name, flags.json ? 'json' : flags.format, output),
      ),
    );
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
        (await import('./goal/budget-add.ts')).budgetAdd(
          name,
          { time: flags.time ?? null, tokens: flags.tokens ?? null, usd: flags.usd ?? null },
          output,
        ),
      ),
    );
  goal
    .command('watch')
    .description(
      'What happens to a goal that another process works on, until it ends. Ctrl-C only stops watching. Exit code of the goal.',
    )
    .argument('[goal]', GOAL, LATEST)
    .option('--json', 'events as newline-delimited JSON')
    .addHelpText('after', '\nExamples:\n  omk goal watch\n  omk goal watch g-20260131-abc123 --json')
    .action((name: string, flags: Json) =>
      act(flags.json, async (output) => (await import('./goal/watch.ts')).watch(name, output), { decides: true }),
    );
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
          if (flags.fromPr) return (await import('./goal/from-pr.ts')).fromPr(name, flags, output);
          return (await import('./goal/resume.ts')).resume(name, flags.verbose === true, output);
        },
        { decides: true },
      ),
    );
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
        act(flags.json, async (output) => (await import('./goal/stop.ts')).stop(name, how, output)),
      );
  goal
    .command('proof')
    .description('Where the proof is, what it says; --out copies the bundle.')
    .argument('[goal]', GOAL, LATEST)
    .option('--out <dir>', 'copy the bundle into a new directory')
    .option('--with-cassette', 'with --out: and what omk verify --replay needs')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal proof\n  omk goal proof --out ./bundle')
    .action((name: string, flags: Json & { out?: string; withCassette?: true }) =>
      act(flags.json, async (output) =>
        (await import('./goal/proof.ts')).proof(
          name,
          { out: flags.out ?? null, withCassette: flags.withCassette === true },
          output,
        ),
      ),
    );
  goal
    .command('log')
    .description(
      'What the agent said and did: messages, tool calls, diffs. It decides nothing; what was judged is in omk goal show.',
    )
    .argument('[goal]', GOAL, LATEST)
    .option('--attempt <n>', 'only this attempt', count)
    .option('--turn <n>', 'only this turn', count)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  omk goal log\n  omk goal log --attempt 2 --turn 1 --json')
    .action((name: string, flags: Json & Which) =>
      act(flags.json, async (output) => (await import('./goal/log.ts')).log(name, which(flags), output)),
    );
  goal
    .command('replay')
    .description(
      'The timeline of a goal, from its log alone; --state rebuilds the state and compares the hashes that were recorded.',
    )
    .argument('[goal]', `${GOAL}; or a folder with a bundle`, LATEST)
    .option('--format <format>', 'text, md or json (default: text)')
    .option('--from <place>', 'begin at this event, or this long after the start (120, 90s)')
    .option('--to <place>', 'end at this event, or this long after the start')
    .option('--task <id>', 'only the attempts of this task')
    .option('--follow', 'at the speed at which it happened; Ctrl-C stops')
    .option('--speed <times>', 'with --follow: faster or slower, like 10x or 0.5x (default: 1x)')
    .option('--state', 'rebuild the state; exit 3 when it is not the recorded one')
    .option('--at <event>', 'with --state: print the state before this event')
    .option('--diff <event>', 'with --state --at: what changed from there to before this event')
    .option(
      '--execute',
      'run the engine again on what was recorded: no agent, no model, no network; exit 3 unless the log is the same',
    )
    .option('--gates <how>', 'with --execute: run them and compare, or recorded: run none (default: run)')
    .option('--json', 'as --format json')
    .addHelpText(
      'after',
      [
        '\nExamples:',
        '  omk goal replay',
        '  omk goal replay --from 2m --format md',
        '  omk goal replay --follow --speed 10x',
        '  omk goal replay --state',
        '  omk goal replay --state --at 12 --diff 40',
        '  omk goal replay --execute',
        '  omk goal replay --execute --gates recorded',
        '  omk goal replay ./bundle',
      ].join('\n'),
    )
    .action((name: string, flags: Json & ReplayFlags) =>
      act(flags.json, async (output) => (await import('./goal/replay.ts')).replay(name, flags, output)),
    );
  goal
    .command('diff')
    .description(
      'The change of the newest work, or of that of any turn, against the base, as a patch; judged or not, and which it is.',
    )
    .argument('[goal]', GOAL, LATEST)
    .option('--task <task>', 'the newest work of this task, against what it started from')
    .option('--attempt <n>', 'the work of this attempt', count)
    .option('--turn <n>', 'the work of this turn', count)
    .option('--stat', 'only the names of the files')
    .option(
      '--checks',
      'instead: the tests that a session wrote before the work, hidden ones too, and their wrong solution',
    )
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  omk goal diff\n  omk goal diff --stat\n  omk goal diff --task t3\n  omk goal diff --checks\n' +
        '  omk goal diff --attempt 1 --turn 2\n  omk goal diff | git apply --check',
    )
    .action((name: string, flags: Json & Which & { stat?: true; checks?: true; task?: string }) =>
      act(flags.json, async (output) =>
        flags.checks
          ? (await import('./goal/plan.ts')).checksOf(name, output)
          : (await import('./goal/diff.ts')).diff(
              name,
              { ...which(flags), task: flags.task ?? null, stat: flags.stat === true },
              output,
            ),
      ),
    );
  goal
    .command('plan')
    .description(
      'What shows the goal, and in which tasks it is done; a word about what an agent made before the work. With the text of a goal: ' +
        'has its plan made, and stops before the work.',
    )
    .argument('[goal...]', `${GOAL}; or what should be true when it is done`)
    .option('--show', 'the plan as a page of text (the default)')
    .option('--approve', 'you read the plan and the tests (omk goal diff --checks), and they ask for the right thing')
    .option('--reject <why>', 'they do not: others are made, and work that they judged begins again')
    .option('--edit', 'write the plan anew in your editor, until work begins')
    .option('--from <file>', 'with --edit: take it from this file, as --plan would')
    .option('--agent <agent>', 'with the text of a goal: who makes the plan, as for omk run')
    .option('--oracle <who>', 'with the text of a goal: who writes tests, as for omk run')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  omk goal plan\n  omk goal plan "Add a subtract function"\n  omk goal plan --approve\n' +
        '  omk goal plan --edit --from plan.toml\n  omk goal plan --reject "amounts are in cents"',
    )
    .action((words: string[], flags: Json & PlanFlags) =>
      act(flags.json, async (output) => (await import('./goal/plan.ts')).plan(words, flags, output)),
    );
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
          (await import('./goal/apply.ts')).apply(
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
  addWork(goal, act);
  addDelivery(goal, act);
}
