import { isPlaceholder, looksRandom } from './placeholder.ts';
import { expressionOf, SECRET_SHAPES } from './shapes.ts';

export interface FoundSecret {
  readonly kind: string;
  readonly value: string;
  /** Where it begins, in UTF-16 units of the text. */
  readonly at: number;
}

const WANTED = SECRET_SHAPES.filter((shape) => !shape.maskOnly).map((shape) => ({
  ...shape,
  expression: expressionOf(shape),
}));
/** What a key holds beside its first and last line; less is talk about keys. */
const KEY_BODY = /-----(?:\s|\\n|\\r|["'+,]|[A-Za-z-]+: [^\n]*\n)*[A-Za-z0-9+/=]{40,}/;

/** The secrets of well-known shapes in a text, the same place once, without what only stands for one. Total on any text. */
export function findSecrets(text: string): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  const taken = new Set<number>();
  for (const { kind, expression, ambiguous } of WANTED)
    for (const { 0: value, index } of text.matchAll(expression)) {
      if (taken.has(index)) continue;
      if (kind === 'private key' ? !KEY_BODY.test(value) : isPlaceholder(value) || (ambiguous && !looksRandom(value)))
        continue;
      taken.add(index);
      found.push({ kind, value, at: index });
    }
  return found.sort((a, b) => a.at - b.at);
}

/** Lines are counted from 1. */
export const lineAt = (text: string, at: number): number => {
  let line = 1;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line += 1;
  return line;
};
