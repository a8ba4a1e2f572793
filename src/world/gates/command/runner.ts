import type { ReaderName } from '../../../domain/gates/gate.ts';
import { isAssignment } from './scan.ts';

/** A test runner found in one simple command. */
export interface Runner {
  readonly reader: Exclude<ReaderName, 'exit_only'>;
  /** Arguments of the runner itself. */
  readonly args: readonly string[];
  /** A script given to a plain `node`: it runs tests only if it imports `node:test`, which its content must show. */
  readonly entry: string | null;
}

const WRAPPERS = new Set([
  'npx',
  'bunx',
  'cross-env',
  'env',
  'c8',
  'nyc',
  'dotenv',
  'uv',
  'poetry',
  'pdm',
  'hatch',
  'pipenv',
  'coverage',
  'time',
]);
const WRAPPER_WORDS = new Set(['run', 'exec', 'dlx']);
const JAVASCRIPT = /\.[cm]?[jt]s$/;

/** Recognises the test runner a simple command starts, through the usual wrappers; null when there is none. */
export function recognise(words: readonly string[]): Runner | null {
  let at = 0;
  let wrapped = false;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (WRAPPERS.has(base(word))) wrapped = true;
    else if (!(isAssignment(word) || (wrapped && (word.startsWith('-') || WRAPPER_WORDS.has(word))))) break;
    else if (wrapped && word === '-m') break;
  }
  const rest = words.slice(at);
  const program = base(rest[0] ?? '');
  const args = rest.slice(1);
  if (program === '-m') return args[0] === 'pytest' ? found('pytest', args.slice(1)) : null;
  if (program === 'pytest' || program === 'py.test') return found('pytest', args);
  if (/^python(3(\.\d+)?)?$/.test(program)) return pythonModule(args);
  if (program === 'go') return args[0] === 'test' ? found('go-test', args.slice(1)) : null;
  if (program === 'vitest') return vitest(args);
  if (program === 'node' || program === 'tsx') return node(args);
  return null;
}

const base = (word: string): string => word.slice(word.lastIndexOf('/') + 1);
const found = (reader: Runner['reader'], args: readonly string[], entry: string | null = null): Runner => ({ reader, args, entry });

function pythonModule(args: readonly string[]): Runner | null {
  const at = args.indexOf('-m');
  if (at < 0 || !args.slice(0, at).every((arg) => arg.startsWith('-'))) return null;
  if (args[at + 1] === 'pytest') return found('pytest', args.slice(at + 2));
  if (args[at + 1] !== 'coverage') return null;
  return recognise(['coverage', ...args.slice(at + 2)]);
}

function vitest(args: readonly string[]): Runner | null {
  const command = args[0] ?? '';
  if (['bench', 'watch', 'dev', 'list', 'init', 'typecheck'].includes(command) || args.includes('--watch')) return null;
  return found('vitest', command === 'run' || command === 'related' ? args.slice(1) : args);
}

function node(args: readonly string[]): Runner | null {
  if (args.includes('--test'))
    return found(
      'node-test',
      args.filter((arg) => arg !== '--test'),
    );
  const entry = args.find((arg, index) => !arg.startsWith('-') && JAVASCRIPT.test(arg) && !takesValue(args[index - 1]));
  return entry === undefined ? null : found('node-test', args, entry.replace(/^\.\//, ''));
}

const takesValue = (option: string | undefined): boolean =>
  option !== undefined && ['-r', '--require', '--import', '--loader', '--experimental-loader', '--env-file'].includes(option);
