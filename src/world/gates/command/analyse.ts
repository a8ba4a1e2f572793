import { recognise, type Runner } from './runner.ts';
import { scan } from './scan.ts';

/** The single test runner a gate starts, and how further arguments reach it. */
export interface Analysis {
  readonly runner: Runner;
  /** `direct`: at the end of the argv. `npm`: after `--`. `script`: at the end, the manager passes it on. `no`: they cannot. */
  readonly append: 'direct' | 'npm' | 'script' | 'no';
  /** The other simple commands that run with it, as text. */
  readonly beside: readonly string[];
}

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
  if (direct !== null) return { runner: direct, append: 'direct', beside: [] };
  const name = scriptName(argv);
  if (name !== null) {
    const passesOn = argv[0] === 'npm' ? 'npm' : 'script';
    return only(inScript(name, scripts, [], 0), endsWithRunner(scripts[name] ?? '') ? passesOn : 'no');
  }
  const isShell = argv.length === 3 && (argv[0] === 'sh' || argv[0] === 'bash') && argv[1] === '-c';
  return isShell ? only(inText(argv[2] ?? '', scripts, [], 0), 'no') : null;
}

type Command = readonly string[];

function only(commands: readonly Command[], append: Analysis['append']): Analysis | null {
  const runners = commands.map(recognise);
  const [runner, ...more] = runners.filter((each) => each !== null);
  if (runner === undefined || more.length > 0 || commands.length >= MOST_COMMANDS) return null;
  return { runner, append, beside: commands.filter((_, index) => runners[index] === null).map((words) => words.join(' ')) };
}

/** The package script an argv runs: `npm test`, `npm run x`, `pnpm x`, `yarn x`; null for anything else. */
export function scriptName(argv: readonly string[]): string | null {
  const [manager = '', ...rest] = argv;
  if (!MANAGERS.has(manager)) return null;
  const words = rest.filter((word) => !['-s', '--silent'].includes(word));
  const [verb = '', name] = words;
  if (verb.startsWith('-')) return null;
  if (['run', 'run-script', 'rum', 'urn'].includes(verb)) return name === undefined || name.startsWith('-') ? null : name;
  if (manager === 'npm') return ['test', 't', 'tst'].includes(verb) ? 'test' : null;
  return manager === 'bun' || verb === '' ? null : verb;
}

/** The simple commands a script comes down to, collected in `found`. */
function inScript(name: string, scripts: Scripts, found: Command[], depth: number): readonly Command[] {
  for (const key of [`pre${name}`, name, `post${name}`]) {
    const text = Object.hasOwn(scripts, key) ? scripts[key] : undefined;
    if (text !== undefined) inText(text, scripts, found, depth);
  }
  return found;
}

function inText(text: string, scripts: Scripts, found: Command[], depth: number): readonly Command[] {
  for (const words of scan(text).commands) {
    // Scripts can call each other, and themselves.
    if (found.length >= MOST_COMMANDS) break;
    const name = scriptName(words);
    if (name === null || depth >= MAX_DEPTH) found.push(words);
    else inScript(name, scripts, found, depth + 1);
  }
  return found;
}

const endsWithRunner = (text: string): boolean => {
  const last = scan(text).commands.at(-1);
  return last !== undefined && recognise(last) !== null;
};
