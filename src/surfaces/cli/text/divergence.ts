import { isObject } from '../../../domain/record.ts';
import type { Divergence } from '../../../app/replay-run.ts';
import { cleanLine } from '../../../domain/text/clean.ts';

/** Fields that are named. */
const NAMED = 5;

/** Both sides of a divergence: the fields in which two events differ, or what one side has and the other has not. */
export function divergenceLines({ recorded, here, text }: Divergence): readonly string[] {
  if (recorded === null || here === null || recorded.type !== here.type)
    return [`  recorded  ${recorded?.type ?? 'no more events'}`, `  here      ${here?.type ?? 'no event was made'}`];
  const found = differences(recorded.data, here.data, '');
  return [
    `  ${recorded.type}`,
    ...found
      .slice(0, NAMED)
      .flatMap(({ path, one, other }) => [`  ${path}`, `    recorded  ${shown(one)}`, `    here      ${shown(other)}`]),
    ...(text
      ? [`  line ${text.line}`, `    recorded  ${shown(text.recorded)}`, `    here      ${shown(text.here)}`]
      : []),
    ...(found.length > NAMED ? [`  and ${found.length - NAMED} more`] : []),
  ];
}

interface Difference {
  readonly path: string;
  readonly one: unknown;
  readonly other: unknown;
}

function differences(one: unknown, other: unknown, path: string): readonly Difference[] {
  if (!isObject(one) || !isObject(other)) return one === other ? [] : [{ path, one, other }];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].flatMap((name) =>
    differences(Reflect.get(one, name), Reflect.get(other, name), path === '' ? name : `${path}.${name}`),
  );
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : cleanLine(JSON.stringify(value), 160));
