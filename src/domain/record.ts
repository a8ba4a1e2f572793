/** Members by name, as parsed JSON, TOML and YAML have them. */
export type Members = Readonly<Record<string, unknown>>;

/** An object with members, and no list. */
export const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Anything that has members. */
export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
