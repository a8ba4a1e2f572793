import * as z from 'zod/mini';
import { READER_NAMES } from '../../../domain/gates/gate.ts';

const text = z.string().check(z.minLength(1));

/** One `[[gates]]` table as people write it. The first line is 0.5.0's, still read; the second is new. */
const gate = z.strictObject({
  name: text,
  command: text,
  args: z.optional(z.array(z.string())),
  required: z.optional(z.boolean()),
  timeout_secs: z.optional(z.int().check(z.minimum(1), z.maximum(86_400))),
  allow_fail: z.optional(z.boolean()),
  'allow-fail': z.optional(z.boolean()),
  skip: z.optional(z.boolean()),
  skipped: z.optional(z.boolean()),

  cwd: z.optional(text),
  env: z.optional(z.record(z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/)), z.string())),
  network: z.optional(z.boolean()),
  retries: z.optional(z.int().check(z.minimum(0), z.maximum(5))),
  kind: z.optional(z.enum(['test', 'command'])),
  reader: z.optional(z.enum(['auto', ...READER_NAMES])),
});

export const gatesFile = z.strictObject({ gates: z.array(gate).check(z.minLength(1)) });

export type DeclaredGate = z.infer<typeof gate>;
