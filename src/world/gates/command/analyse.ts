import { recognise, type Runner } from './runner.ts';
import { scan } from './scan.ts';

/** The single test runner a gate starts, and how further arguments reach it. */
export interface Analysis {
  readonly runner: Runner;
  /** `direct`: at the end of the argv. `npm`: after `--`. `script`: at the end, the manager passes it on. `no`: they cannot. */
  readonly append: 'direct' | 'npm' | 'script' | 'no';
}

type Scripts = Readonly<Record<string, string>>;
const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
const MAX_DEPTH = 5;

/**
 * Finds the one test runner behind an argv, looking into `sh -c` and package scripts (and scripts they call).
 * Null when there is none, or more than one: then no single report could be expected.
 */
export function analyse(argv: readonly string[], scripts: Scripts): Analysis | null {
  const direct = recognise(argv);
  if (direct !== null) return { runner: direct, append: 'direct' };
  const name = scriptName(argv);
  if (name !== null) {
    const runners = inScript(name, scripts, 0);
    const [runner] = runners;
    if (runner === undefined || runners.length > 1) return null;
    return { runner, append: endsWithRunner(scripts[name] ?? '') ? (argv[0] === 'npm' ? 'npm' : 'script') : 'no' };
  }
  if (argv.length === 3 && (argv[0] === 'sh' || argv[0] === 'bash') && argv[1] === '-c') {
    const runners = inText(argv[2] ?? '', scripts, 0);
    const [runner] = runners;
    return runner === undefined || runners.length > 1 ? null : { runner, append: 'no' };
  }
  return null;
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

function inScript(name: string, scripts: Scripts, depth: number): Runner[] {
  if (depth > MAX_DEPTH) return [];
  return [`pre${name}`, name, `post${name}`].flatMap((key) => {
    const text = Object.hasOwn(scripts, key) ? scripts[key] : undefined;
    return text === undefined ? [] : inText(text, scripts, depth);
  });
}

function inText(text: string, scripts: Scripts, depth: number): Runner[] {
  return scan(text).commands.flatMap((words) => {
    const runner = recognise(words);
    if (runner !== null) return [runner];
    const name = scriptName(words);
    return name === null ? [] : inScript(name, scripts, depth + 1);
  });
}

const endsWithRunner = (text: string): boolean => {
  const last = scan(text).commands.at(-1);
  return last !== undefined && recognise(last) !== null;
};
