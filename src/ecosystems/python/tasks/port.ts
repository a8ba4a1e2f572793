import type { Lines } from '../../../world/gates/command/port.ts';
import { recognise } from '../../../world/gates/command/runner.ts';
import { scan } from '../../../world/gates/command/scan.ts';

/** The files in which task runners of Python say what they run; empty where one is not there. */
export interface TaskFiles {
  readonly tox: string;
  readonly pyproject: string;
  readonly noxfile: string;
  readonly hatch: string;
}

const PLAIN = /^[\w@%+=:,./-]+$/;

export const quoted = (words: readonly string[]): string =>
  words.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');

/** Values of options, and what stands behind `--`. */
export function optionsOf(
  words: readonly string[],
  names: RegExp,
): { readonly values: readonly string[]; readonly rest: readonly string[] } {
  const divider = words.indexOf('--');
  const own = divider < 0 ? words : words.slice(0, divider);
  const values = own.flatMap((word, index) => {
    const isGlued = /^-\w[^=]/.test(word) && !names.test(word) && names.test(word.slice(0, 2));
    const [name = '', inline] = isGlued ? [word.slice(0, 2), word.slice(2)] : word.split('=', 2);
    if (!names.test(name)) return [];
    return (inline ?? own[index + 1] ?? '').split(',');
  });
  return { values: values.filter((value) => value !== ''), rest: divider < 0 ? [] : words.slice(divider + 1) };
}

const runsTests = (line: string): boolean => scan(line).commands.some((words) => recognise(words) !== null);

/** The lines of all environments together, each once; null unless each of them runs tests. */
export function together(environments: readonly Lines[]): Lines {
  if (environments.length === 0) return null;
  const all = environments.map((lines) => (lines?.some(runsTests) === true ? lines : null));
  return all.some((lines) => lines === null) ? null : [...new Set(all.flatMap((lines) => lines ?? []))];
}
