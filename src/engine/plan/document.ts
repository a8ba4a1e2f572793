import type * as z from 'zod/mini';
import type { DocumentProblem, PlanDocument } from '../../domain/plan/document.ts';
import { planFile } from './schema.ts';

export type ReadDocument =
  | { readonly kind: 'document'; readonly document: PlanDocument }
  | ({ readonly kind: 'problem' } & DocumentProblem);

/** The value as a document, if the schema takes it. */
export function documentOf(value: unknown): ReadDocument {
  const result = planFile.safeParse(value);
  if (result.success) return { kind: 'document', document: result.data };
  // A key that is mistyped is missing too: what stands there says more than what does not.
  const { issues } = result.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  return { kind: 'problem', ...(issue === undefined ? { at: [], rule: 'this is no plan' } : problemOf(issue, value)) };
}

function problemOf(issue: z.core.$ZodIssue, value: unknown): DocumentProblem {
  const at = issue.path.filter((key) => typeof key !== 'symbol');
  const name = at.at(-1) ?? 'the plan';
  switch (issue.code) {
    case 'unrecognized_keys':
      return { at: [...at, issue.keys[0] ?? ''], rule: `unknown key '${issue.keys[0] ?? ''}'` };
    case 'invalid_type':
      return isThere(value, at)
        ? { at, rule: `${nameOf(name)} must be ${WORDS[issue.expected] ?? issue.expected}` }
        : { at: at.slice(0, -1), rule: `${nameOf(name)} is missing` };
    case 'invalid_value':
      return { at, rule: `${nameOf(name)} must be one of ${issue.values.map(String).join(', ')}` };
    case 'too_small':
      return { at, rule: `${nameOf(name)} may not be empty` };
    case 'too_big':
      return { at, rule: `${nameOf(name)} is longer than ${String(issue.maximum)}` };
    default:
      return { at, rule: `${nameOf(name)} is not what it must be` };
  }
}

const WORDS: Readonly<Record<string, string>> = { string: 'a text', array: 'an array', object: 'a table' };

const nameOf = (key: string | number): string => (typeof key === 'number' ? `number ${key + 1}` : `'${key}'`);

function isThere(value: unknown, path: readonly (string | number)[]): boolean {
  let inner: unknown = value;
  for (const key of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return false;
    inner = Reflect.get(inner, key);
  }
  return true;
}
