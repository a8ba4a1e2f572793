import { canonical } from '../../domain/canonical.ts';
import type { LoggedEvent } from '../../domain/goal/event.ts';
import { clean } from '../../domain/text/clean.ts';

/** `decisions.jsonl`: questions, answers, checks that were refused, and what policy refused to agents. */
export const decisions = (events: readonly LoggedEvent[]): string =>
  events
    .flatMap((event) => of(event).map((decision) => canonical({ seq: event.seq, ts: event.ts, ...decision })))
    .map((line) => `${line}\n`)
    .join('');

type Decision = Readonly<Record<string, unknown>>;

function of(event: LoggedEvent): readonly Decision[] {
  switch (event.type) {
    case 'question.asked': {
      const { text, ...question } = event.data.question;
      return [{ kind: 'question', ...question, text: clean(text) }];
    }
    case 'plan.approved':
      return [{ kind: 'checks_approved', commitment: event.data.commitment }];
    case 'plan.rejected':
      return [{ kind: 'checks_rejected', why: clean(event.data.why) }];
    case 'checks.submitted':
      return event.data.kind === 'refused' ? [{ kind: 'checks_refused', why: event.data.why.map(clean) }] : [];
    case 'question.answered':
      return [{ kind: 'answer', question: event.data.question, answer: event.data.answer }];
    case 'plan.made':
      return event.data.refused.map((gate) => ({
        kind: 'check_refused',
        gate,
        reason: 'it passes at the base already',
      }));
    case 'turn.ended': {
      const { attempt, turn, permissions } = event.data;
      return permissions
        .filter(({ decision }) => decision === 'refused')
        .map(({ title, reason }) => ({
          kind: 'permission_refused',
          attempt,
          turn,
          title: clean(title),
          reason: clean(reason),
        }));
    }
    default:
      return [];
  }
}
