import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod/mini';

const text = z.string('must be text');
const path = z.string('must be a path').check(z.minLength(1, 'must not be empty'));
const count = z.int('must be a whole number').check(z.minimum(0, 'must not be negative'));
const FLOODS = ['text', 'updates', 'stderr', 'line'] as const;

/** One thing the agent does; an object with one key. Paths are relative to the worktree, `from` to the scenario file. */
const STEPS = {
  say: z.strictObject({ say: text }),
  think: z.strictObject({ think: text }),
  /** `via: "client"` asks omk to write it; the agent writes itself otherwise. */
  write: z.strictObject({
    write: z.strictObject({
      path,
      content: z.optional(text),
      from: z.optional(path),
      via: z.optional(z.enum(['disk', 'client'])),
    }),
  }),
  write_absolute: z.strictObject({ write_absolute: z.strictObject({ path, content: z.optional(text) }) }),
  read: z.strictObject({ read: z.strictObject({ path }) }),
  edit: z.strictObject({
    edit: z.strictObject({
      path,
      find: z.string('must be text').check(z.minLength(1, 'must not be empty')),
      replace: text,
    }),
  }),
  delete: z.strictObject({ delete: path }),
  rename: z.strictObject({ rename: z.strictObject({ from: path, to: path }) }),
  chmod: z.strictObject({
    chmod: z.strictObject({
      path,
      mode: z.string().check(z.regex(/^[0-7]{3,4}$/u, 'must be octal, for example "755"')),
    }),
  }),
  link: z.strictObject({ link: z.strictObject({ path, target: path }) }),
  run: z.strictObject({
    run: z.array(text, 'must be a list: program and arguments').check(z.minLength(1, 'must name a program')),
  }),
  /** As a session of a role hands something in: through the tool, else (`via: "file"`) as the file that the prompt names. */
  hand_in: z.strictObject({
    hand_in: z.strictObject({
      tool: text,
      arguments: z.record(z.string(), z.unknown()),
      via: z.optional(z.enum(['tool', 'file'])),
    }),
  }),
  wait: z.strictObject({ wait: count }),
  ask_permission: z.strictObject({
    ask_permission: z.strictObject({
      title: text,
      path: z.optional(path),
      options: z.optional(z.array(text)),
      answers: z.optional(z.array(text)),
    }),
  }),
  request: z.strictObject({
    request: z.strictObject({ method: text, params: z.optional(z.record(z.string(), z.unknown())) }),
  }),
  usage: z.strictObject({
    usage: z.strictObject({
      input: count,
      output: count,
      told: z.optional(z.enum(['turn', 'call'], 'must be turn or call')),
      model: z.optional(text),
      cost_usd: z.optional(z.number().check(z.minimum(0, 'must not be negative'))),
    }),
  }),
  flood: z.strictObject({
    flood: z.strictObject({ bytes: count, kind: z.enum(FLOODS, 'must be text, updates, stderr or line') }),
  }),
  garbage: z.strictObject({ garbage: text }),
  hang: z.strictObject({ hang: z.strictObject({ ignore_cancel: z.optional(z.boolean()) }) }),
  crash: z.strictObject({ crash: z.strictObject({ code: count }) }),
  exit: z.strictObject({ exit: count }),
  empty: z.strictObject({ empty: z.literal(true) }),
  error: z.strictObject({ error: z.strictObject({ code: z.int(), message: text }) }),
} as const;

const turn = z.strictObject({
  /** Used for every prompt that matches, instead of going by number. */
  when: z.optional(
    z.strictObject({ prompt_matches: z.string().check(z.refine(isPattern, 'must be a regular expression')) }),
  ),
  steps: z.array(z.union(Object.values(STEPS)), 'must be a list of steps'),
});

/** The file that drives the scripted agent, as a schema. */
export const scenarioSchema = z.strictObject({
  $schema: z.optional(z.string()),
  /** Models that a session offers; it starts with the first. */
  models: z.optional(z.array(text)),
  turns: z.array(turn, 'must be a list of turns').check(z.minLength(1, 'must have a turn')),
  /** After the last turn: the last again, or only "done". */
  // oxlint-disable-next-line unicorn/no-thenable -- the word of the file format; nobody awaits a schema
  then: z.optional(z.enum(['repeat_last', 'say_done'], 'must be "repeat_last" or "say_done"')),
});

export type Scenario = z.infer<typeof scenarioSchema>;
type Turn = Scenario['turns'][number];
export type Step = Turn['steps'][number];

export interface LoadedScenario {
  readonly scenario: Scenario;
  /** Where `from` paths begin. */
  readonly directory: string;
}

/** Reads a scenario file. Throws an `Error` with one sentence that names the file and the place in it. */
export function loadScenario(file: string): LoadedScenario {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const result = scenarioSchema.safeParse(value);
  if (result.success) return { scenario: result.data, directory: dirname(file) };
  const [issue] = result.error.issues;
  throw new Error(
    `${file}: ${place(issue?.path ?? [])} ${issue === undefined ? 'is not valid' : explain(issue, value)}`,
  );
}

const place = (parts: readonly PropertyKey[]): string =>
  parts.length === 0
    ? 'the scenario'
    : parts
        .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
        .join('')
        .replace(/^\./u, '');

function explain(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'unrecognized_keys')
    return `does not know the key ${issue.keys.map((key) => `\`${key}\``).join(', ')}`;
  if (issue.code !== 'invalid_union') return issue.message;
  let step: unknown = value;
  for (const part of issue.path) step = typeof step === 'object' && step !== null ? Reflect.get(step, part) : undefined;
  const [name, ...more] = typeof step === 'object' && step !== null ? Object.keys(step) : [];
  const known = Object.entries(STEPS).find(([key]) => key === name);
  if (known === undefined || more.length > 0)
    return `must be one step: an object with one key of ${Object.keys(STEPS).join(', ')}`;
  const [inner] = known[1].safeParse(step).error?.issues ?? [];
  return inner === undefined ? 'is not valid' : `is not a good step: ${place(inner.path)} ${inner.message}`;
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
