import * as z from 'zod/mini';
import { OmkError } from '../../domain/error.ts';
import { EXPECTATIONS } from '../../domain/plan/given.ts';
import type { JudgeRequest } from './request.ts';

const text = z.string('must be a text');
const texts = z.array(text, 'must be a list of texts');
const shape = {
  repository: z.optional(text),
  change: z.optional(
    z.union(
      [
        text,
        z.strictObject({ staged: z.literal(true) }),
        z.strictObject({ tree: text }),
        z.strictObject({ pullRequest: text }),
      ],
      'must be a range A..B, { staged: true }, { tree } or { pullRequest }',
    ),
  ),
  base: z.optional(text),
  since: z.optional(text),
  goal: z.optional(text),
  expect: z.optional(z.enum(EXPECTATIONS, `must be ${EXPECTATIONS.join(', ')}`)),
  checks: z.optional(texts),
  heldOut: z.optional(text),
  heldOutWrong: z.optional(text),
  knownRed: z.optional(texts),
  accept: z.optional(texts),
  cache: z.optional(z.boolean('must be true or false')),
  baseline: z.optional(z.enum(['once', 'twice'], 'must be once or twice')),
  env: z.optional(z.record(text, z.optional(text))),
  signal: z.optional(z.instanceof(AbortSignal, { error: 'must be an AbortSignal' })),
  notify: z.optional(z.custom<unknown>((value) => typeof value === 'function', 'must be a function')),
  onLost: z.optional(z.custom<unknown>((value) => typeof value === 'function', 'must be a function')),
} satisfies Record<keyof JudgeRequest, z.ZodMiniType>;
const options = z.strictObject(shape);

/** An option that is misspelt must not be taken for one that was left out. `OmkError` `FLAG_INVALID`. */
export function requireOptions(request: unknown): void {
  const [issue] = options.safeParse(request).error?.issues ?? [];
  if (!issue) return;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const name = [...issue.path, ...(unknown === undefined ? [] : [unknown])].map(String).join('.');
  throw new OmkError(
    'FLAG_INVALID',
    unknown === undefined ? `judge: option '${name}' ${issue.message}` : `judge has no option '${name}'`,
    `the options are ${Object.keys(shape).join(', ')}`,
  );
}
