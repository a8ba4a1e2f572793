import { recognise, type Runner } from './runner.ts';
import { scan } from './scan.ts';

/** The single test runner a gate starts, and how further arguments reach it. */
export interface Analysis {
  readonly runner: Runner;
  /** `direct`: at the end of the argv. `npm`: after `--`. `script`: at the end, the manager passes it on. `shell`: at the end of the text for a shell. `no`: they cannot. */
  readonly append: 'direct' | 'npm' | 'script' | 'shell' | 'no';
  /** The other simple commands that run with it, as text. */
  readonly beside: readonly string[];
}

/** Nothing after the last command that would take the arguments away from it. */
const ENDS_WITH_WORD = /^[^#]*[\w.'"/=:@+-]$/;

type Scripts = Readonly<Record<string, string>>;
const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
const MAX_DEPTH = 5;
const MOST_COMMANDS = 500;

/**
 * Finds the one test runner behind an argv, looking into `sh -c` and package scripts (and scripts they call).
 * Null when there is none, or more than one: then no single report could be expected.
 */
export function analyse(argv: readonly string[], scripts: Scripts): Analysis | null {
  const direct = recognise(argv);
  if (direct !== null) return { runner: direct, append: argv[0] === 'npm' ? 'npm' : 'direct', beside: [] };
  const called = scriptCall(argv);
  if (called !== null) {
    const bin = binOf(argv, called, scripts);
    if (bin !== null) return { runner: bin, append: 'script', beside: [] };
    const passesOn = argv[0] === 'npm' ? 'npm' : 'script';
    return only(inScript(called, scripts, [], 0), endsWithRunner(scripts[called.name] ?? '') ? passesOn : 'no');
  }
  const isShell = argv.length === 3 && (argv[0] === 'sh' || argv[0] === 'bash') && argv[1] === '-c';
  const text = argv[2] ?? '';
  return isShell
    ? only(inText(text, scripts, [], 0), endsWithRunner(text) && ENDS_WITH_WORD.test(text) ? 'shell' : 'no')
    : null;
}

type Command = readonly string[];

function only(commands: readonly Command[], append: Analysis['append']): Analysis | null {
  const runners = commands.map(recognise);
  const [runner, ...more] = runners.filter((each) => each !== null);
  if (runner === undefined || more.length > 0 || commands.length >= MOST_COMMANDS) return null;
  return {
    runner,
    append,
    beside: commands.filter((_, index) => runners[index] === null).map((words) => words.join(' ')),
  };
}

/** The package script an argv runs: `npm test`, `npm run x`, `pnpm x`, `yarn x`; null for anything else. */
export const scriptName = (argv: readonly string[]): string | null => scriptCall(argv)?.name ?? null;

interface ScriptCall {
  readonly name: string;
  /** What the manager hands on to the script. */
  readonly args: readonly string[];
}

function scriptCall(argv: readonly string[]): ScriptCall | null {
  const [manager = '', ...rest] = argv;
  if (!MANAGERS.has(manager)) return null;
  const from = rest.findIndex((word) => word !== '-s' && word !== '--silent');
  const [verb = '', ...words] = from < 0 ? [] : rest.slice(from);
  if (verb.startsWith('-')) return null;
  if (['run', 'run-script', 'rum', 'urn'].includes(verb)) {
    const at = words.findIndex((word) => word !== '-s' && word !== '--silent');
    const name = words[at];
    return name === undefined || name.startsWith('-') ? null : { name, args: handedOn(manager, words.slice(at + 1)) };
  }
  if (manager === 'npm')
    return ['test', 't', 'tst'].includes(verb) ? { name: 'test', args: handedOn(manager, words) } : null;
  return manager === 'bun' || verb === '' ? null : { name: verb, args: words };
}

/** npm keeps options in front of `--` for itself. */
const handedOn = (manager: string, words: readonly string[]): readonly string[] => {
  const divider = words.indexOf('--');
  if (manager !== 'npm') return words;
  return divider < 0
    ? words.filter((word) => !word.startsWith('-'))
    : [...words.slice(0, divider).filter((word) => !word.startsWith('-')), ...words.slice(divider + 1)];
};

/** `yarn jest`: managers other than npm start an installed program where there is no script of its name. */
const binOf = ([manager]: readonly string[], { name, args }: ScriptCall, scripts: Scripts): Runner | null =>
  manager === 'npm' || Object.hasOwn(scripts, name) ? null : recognise([name, ...args]);

/** The simple commands a script comes down to, collected in `found`. */
function inScript({ name, args }: ScriptCall, scripts: Scripts, found: Command[], depth: number): readonly Command[] {
  for (const key of [`pre${name}`, name, `post${name}`]) {
    const text = Object.hasOwn(scripts, key) ? scripts[key] : undefined;
    if (text !== undefined) inText(text, scripts, found, depth, key === name ? args : []);
  }
  return found;
}

/** `args` come behind the last command. */
function inText(
  text: string,
  scripts: Scripts,
  found: Command[],
  depth: number,
  args: readonly string[] = [],
): readonly Command[] {
  const { commands } = scan(text);
  for (const [index, command] of commands.entries()) {
    // Scripts can call each other, and themselves.
    if (found.length >= MOST_COMMANDS) break;
    const words = index === commands.length - 1 ? [...command, ...args] : command;
    const called = scriptCall(words);
    if (called === null || depth >= MAX_DEPTH) found.push(words);
    else if (binOf(words, called, scripts) !== null) found.push([called.name, ...called.args]);
    else inScript(called, scripts, found, depth + 1);
  }
  return found;
}

const endsWithRunner = (text: string): boolean => {
  const last = scan(text).commands.at(-1);
  return last !== undefined && recognise(last) !== null;
};
