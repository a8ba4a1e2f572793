/** One line of the table, as text. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly against: string;
  /** The ratio or difference that counts. */
  readonly figure: string;
  readonly aim: string;
}

export const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
export const plus = (value: number): string => `${value >= 0 ? '+' : '-'}${ms(Math.abs(value))}`;
