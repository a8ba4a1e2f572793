import type { Capture, Timing } from '../plan/command.ts';
import { withHeldBack } from '../commands/held-back.ts';
import type { GoalOptions } from '../goal/event.ts';
import { LEAST_PERCENT, type KeptPlan, type PlanDocument } from '../plan/document.ts';

/** The options of a goal with a plan: its facts are looked up, and its commands run, beside those that a person gave. */
export function withPlan(options: GoalOptions, { document, sha256 }: KeptPlan): GoalOptions {
  const planned = document.criteria.flatMap(({ fact }) => fact ?? []);
  const facts = [...new Set([...(options.facts ?? []), ...planned])];
  return {
    ...options,
    plan: { document, sha256 },
    ...(facts.length > 0 ? { facts } : {}),
    ...commandsOf(options, document),
    ...(document.class && options.class === undefined ? { class: document.class } : {}),
  };
}

function commandsOf(
  { captures = [] }: GoalOptions,
  { criteria }: PlanDocument,
): Pick<GoalOptions, 'captures' | 'timings'> {
  const own = criteria.flatMap(({ id, capture = [] }) => capture.map((each): Capture => ({ ...each, criterion: id })));
  const timings = criteria.flatMap(({ id, timing }): readonly Timing[] =>
    timing === undefined ? [] : [{ percent: LEAST_PERCENT, frozen: [], ...timing, criterion: id }],
  );
  return {
    ...(captures.length + own.length > 0 ? { captures: withHeldBack([...captures, ...own]) } : {}),
    ...(timings.length > 0 ? { timings } : {}),
  };
}
