import { READERS } from '../readers/all.ts';
import type { Reader, Started } from '../readers/port.ts';
import { isAssignment } from './scan.ts';

/** A test runner found in one simple command. */
export interface Runner extends Started {
  readonly reader: Reader['name'];
  /** Variables that the command sets for the runner, so that nothing else could. */
  readonly sets: readonly string[];
}

const WRAPPERS = new Set(
  'npx bunx cross-env env env-cmd c8 nyc dotenv dotenvx xvfb-run uv poetry pdm hatch pipenv coverage time nice'.split(
    ' ',
  ),
);
const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
const WRAPPER_WORDS = new Set(['run', 'exec', 'dlx', 'x']);
/** Options of wrappers that stand alone: what follows them is not their value. */
const FLAGS = /^(?:--|-y|--yes|--no|--no-.*|-q|--quiet|-s|--silent|--all|--check-coverage|--auto-servernum|-a|-i)$/;

/** Recognises the test runner a simple command starts, through the usual wrappers; null when there is none. */
export function recognise(words: readonly string[]): Runner | null {
  let wrapped = false;
  for (const [at, word] of words.entries()) {
    const isManager = MANAGERS.has(word) && ['exec', 'dlx', 'x'].includes(words[at + 1] ?? '');
    if (isManager || WRAPPERS.has(base(word))) {
      wrapped = true;
    } else if (!isAssignment(word)) {
      const found = started(words.slice(at));
      if (found !== null) return { ...found, sets: setIn(words.slice(0, at)) };
      const before = words[at - 1] ?? '';
      const isValue = before.startsWith('-') && !before.includes('=') && !FLAGS.test(before);
      if (!(wrapped && (word.startsWith('-') || WRAPPER_WORDS.has(word) || isValue))) return null;
    }
  }
  return null;
}

function started(words: readonly string[]): Omit<Runner, 'sets'> | null {
  const [program = '', ...args] = installed(words);
  for (const reader of READERS) {
    const found = reader.recognise(base(program), args);
    if (found !== null) return { reader: reader.name, ...found };
  }
  return null;
}

/** `node node_modules/jest/bin/jest.js x` as `jest x`: a program of an installed package, started by hand. */
function installed(words: readonly string[]): readonly string[] {
  if (base(words[0] ?? '') !== 'node') return words;
  for (const [at, word] of words.entries()) {
    const [, link, name] = /(?:^|\/)node_modules\/(?:\.bin\/([^/]+)|((?:@[^/]+\/)?[^/]+)\/.+)$/.exec(word) ?? [];
    const program = link ?? (name === '@playwright/test' ? 'playwright' : name?.replace(/-cli$/, ''));
    if (program !== undefined && !word.startsWith('-') && !LOADS.has(words[at - 1] ?? ''))
      return [program, ...words.slice(at + 1)];
  }
  return words;
}

const LOADS = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader']);

/** What assignments leave nothing of; `A="$A more"` only adds. */
const setIn = (words: readonly string[]): readonly string[] =>
  words.filter(isAssignment).flatMap((word) => {
    const [name = '', ...value] = word.split('=');
    return new RegExp(`\\$\\{?${name}\\b`).test(value.join('=')) ? [] : [name];
  });

const base = (word: string): string => word.slice(word.lastIndexOf('/') + 1);
