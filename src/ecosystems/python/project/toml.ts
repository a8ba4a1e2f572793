import { parse } from 'smol-toml';

type Table = Readonly<Record<string, unknown>>;

/** Null where it is not TOML: whoever installs will say what is wrong with it. */
export function readToml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const tableOf = (value: unknown): Table => (isTable(value) ? value : {});

export const at = (value: unknown, key: string): unknown =>
  Object.hasOwn(tableOf(value), key) ? tableOf(value)[key] : undefined;

export const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
