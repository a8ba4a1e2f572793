import type { TurnOutcome } from '../../../domain/agents/agent.ts';
import { clean, cleanLine } from '../../../domain/text/clean.ts';
import type { PieceMask } from '../../../domain/text/pieces.ts';
import type { Mask } from '../acp/mask.ts';
import type { Activity, TurnResult } from '../port.ts';

const LONGEST_TEXT = 16 * 1024;
const LONGEST_DETAIL = 1500;

type Permission = TurnResult['permissions'][number];

/** What an agent sent, made fit for people and the log: without secrets and control sequences, and bounded (trust rule T16). */
export function presenter(mask: Mask): {
  /** What there is to show now; the end of a text may come with what follows it. */
  readonly activity: (activity: Activity) => readonly Activity[];
  /** What was held back to the end. */
  readonly end: () => readonly Activity[];
  readonly outcome: (outcome: TurnOutcome) => TurnOutcome;
  readonly permission: (permission: Permission) => Permission;
  readonly line: (text: string) => string;
} {
  const line = (text: string, length = 200): string => cleanLine(mask.text(text.slice(0, LONGEST_TEXT)), length);
  const permission = (given: Permission): Permission => ({
    ...given,
    title: line(given.title),
    reason: line(given.reason, 400),
  });
  let saying: { readonly kind: 'says' | 'thinks'; readonly pieces: PieceMask } | null = null;
  const spoken = (kind: 'says' | 'thinks', text: string): readonly Activity[] =>
    text === '' ? [] : [{ kind, text: clean(text) }];
  const end = (): readonly Activity[] => {
    const rest = saying === null ? [] : spoken(saying.kind, saying.pieces.end());
    saying = null;
    return rest;
  };
  return {
    end,
    permission,
    line: (text) => line(text),
    outcome: (outcome) =>
      'detail' in outcome ? { ...outcome, detail: line(outcome.detail, LONGEST_DETAIL) } : outcome,
    activity: (activity) => {
      // What was used comes in between without ending what is said.
      if (activity.kind === 'session' || activity.kind === 'usage') return [activity];
      const before = saying?.kind === activity.kind ? [] : end();
      if (activity.kind !== 'says' && activity.kind !== 'thinks') return [...before, shown(activity)];
      saying ??= { kind: activity.kind, pieces: mask.pieces() };
      return [...before, ...spoken(activity.kind, saying.pieces.push(activity.text.slice(0, LONGEST_TEXT)))];
    },
  };

  function shown(activity: Exclude<Activity, { kind: 'says' | 'thinks' | 'session' | 'usage' }>): Activity {
    switch (activity.kind) {
      case 'tool':
        return { ...activity, title: line(activity.title), status: line(activity.status, 40) };
      case 'plan':
        return {
          kind: 'plan',
          entries: activity.entries
            .slice(0, 100)
            .map((entry) => ({ text: line(entry.text), status: line(entry.status, 40) })),
        };
      case 'permission':
        return { kind: 'permission', ...permission(activity) };
    }
  }
}
