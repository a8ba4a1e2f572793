import type { Answer, Question } from '../../../domain/evidence/question.ts';
import { cleanLine } from '../../../domain/text/clean.ts';

/** One way to answer: at once, or with words that are asked for next. */
export interface Choice {
  readonly label: string;
  readonly hint?: string;
  readonly take: Answer | Words;
}

export interface Words {
  readonly ask: string;
  /** Why these words do not do; null: they do. */
  readonly wrong: (text: string) => string | null;
  readonly answer: (text: string) => Answer;
}

const written = (text: string): string | null => (text.trim() === '' ? 'Write something, or press Ctrl-C' : null);

/** The ways to answer a question that `omk goal answer` has, in words. */
export function choicesFor(question: Question, hasRequiredGate: boolean): readonly Choice[] {
  switch (question.code) {
    case 'no_criterion':
      return [
        {
          label: 'Name a command that fails now and must pass',
          take: {
            ask: 'Which command?',
            wrong: written,
            answer: (text) => ({ kind: 'checks', checks: [text.trim()] }),
          },
        },
        ...(hasRequiredGate
          ? [{ label: 'The existing gates are enough', hint: 'the proof says so', take: { kind: 'accept' } as const }]
          : []),
      ];
    case 'cannot_run':
      return [
        { label: 'I mended it: look again', take: { kind: 'retry' } },
        {
          label: `${question.gates.map((gate) => cleanLine(gate, 60)).join(', ')} may stay red`,
          take: { kind: 'known_red', gates: question.gates },
        },
        { label: 'Work all the same', take: { kind: 'accept' } },
      ];
    case 'agent_asks':
      return ofAgent(question);
    case 'check_disputed':
      return [{ label: 'Have other tests written', take: { kind: 'accept' } }, because('Keep these tests')];
    default:
      return [{ label: 'Accept it', take: { kind: 'accept' } }, because('Reject it')];
  }
}

/** About a plan that waits: accepting approves it. */
export const PLAN_CHOICES: readonly Choice[] = [
  { label: 'Approve the plan', take: { kind: 'accept' } },
  because('Reject it: another session makes a new one'),
];

function ofAgent({ question }: Extract<Question, { code: 'agent_asks' }>): readonly Choice[] {
  const { wants, options } = question;
  if (wants === undefined)
    return [
      ...options.map((name, option): Choice => ({ label: cleanLine(name, 120), take: { kind: 'choice', option } })),
      because('None of these'),
    ];
  return [
    {
      label: wants === 'text' ? 'Answer in words' : 'Answer with a number',
      take: {
        ask: 'What is the answer?',
        wrong: (text) => written(text) ?? (wants === 'text' ? null : notNumber(text, wants === 'integer')),
        answer: (text) => ({ kind: 'text', text }),
      },
    },
    because('Refuse to answer'),
  ];
}

function notNumber(text: string, isWhole: boolean): string | null {
  const number = Number(text);
  if (isWhole) return Number.isSafeInteger(number) ? null : 'A whole number is asked for';
  return Number.isFinite(number) ? null : 'A number is asked for';
}

function because(label: string): Choice {
  const answer = (note: string): Answer => ({ kind: 'reject', note: note.trim() });
  return { label, hint: 'asks why', take: { ask: 'Why?', wrong: written, answer } };
}
