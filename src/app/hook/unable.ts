import { inWords } from '../../domain/disk-error.ts';
import type { StopVerdict } from '../../domain/hooks/decide.ts';
import { cleanLine } from '../../domain/text/clean.ts';

/** A failure of omk, or of the machine, as what the person is told. It never keeps an agent from stopping. */
export function unableOf(error: unknown): Extract<StopVerdict, { kind: 'unable' }> {
  const known = inWords(error);
  if (known !== null)
    return { kind: 'unable', code: known.code, told: told(`${known.message} (${known.code}); ${known.fix}`) };
  const text = error instanceof Error ? error.message : String(error);
  return { kind: 'unable', code: 'INTERNAL', told: told(`an internal error, which is a bug in omk: ${text}`) };
}

const told = (why: string): string => `omk could not judge this, so nothing is shown: ${cleanLine(why, 600)}`;
