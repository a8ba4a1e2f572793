import { styleText } from 'node:util';
import { fit, width } from '../text/width.ts';

export type Style = Parameters<typeof styleText>[0];

/** A piece of a line and how it looks where colour is wanted. */
export interface Piece {
  readonly text: string;
  readonly style?: Style;
}

/** One line of a terminal: cut to `columns` first and coloured afterwards, so that colour never changes what is shown. */
export function line(
  pieces: readonly Piece[],
  options: { readonly columns: number; readonly colour: boolean },
): string {
  let left = options.columns;
  let text = '';
  for (const piece of pieces) {
    const whole = width(piece.text) <= left;
    const shown = fit(piece.text, left);
    text +=
      piece.style !== undefined && options.colour && shown !== ''
        ? styleText(piece.style, shown, { validateStream: false })
        : shown;
    if (!whole) break;
    left -= width(shown);
  }
  return options.colour ? text : text.trimEnd();
}
