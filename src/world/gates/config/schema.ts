import * as z from 'zod/mini';
import { READER_NAMES } from '../../../domain/gates/reader-names.ts';

/** What each setting must be: the end of a sentence, for the errors. */
export const MUST: Readonly<Record<string, string>> = {
  name: 'a text that is not empty',
  command: 'a text that is not empty',
  cwd: 'a text that is not empty',
  ready: 'a text that is not empty',
  args: 'an array of texts',
  timeout_secs: 'a whole number of seconds from 0 to 86400',
  ready_timeout_secs: 'a whole number of seconds from 1 to 3600',
  retries: 'a whole number from 0 to 5',
  weight: 'a whole number from 1 to 64',
  inputs: 'an array of globs',
  env: 'a table of variable names and texts',
  services: 'one or more [[gates.services]] tables, at most 16',
  kind: '"test" or "command"',
  reader: `one of auto, ${READER_NAMES.join(', ')}`,
};

/** A setting with what it does, for editors. */
function about<T extends z.core.$ZodType>(schema: T, description: string): z.ZodMiniOptional<T> {
  z.globalRegistry.add(schema, { description });
  return z.optional(schema);
}

const text = (): z.ZodMiniString => z.string().check(z.minLength(1));
const described = <T extends z.core.$ZodType>(schema: T, description: string): T => {
  z.globalRegistry.add(schema, { description });
  return schema;
};

const service = z.strictObject({
  name: described(text(), 'What the service is called in messages.'),
  command: described(text(), 'Started in the foreground inside the sandbox of the gate, and ended with it.'),
  args: about(z.array(z.string()), 'Arguments; without them `command` is split as a shell would.'),
  ready: described(
    text(),
    'A command that exits with 0 as soon as the service can be used; asked again until it does.',
  ),
  ready_timeout_secs: about(
    z.int().check(z.minimum(1), z.maximum(3600)),
    'Longest wait until it is ready. Default 30.',
  ),
  cwd: about(text(), 'Folder it is started in, relative to the root of the repository. Default: the root.'),
});

/** One `[[gates]]` table as people write it. The first lines are 0.5.0's, still read; the others are new. */
const gate = z.strictObject({
  name: described(text(), 'Name of the gate, unlike the others: letters, digits, . _ -'),
  command: described(text(), 'The program, or a whole command line, split as a shell would and run without one.'),
  args: about(z.array(z.string()), 'Arguments of the command.'),
  required: about(z.boolean(), 'Whether the goal needs it. Default true.'),
  timeout_secs: about(
    z.int().check(z.minimum(0), z.maximum(86_400)),
    'After this the whole process group is killed. Default 600, which 0 means too.',
  ),
  allow_fail: about(z.boolean(), 'The old way to say required = false.'),
  'allow-fail': about(z.boolean(), 'The same as allow_fail.'),
  skip: about(z.boolean(), 'Never run it: its verdict is not_measured.'),
  skipped: about(z.boolean(), 'The same as skip.'),

  cwd: about(text(), 'Folder it runs in, relative to the root of the repository.'),
  env: about(
    z.record(z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/)), z.string()),
    'Variables beside PATH, HOME, TMPDIR and the like. No secrets: the file is committed.',
  ),
  network: about(z.boolean(), 'Whether it may use the network; the proof says so. Default false.'),
  services: about(
    z.array(service).check(z.minLength(1), z.maxLength(16)),
    'What must run beside it, for example a database on loopback. Started one after the other.',
  ),
  inputs: about(
    z.array(text()).check(z.minLength(1)),
    'Globs of the files its verdict depends on, after ! of files it does not: with equal inputs an ' +
      'earlier pass is used again. Default: all files.',
  ),
  weight: about(
    z.int().check(z.minimum(1), z.maximum(64)),
    'How many ordinary gates it counts for where gates run at once. Default 1.',
  ),
  retries: about(
    z.int().check(z.minimum(0), z.maximum(5)),
    'How often a failure that may be a flake is run again. Default 1.',
  ),
  kind: about(
    z.enum(['test', 'command']),
    'test: it runs tests, which are counted. command: its exit code is its meaning. Usually found out.',
  ),
  reader: about(z.enum(['auto', ...READER_NAMES]), 'How its tests are counted. Default auto.'),
});

export const gatesFile = z.strictObject({
  gates: described(z.array(gate).check(z.minLength(1)), 'What judges this repository.'),
});

export type DeclaredGate = z.infer<typeof gate>;

/** Keys that a gate, or a service, may have. */
export const KEYS = { gate: Object.keys(gate.shape), service: Object.keys(service.shape) } as const;
