import { canonical } from '../../domain/canonical.ts';
import type { LoggedEvent } from '../../domain/goal/event.ts';
import type { PlanDocument } from '../../domain/plan/document.ts';
import { clean } from '../../domain/text/clean.ts';

/** `decisions.jsonl`: questions, answers, checks that were refused, and what policy refused to agents. */
export const decisions = (events: readonly LoggedEvent[]): string =>
  events
    .flatMap((event, index) =>
      of(event, events.slice(index + 1)).map((decision) => canonical({ seq: event.seq, ts: event.ts, ...decision })),
    )
    .map((line) => `${line}\n`)
    .join('');

/** The session ended with this plan: none came after it. */
function isTaken(attempt: number, later: readonly LoggedEvent[]): boolean {
  const next = later.find(
    (each) => each.type === 'plan.submitted' || (each.type === 'attempt.ended' && each.data.attempt === attempt),
  );
  return next?.type === 'attempt.ended' && next.data.why === 'accepted';
}

/** What a plan decided, and answers that were taken because nobody was asked. */
const decided = (
  by: 'agent' | 'person',
  { questions = [], decisions: made = [] }: PlanDocument,
): readonly Decision[] => [
  ...questions.flatMap(({ id, text, default: taken }) =>
    taken === undefined ? [] : [{ kind: 'default_taken', by, question: id, text: clean(text), answer: clean(taken) }],
  ),
  ...made.map((text) => ({ kind: 'decided', by, text: clean(text) })),
];

type Decision = Readonly<Record<string, unknown>>;

function of(event: LoggedEvent, later: readonly LoggedEvent[]): readonly Decision[] {
  switch (event.type) {
    case 'question.asked': {
      const { question: asked, as } = event.data;
      const { text, files: _files, ...question } = asked;
      const answered = { kind: 'answer', question: asked.id, answer: { kind: 'accept', as } };
      return [{ kind: 'question', ...question, text: clean(text) }, ...(as === undefined ? [] : [answered])];
    }
    case 'plan.approved':
      return [{ kind: 'plan_approved', ...event.data }];
    case 'plan.rejected':
      return [{ kind: 'plan_rejected', why: clean(event.data.why) }];
    case 'plan.submitted':
      if (event.data.kind === 'refused') return [{ kind: 'plan_refused', why: event.data.why.map(clean) }];
      return isTaken(event.data.attempt, later) ? decided('agent', event.data.document) : [];
    case 'plan.edited':
      return decided('person', event.data.document);
    case 'goal.created':
      return event.data.options.plan ? decided('person', event.data.options.plan.document) : [];
    case 'checks.disputed':
      return [{ kind: 'checks_disputed', paths: event.data.paths.map(clean), why: event.data.why.map(clean) }];
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
