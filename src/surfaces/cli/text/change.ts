const CONTEXT = 2;
const LONGEST = 60;

/** What changed from one text to another, as lines that begin with ` `, `-` or `+`: one stretch, because an edit is one. */
export function changedLines(before: string | null, after: string): readonly string[] {
  const [old, made] = [lines(before ?? ''), lines(after)];
  let top = 0;
  while (top < old.length && top < made.length && old[top] === made[top]) top += 1;
  let end = 0;
  while (end < old.length - top && end < made.length - top && old.at(-1 - end) === made.at(-1 - end)) end += 1;
  return [
    ...old.slice(Math.max(0, top - CONTEXT), top).map((line) => ` ${line}`),
    ...cut(old.slice(top, old.length - end)).map((line) => `-${line}`),
    ...cut(made.slice(top, made.length - end)).map((line) => `+${line}`),
    ...old.slice(old.length - end, old.length - end + CONTEXT).map((line) => ` ${line}`),
  ];
}

const lines = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/u, '').split('\n'));

const cut = (all: readonly string[]): readonly string[] =>
  all.length <= LONGEST ? all : [...all.slice(0, LONGEST), `… ${all.length - LONGEST} more lines`];
