import { cleanLine } from '../../../domain/text/clean.ts';
import type { Mask } from '../acp/mask.ts';
import type { TurnResult } from '../port.ts';

/** What an agent's output holds beside messages, counted. */
export interface StrayOutput {
  add(text: string): void;
  /** The first words of it. */
  first(): string;
  told(): Pick<TurnResult, 'stray'>;
}

const LONGEST = 200;

export function countStray(mask: Mask): StrayOutput {
  let bytes = 0;
  let first = '';
  return {
    add: (text) => {
      bytes += Buffer.byteLength(text);
      if (first === '') first = cleanLine(mask.text(text.slice(0, 4 * LONGEST)), LONGEST);
    },
    first: () => first,
    told: () => (bytes === 0 ? {} : { stray: { bytes, first } }),
  };
}
