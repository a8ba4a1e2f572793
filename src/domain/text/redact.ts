import { expressionOf, SECRET_SHAPES, SHORTEST_VALUE } from '../secrets/shapes.ts';

const SHAPES: readonly RegExp[] = SECRET_SHAPES.map(expressionOf);
export const MASK = '[redacted]';

/** Replaces the given secret values (8 characters or longer) and well-known shapes of secrets by `[redacted]` (trust rule T16). */
export function redact(text: string, values: readonly string[]): string {
  const known = values.filter((value) => value.length >= SHORTEST_VALUE).sort((a, b) => b.length - a.length);
  const masked = known.reduce((rest, value) => rest.replaceAll(value, MASK), text);
  return SHAPES.reduce((rest, shape) => rest.replace(shape, MASK), masked);
}
