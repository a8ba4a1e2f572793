import * as z from 'zod/mini';
import { GOAL_CLASSES } from '../../domain/plan/plan.ts';

const described = <T extends z.core.$ZodType>(schema: T, description: string): T => {
  z.globalRegistry.add(schema, { description });
  return schema;
};
const about = <T extends z.core.$ZodType>(schema: T, description: string): z.ZodMiniExactOptional<T> =>
  z.exactOptional(described(schema, description));
const text = (): z.ZodMiniString => z.string().check(z.minLength(1), z.maxLength(20_000));
const texts = () => z.array(text()).check(z.maxLength(500));

const capture = z.strictObject({
  run: described(text(), 'A command line, given to sh -c in a checkout of the base.'),
  becomes: about(text(), 'The command at the end. Default: the same.'),
  stdin: about(z.string().check(z.maxLength(20_000)), 'Its standard input. Default: none.'),
  env: about(z.record(text(), z.string()), 'Environment beside that of gates.'),
  input: about(z.record(text(), z.string()), 'Files that are put into the checkout before it runs.'),
  outputs: about(texts(), 'Files that it writes and that must be the same.'),
  mask: about(texts(), 'Regular expressions of text that differs from run to run.'),
  stderr: about(z.literal(false), 'Standard error may differ, for example in another language.'),
});

const timing = z.strictObject({
  run: described(text(), 'A command line with {n} for how much it does. It prints what shows that it did it.'),
  n: described(z.int().check(z.minimum(1)), 'So much that the work takes 10 ms at least.'),
  percent: about(z.int(), 'How fast it must be in percent of the base: 200 is twice as fast. Default 110.'),
  frozen: about(texts(), 'Files and folders that measure, and may not change.'),
});

const criterion = z.strictObject({
  id: described(text(), 'Name of the criterion, unlike the others.'),
  text: described(text(), 'What is so when it is done, in a sentence.'),
  must: about(
    z.enum(['change', 'keep']),
    'change: not so on the base, so at the end. keep: so on the base and at the end. Default change.',
  ),
  gate: about(text(), 'A gate that decides: red on the base and green at the end.'),
  fact: about(text(), '"<path> exists", "<path> is gone", "<path> contains <text>" or "<path> lacks <text>".'),
  tests: about(texts().check(z.minLength(1)), 'Ids of tests as a gate reports them; all must run and pass.'),
  files: about(
    texts().check(z.minLength(1)),
    'Test files that lie beside the plan at these paths, and are laid over every candidate at the same paths.',
  ),
  capture: about(
    z.array(capture).check(z.minLength(1), z.maxLength(50)),
    'Commands that do at the end what they do on the base.',
  ),
  timing: about(timing, 'A command that takes less time at the end.'),
  oracle: about(
    z.literal(true),
    'Tests that are written for it decide: by another session before the work (--oracle agent), else by the worker.',
  ),
});

const task = z.strictObject({
  id: described(text(), 'Name of the task, unlike the others.'),
  title: described(text(), 'The task in a line.'),
  brief: about(text(), 'What the agent is told of it. Default: the title.'),
  needs: about(texts(), 'Tasks that must be done first.'),
  writes: about(texts(), 'Globs of what it may write. Default: all that is not protected.'),
  criteria: about(texts(), 'Criteria that it is there for. Default: all.'),
  seconds: about(
    z.int().check(z.minimum(1), z.maximum(604_800)),
    'Seconds of a time budget that must be left when an attempt at it begins. Default: 900.',
  ),
});

const question = z.strictObject({
  id: described(text(), 'Name of the question, unlike the others.'),
  text: described(text(), 'The question.'),
  default: about(text(), 'The answer that is taken when nobody gives one.'),
  why: about(text(), 'Why there can be no default: then work waits for a person.'),
});

export const planFile = z.strictObject({
  goal: about(text(), 'What should be true when it is done. Default: what the command line says.'),
  class: about(z.enum(GOAL_CLASSES), 'The kind of change. Default: a fix or a feature.'),
  criteria: described(z.array(criterion).check(z.minLength(1), z.maxLength(100)), 'What shows that it is done.'),
  tasks: described(z.array(task).check(z.minLength(1), z.maxLength(100)), 'What is to be done, as a graph.'),
  interface: about(texts(), 'Names, flags, paths, exit codes and texts that the checks use of the product.'),
  questions: about(z.array(question), 'At most 5.'),
  decisions: about(texts(), 'What was decided, for the record.'),
});

/** The schema of a plan for people, editors and agents. */
export const planJsonSchema = (): object => ({
  title: 'Plan of omk',
  ...z.toJSONSchema(planFile, { target: 'draft-7', io: 'input' }),
});
