import type { SpendingAction } from '../budget/exhaust.ts';
import type { SessionType } from '../budget/usage-entry.ts';
import type { Purpose } from '../gates/evidence.ts';
import type { Intent } from './intent.ts';

/** What the guard says before a session of an agent is opened or continued. A new kind of session does not compile without one. */
export const SESSION_ACTIONS = { planner: 'plan', attempt: 'turn', reviewer: 'review' } as const satisfies Readonly<
  Record<SessionType, SpendingAction>
>;

/**
 * The action an intent spends for; null when it spends nothing. The one place that says so: without a default, a new kind of
 * intent does not compile until it is named here.
 */
export function spendingAction(intent: Intent): SpendingAction | null {
  switch (intent.kind) {
    case 'run_gate':
      return isPlanning(intent.run.purpose) ? 'plan' : 'verify';
    case 'start_attempt':
      return intent.role === undefined ? 'execute' : 'plan';
    case 'run_turn':
      return SESSION_ACTIONS.attempt;
    case 'record':
      return intent.event.type === 'plan.made' ? SESSION_ACTIONS.planner : null;
    case 'resolve_policy':
    case 'prepare_dependencies':
    case 'wait':
    case 'take_snapshot':
    case 'examine':
    case 'read_facts':
    case 'read_plan':
    case 'observe':
    case 'read_checks':
    case 'hollow':
    case 'reveal':
    case 'integrate':
    case 'lay_tests':
    case 'read_proposal':
    case 'merge':
    case 'land':
      return null;
  }
}

/** Runs that look at what there is before an agent works. */
export const isPlanning = (purpose: Purpose): boolean => purpose === 'baseline' || purpose === 'oracle';
