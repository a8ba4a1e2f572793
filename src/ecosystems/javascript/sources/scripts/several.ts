import type { Scripts, Several } from '../../../../domain/project/project-rules.ts';

/** What `npm-run-all`, `run-s`, `run-p` and `concurrently` start; null for anything else. */
export function several([program = '', ...words]: readonly string[], scripts: Scripts): readonly Several[] | null {
  switch (program.slice(program.lastIndexOf('/') + 1)) {
    case 'run-s':
      return runAll(words, false, scripts);
    case 'run-p':
      return runAll(words, true, scripts);
    case 'npm-run-all':
    case 'npm-run-all2':
      return runAll(words, false, scripts);
    case 'concurrently':
    case 'conc':
      return [{ lines: concurrent(words, scripts), parallel: true }];
    default:
      return null;
  }
}

const PARALLEL = new Set(['-p', '--parallel']);
const SERIAL = new Set(['-s', '--serial', '--sequential', '--sequence']);

function runAll(words: readonly string[], parallel: boolean, scripts: Scripts): readonly Several[] {
  const groups: { lines: string[]; parallel: boolean }[] = [{ lines: [], parallel }];
  const divider = words.indexOf('--');
  for (const word of divider < 0 ? words : words.slice(0, divider)) {
    if (PARALLEL.has(word) || SERIAL.has(word)) groups.push({ lines: [], parallel: PARALLEL.has(word) });
    else if (!word.startsWith('-')) groups.at(-1)?.lines.push(...named(word, scripts).map((name) => `npm run ${name}`));
  }
  return groups;
}

/** `npm:x`, `pnpm:x` and the like are scripts, anything else is a command line. */
const concurrent = (words: readonly string[], scripts: Scripts): readonly string[] =>
  words
    .filter((word) => !word.startsWith('-'))
    .flatMap((word) => {
      const [, manager, name] = /^(npm|pnpm|yarn|bun):(\S+)$/.exec(word) ?? [];
      return name === undefined ? [word] : named(name, scripts).map((each) => `${manager} run ${each}`);
    });

/** Names of scripts that a pattern means: `*` within one part, `**` across parts, which `:` divides. Arguments behind a name stay. */
function named(pattern: string, scripts: Scripts): readonly string[] {
  const [name = '', ...args] = pattern.split(/\s+/);
  if (!name.includes('*')) return [pattern];
  const parts = name.split(':');
  return Object.keys(scripts)
    .filter((key) => matches(key.split(':'), parts))
    .map((key) => [key, ...args].join(' '));
}

function matches([key, ...keys]: readonly string[], [part, ...parts]: readonly string[]): boolean {
  if (part === undefined) return key === undefined;
  if (key === undefined) return false;
  if (part === '**') return matches(keys, parts) || matches(keys, [part, ...parts]);
  return (part === '*' || part === key) && matches(keys, parts);
}
