import type { Command } from 'commander';
import type { Act } from '../../act.ts';
import type { PlanFlags } from './plan.ts';
import type { AnswerFlags } from './answer.ts';
import { GOAL, LATEST, collect, type Json } from '../arguments.ts';

export function addAnswer(goal: Command, act: Act): void {
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
      act(flags.json, async (output) => (await import('./answer.ts')).answer(name, flags, output)),
    );
}

export function addAccept(goal: Command, act: Act): void {
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
      act(flags.json, async (output) => (await import('./answer.ts')).answer(name, { ...flags, accept: true }, output)),
    );
}

export function addReject(goal: Command, act: Act): void {
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
      act(flags.json, async (output) => (await import('./answer.ts')).answer(name, { ...flags, reject: why }, output)),
    );
}

export function addPlan(goal: Command, act: Act): void {
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
      act(flags.json, async (output) => (await import('./plan.ts')).plan(words, flags, output)),
    );
}
