import { READERS } from '../readers/all.ts';
import type { Reader, Started } from '../readers/port.ts';
import { isAssignment } from './scan.ts';

/** A test runner found in one simple command. */
export interface Runner extends Started {
  readonly reader: Reader['name'];
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
  const [program = '', ...args] = words.slice(at);
  for (const reader of READERS) {
    const started = reader.recognise(base(program), args);
    if (started !== null) return { reader: reader.name, ...started };
  }
  return null;
}

const base = (word: string): string => word.slice(word.lastIndexOf('/') + 1);
