import type { Facts } from '../statement/facts.ts';
import { resolveRules, type RulesDoor } from '../rules/resolve.ts';
import type { RuleSet } from '../rules/set.ts';
import type { LoggedEvent } from '../../domain/goal/event.ts';
import type { VerifyCode } from './codes.ts';
import type { Recorder } from './report.ts';

/** Facts with the rules that found them. */
export interface Judged extends Facts, Ruling {
  /** The rules that made the contract, which may be older than those that ended the goal. */
  readonly ofContract: Ruling;
}

/** Rules, and where what they find is recorded. */
export interface Ruling {
  readonly rules: RuleSet;
  readonly to: Recorder;
}

/** What a difference means that other rules would make as well as a lie. */
const BY_RULES: ReadonlySet<VerifyCode> = new Set([
  'E_RECIPE',
  'E_STATUS',
  'E_LOG_EVENT',
  'E_GATE_RESULT',
  'E_GATE_MISSING',
  'E_TURNS',
  'E_BUDGET',
]);

/** The name of the rules that ended a goal; null in logs of before. */
export function rulesNamed(events: readonly LoggedEvent[]): string | null {
  const last = events.at(-1);
  return (last?.type === 'goal.ended' || last?.type === 'goal.cancelled' ? last.data.rules : null) ?? null;
}

/** The rules of that name, or null with the reason recorded. */
export async function rulingOf(name: string | null, door: RulesDoor, to: Recorder): Promise<Ruling | null> {
  const found = await resolveRules(name, door);
  if (found.kind === 'rules') return { rules: found.rules, to: fairly(to, name, found.exact) };
  to.check(found.kind === 'unknown' ? 'E_RULES_UNKNOWN' : 'E_RULES_WITHDRAWN', false, found.why);
  return null;
}

/**
 * Nobody is called a forger for what better rules find: where the rules at hand are not exactly those that judged, a
 * difference is one of rules.
 */
function fairly(to: Recorder, name: string | null, exact: boolean): Recorder {
  if (exact) return to;
  const by = name === null ? 'rules from before rule sets had names' : name;
  const code = (was: VerifyCode, ok: boolean): VerifyCode => (!ok && BY_RULES.has(was) ? 'E_RULES_UNKNOWN' : was);
  return {
    checks: to.checks,
    failures: () => to.failures(),
    check: (was, ok, text) =>
      to.check(
        code(was, ok),
        ok,
        code(was, ok) === was ? text : `judged by ${by}, and this omk finds otherwise: ${text}`,
      ),
    same: (places, codeOf, subject) => to.same(places, (path) => code(codeOf(path), false), subject),
  };
}
