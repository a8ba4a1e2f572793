import type { AncestorEvent, AncestorGoal } from '../../../app/ancestor.ts';
import { clean, cleanLine } from '../../../domain/text/clean.ts';

export const IMPORTED_HEAD = ['goal', 'status in 0.5.0', 'updated', 'goal text'] as const;

export const importedRow = ({ goal, status, updatedAt, text }: AncestorGoal): readonly string[] => [
  goal,
  cleanLine(status),
  (updatedAt ?? '').slice(0, 16).replace('T', ' '),
  cleanLine(text, 72),
];

/** All that is known of a goal of 0.5.0. */
export function importedLines(goal: AncestorGoal): readonly string[] {
  const { time, tokens, usd } = goal.budget;
  return [
    ...goal.events.map(eventLine),
    '',
    `${cleanLine(goal.status)} in omk 0.5.0: kept as history; this omk did not judge it and cannot resume it`,
    `  goal     ${goal.goal}  ${cleanLine(goal.text, 200)}`,
    `  made     ${cleanLine(goal.createdAt ?? 'unknown')}, updated ` +
      `${cleanLine(goal.updatedAt ?? 'unknown')}${goal.phase ? `, phase ${cleanLine(goal.phase)}` : ''}`,
    `  budget   time ${cleanLine(time ?? 'none')}, tokens ${tokens ?? 'none'}, dollars ${usd ?? 'none'}`,
    ...(goal.spent
      ? [
          `  spent    as 0.5.0 counted: ${goal.spent.secs ?? 'unknown'} s, ` +
            `${goal.spent.tokens ?? 'unknown'} tokens, ${goal.spent.usd ?? 'unknown'} dollars`,
        ]
      : []),
    `  events   ${goal.events.length}${goal.unreadable > 0 ? `, and ${goal.unreadable} lines that cannot be read` : ''}`,
  ];
}

const eventLine = ({ ts, kind, actor, payload }: AncestorEvent): string => {
  const said = payload === null ? '' : `  ${clean(JSON.stringify(payload)).slice(0, 200)}`;
  return `${cleanLine((ts ?? '').slice(0, 19).replace('T', ' '))}  ${cleanLine(kind)}${actor ? ` (${cleanLine(actor)})` : ''}${said}`;
};
