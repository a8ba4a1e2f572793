import { InvalidArgumentError } from 'commander';

/** What commands of one goal have in common: how it is named, and how their flags are read. */
export const LATEST = 'latest';
export const GOAL = 'a name, the beginning of one, or latest of this repository';

export interface Json {
  readonly json?: true;
}

export interface Which {
  readonly attempt?: number;
  readonly turn?: number;
}

export const which = ({ attempt, turn }: Which) => ({ attempt: attempt ?? null, turn: turn ?? null });

export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export function count(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number from 1 on.');
}
