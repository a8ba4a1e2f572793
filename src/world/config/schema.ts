import * as z from 'zod/mini';
import { parseAuthor } from '../../domain/goal/author.ts';
import { durationMs } from './duration.ts';
import { sizeBytes } from './size.ts';
import { splitWords } from './words.ts';

const duration = z.pipe(
  z
    .string('must be a duration such as "30m"')
    .check(
      z.refine((text) => durationMs(text) !== null, 'must be a duration such as "90s", "30m" or "2h", at most a day'),
    ),
  z.transform((text: string) => durationMs(text)),
);

const command = z.pipe(
  z
    .string('must be a command line')
    .check(z.refine((text) => splitWords(text) !== null, 'must be a command line with its quotes closed')),
  z.transform((text: string) => splitWords(text)),
);

/** A recording is read as a text, which holds no more. */
const MOST_RECORDED = 512 * 1024 * 1024;

const size = z.pipe(
  z.string('must be a size such as "64 MB"').check(
    z.refine((text) => sizeBytes(text) !== null, 'must be a whole number of KB, MB or GB, such as "64 MB"'),
    z.refine((text) => (sizeBytes(text) ?? 0) < MOST_RECORDED, 'must be less than 512 MB, the most that can be played'),
  ),
  z.transform((text: string) => sizeBytes(text)),
);

const limits = z.strictObject({
  max_attempts: z.optional(
    z.int('must be a whole number').check(z.minimum(1, 'must be 1 or more'), z.maximum(100, 'must be 100 or less')),
  ),
  max_agents: z.optional(
    z.int('must be a whole number').check(z.minimum(1, 'must be 1 or more'), z.maximum(100, 'must be 100 or less')),
  ),
  turn_timeout: z.optional(duration),
  idle_timeout: z.optional(duration),
  start_timeout: z.optional(duration),
  max_wait: z.optional(duration),
});

const percent = z
  .int('must be a whole number of percent')
  .check(z.minimum(1, 'must be 1 or more'), z.maximum(100, 'must be 100 or less'));
const budget = z.strictObject({ task_share: z.optional(percent) });
const userBudget = z.strictObject({
  task_share: z.optional(percent),
  cost_tracker_path: z.optional(
    z.string('must be a path').check(z.regex(/^(?:~\/|\/)./u, 'must be a path that begins with `~/` or `/`')),
  ),
});

const delivery = z.strictObject({ proof: z.optional(z.boolean('must be true or false')) });

const price = z
  .number('must be dollars for a million tokens')
  .check(z.minimum(0, 'must not be negative'), z.maximum(1_000_000, 'must be dollars for a million tokens'));

const agentName = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9._-]*$/u, 'an agent is named with a-z, 0-9, `.`, `_` and `-`'));

const ownPath = z.string().check(z.regex(/^(?:~\/|\/)./u, 'must be paths that begin with `~/` or `/`'));

/**
 * What the repository's file may say: nothing that runs a command outside of the sandbox of gates, or opens a
 * path the user did not choose.
 */
export const repositorySchema = z.strictObject({
  agent: z.optional(agentName),
  fallback_agent: z.optional(agentName),
  limits: z.optional(limits),
  budget: z.optional(budget),
  // Read at the base by whoever builds the dependency layer, and run where gates run.
  worktree: z.optional(
    z.strictObject({
      setup: z.optional(command),
      cache: z.optional(z.array(z.string(), 'must be a list of folders')),
      include: z.optional(z.array(z.string(), 'must be a list of patterns, as in .gitignore')),
    }),
  ),
});

/** Who works in a session of a role, and with which model. */
const role = z.optional(
  z.strictObject({
    agent: z.optional(
      z.string('must be a preset, a name of `[agents]` or a command line').check(z.minLength(1, 'must not be empty')),
    ),
    model: z.optional(
      z.string('must be the name of a model, as the agent calls it').check(z.minLength(1, 'must not be empty')),
    ),
  }),
);

const isAuthor = (text: string): boolean => text === 'me' || text === 'omk' || parseAuthor(text) !== null;

export const userSchema = z.strictObject({
  agent: z.optional(
    z.string('must be a preset, a name of `[agents]` or a command line').check(z.minLength(1, 'must not be empty')),
  ),
  fallback_agent: z.optional(
    z.string('must be a preset, a name of `[agents]` or a command line').check(z.minLength(1, 'must not be empty')),
  ),
  agents: z.optional(
    z.record(
      agentName,
      z.strictObject({
        command: z.optional(command),
        env: z.optional(
          z.array(
            z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/u, 'must be names of environment variables')),
            'must be a list of names',
          ),
        ),
        report_tokens: z.optional(z.int('must be a whole number of tokens').check(z.minimum(1, 'must be 1 or more'))),
        report_usd: z.optional(z.number('must be dollars').check(z.positive('must be more than 0'))),
        paths: z.optional(
          z.array(
            z.union(
              [ownPath, z.strictObject({ path: ownPath, access: z.enum(['read', 'write', 'copy']) })],
              'must be paths that begin with `~/` or `/`, or { path, access }, with access "read", "write" or "copy"',
            ),
            'must be a list of paths',
          ),
        ),
      }),
    ),
  ),
  roles: z.optional(z.strictObject({ planner: role, oracle: role, worker: role })),
  signing: z.optional(z.strictObject({ key: z.optional(z.string('must be the path of a key')) })),
  prices: z.optional(z.record(z.string(), z.strictObject({ input: price, cached: z.optional(price), output: price }))),
  commit: z.optional(
    z.strictObject({
      author: z.optional(z.string().check(z.refine((text) => isAuthor(text), 'must be "me", "omk" or "Name <mail>"'))),
    }),
  ),
  limits: z.optional(limits),
  budget: z.optional(userBudget),
  delivery: z.optional(delivery),
  replay: z.optional(z.strictObject({ max_size: z.optional(size) })),
});

export type UserFile = z.infer<typeof userSchema>;
