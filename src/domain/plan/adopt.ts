import type { GoalOptions } from '../goal/event.ts';
import type { KeptPlan } from './document.ts';

/** The options of a goal with a plan: its facts are looked up beside those that a person gave. */
export function withPlan(options: GoalOptions, { document, sha256 }: KeptPlan): GoalOptions {
  const planned = document.criteria.flatMap(({ fact }) => fact ?? []);
  const facts = [...new Set([...(options.facts ?? []), ...planned])];
  return {
    ...options,
    plan: { document, sha256 },
    ...(facts.length > 0 ? { facts } : {}),
    ...(document.class && options.class === undefined ? { class: document.class } : {}),
  };
}
