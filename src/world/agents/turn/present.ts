import type { TurnOutcome } from '../../../domain/agents/agent.ts';
import { clean, cleanLine } from '../../../domain/text/clean.ts';
import type { Mask } from '../acp/mask.ts';
import type { Activity, TurnResult } from '../port.ts';

const LONGEST_TEXT = 16 * 1024;
const LONGEST_DETAIL = 1500;

type Permission = TurnResult['permissions'][number];

/** What an agent sent, made fit for people and the log: without secrets and control sequences, and bounded (trust rule T16). */
export function presenter(mask: Mask): {
  readonly activity: (activity: Activity) => Activity;
  readonly outcome: (outcome: TurnOutcome) => TurnOutcome;
  readonly permission: (permission: Permission) => Permission;
} {
  const line = (text: string, length = 200): string => cleanLine(mask.text(text.slice(0, LONGEST_TEXT)), length);
  const permission = (given: Permission): Permission => ({ ...given, title: line(given.title), reason: line(given.reason, 400) });
  return {
    permission,
    outcome: (outcome) => ('detail' in outcome ? { ...outcome, detail: line(outcome.detail, LONGEST_DETAIL) } : outcome),
    activity: (activity) => {
      switch (activity.kind) {
        case 'says':
        case 'thinks':
          return { kind: activity.kind, text: clean(mask.text(activity.text.slice(0, LONGEST_TEXT))) };
        case 'tool':
          return { ...activity, title: line(activity.title), status: line(activity.status, 40) };
        case 'plan':
          return {
            kind: 'plan',
            entries: activity.entries.slice(0, 100).map((entry) => ({ text: line(entry.text), status: line(entry.status, 40) })),
          };
        case 'permission':
          return { kind: 'permission', ...permission(activity) };
        case 'session':
        case 'usage':
          return activity;
      }
    },
  };
}
