import { fit, padEnd, width } from './width.ts';

export interface TableOptions {
  /** Columns of the terminal; null: rows are as wide as they need, for pipes. */
  readonly columns: number | null;
}

const GAP = 2;

/**
 * Rows of cells as aligned lines, the head first when there is one. On a narrow terminal the widest column gives way, so
 * that names and numbers stay whole as long as they can. Cells are single lines without colour.
 */
export function table(
  head: readonly string[] | null,
  rows: readonly (readonly string[])[],
  options: TableOptions,
): readonly string[] {
  const all = head === null ? rows : [head, ...rows];
  const count = Math.max(0, ...all.map((row) => row.length));
  const natural = Array.from({ length: count }, (_, column) =>
    Math.max(0, ...all.map((row) => width(row[column] ?? ''))),
  );
  const widths = options.columns === null ? natural : shrink(natural, options.columns - GAP * (count - 1));
  return all.map((row) => line(row, widths, options.columns));
}

function line(row: readonly string[], widths: readonly number[], columns: number | null): string {
  const cells = widths.map((wide, column) => padEnd(fit(row[column] ?? '', wide), wide));
  const text = cells.join(' '.repeat(GAP)).trimEnd();
  return columns === null ? text : fit(text, columns);
}

/** Takes columns away from the widest until they fit; nothing goes below 4. */
function shrink(natural: readonly number[], room: number): readonly number[] {
  const widths = natural.map((wide) => Math.min(wide, Math.max(4, room)));
  while (sum(widths) > room && Math.max(...widths) > 4) {
    const widest = widths.lastIndexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
