import { isCancel, select, text } from '@clack/prompts';
import type { Answer } from '../../../domain/evidence/question.ts';
import type { Choice, Words } from './choices.ts';

const LATER = 'later';

/** Asks the person at the terminal. Null: later, or Ctrl-C. Loaded only where there is a terminal. */
export async function askHere(choices: readonly Choice[]): Promise<Answer | null> {
  const chosen = await chooseFrom(choices);
  if (chosen === null) return null;
  const { take } = chosen;
  return 'ask' in take ? wordsFor(take) : take;
}

async function wordsFor({ ask, wrong, answer }: Words): Promise<Answer | null> {
  const words = await text({ message: ask, validate: (given = '') => wrong(given) ?? undefined });
  return isCancel(words) ? null : answer(words);
}

async function chooseFrom(choices: readonly Choice[]): Promise<Choice | null> {
  const place = await select<number | typeof LATER>({
    message: 'Your answer',
    options: [
      ...choices.map(({ label, hint }, value) => ({ value, label, ...(hint === undefined ? {} : { hint }) })),
      { value: LATER, label: 'Decide later', hint: 'the work is kept' },
    ],
  });
  return isCancel(place) || place === LATER ? null : (choices[place] ?? null);
}
