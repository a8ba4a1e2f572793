import type { SQLOutputValue } from 'node:sqlite';
import { corrupt } from '../failures.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** A column that must be text; anything else was not written by omk. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw corrupt('the database', `column ${column} is not text`);
  return value;
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw corrupt('the database', `column ${column} is not an integer`);
  return value;
}

export const textOrNull = (row: Row, column: string): string | null =>
  row[column] === null ? null : text(row, column);
