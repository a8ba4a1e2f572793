import { dollars } from './money.ts';

/** Money in a contract's JSON, shown in dollars. */
interface Money {
  readonly pico: bigint;
}

export type ContractValue =
  | string
  | number
  | bigint
  | Money
  | readonly ContractValue[]
  | { readonly [key: string]: ContractValue | null | undefined };

const isMoney = (value: object): value is Money => 'pico' in value && typeof value.pico === 'bigint';

/**
 * JSON of a contract, fields in the order given. Whole numbers keep all 64 bits, money is exact dollars, and a field
 * without a value is left out.
 */
export function contractJson(value: ContractValue, indent = 2, depth = 0): string {
  if (typeof value === 'string' || typeof value === 'number') return JSON.stringify(value);
  if (typeof value === 'bigint') return String(value);
  if (isMoney(value)) return dollars(value.pico);
  const list: readonly string[] = isList(value)
    ? value.map((each) => contractJson(each, indent, depth + 1))
    : Object.entries(value).flatMap(([key, each]) =>
        each === null || each === undefined
          ? []
          : [`${JSON.stringify(key)}:${indent > 0 ? ' ' : ''}${contractJson(each, indent, depth + 1)}`],
      );
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  if (list.length === 0) return open + close;
  if (indent === 0) return `${open}${list.join(',')}${close}`;
  const pad = ' '.repeat(indent * (depth + 1));
  return `${open}\n${list.map((each) => pad + each).join(',\n')}\n${' '.repeat(indent * depth)}${close}`;
}

const isList = (value: object): value is readonly ContractValue[] => Array.isArray(value);
