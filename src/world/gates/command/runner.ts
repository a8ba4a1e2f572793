import type { Runner } from './analysis.ts';
import { allProjects } from '../../../ecosystems/projects.ts';
import { READERS } from '../readers/all.ts';
import { isAssignment } from './scan.ts';

const WRAPPERS = new Set(['env', 'xvfb-run', 'time', 'nice', ...allProjects(({ wrappers }) => wrappers ?? [])]);
const MANAGERS = new Set(allProjects(({ managers }) => managers ?? []));
const WRAPPER_WORDS = new Set(['run', 'exec', 'dlx', 'x']);
const BEHIND = allProjects(({ behindScript: behind }) => (behind ? [behind] : []));
const INSTALLED = allProjects(({ installed }) => (installed ? [installed] : []));
/** Options of wrappers that stand alone: what follows them is not their value. */
const FLAGS = /^(?:--|-y|--yes|--no|--no-.*|-q|--quiet|-s|--silent|--all|--check-coverage|--auto-servernum|-a|-i)$/;

/** What a simple command may start, wrappers like `npx` taken off: its words from each place on where a program can stand. */
export function* behindWrappers(
  words: readonly string[],
): Generator<{ readonly words: readonly string[]; readonly before: readonly string[]; readonly start: boolean }> {
  let wrapped = false;
  for (const [at, word] of words.entries()) {
    const isManager = MANAGERS.has(word) && ['exec', 'dlx', 'x'].includes(words[at + 1] ?? '');
    if (isManager || WRAPPERS.has(base(word))) {
      wrapped = true;
    } else if (!isAssignment(word)) {
      const before = words[at - 1] ?? '';
      const isValue = before.startsWith('-') && !before.includes('=') && !FLAGS.test(before);
      const passed = wrapped && (word.startsWith('-') || WRAPPER_WORDS.has(word) || isValue);
      yield { words: words.slice(at), before: words.slice(0, at), start: !passed };
      if (!passed) return;
    }
  }
}

/**
 * The test runners that a simple command may be: none, one, or with it those that the content of a script given
 * to an interpreter can show.
 */
export function runnersOf(words: readonly string[]): readonly Runner[] {
  for (const { words: inner, before } of behindWrappers(words)) {
    const found = [...started(inner), ...behindScript(inner)];
    if (found.length > 0) return found.map((each) => ({ ...each, sets: setIn(before) }));
  }
  return [];
}

/** A script that starts what stands behind it. */
function behindScript(words: readonly string[]): readonly Omit<Runner, 'sets'>[] {
  const rest = BEHIND.flatMap((behind) => behind(words));
  const name = rest.findIndex((word) => !isAssignment(word) && !WRAPPERS.has(word));
  const runner = name < 0 || (rest[name] ?? '').includes('/') ? [] : started(rest.slice(name));
  return runner.filter(({ entry }) => entry === undefined);
}

/** The test runner a simple command starts, as far as its words tell; null when there is none. */
export const recognise = (words: readonly string[]): Runner | null => runnersOf(words)[0] ?? null;

function started(words: readonly string[]): readonly Omit<Runner, 'sets'>[] {
  const [program = '', ...args] = INSTALLED.reduce((left, installed) => installed(left), words);
  const found = READERS.flatMap((reader) => {
    const one = reader.recognise(base(program), args);
    return one === null ? [] : [{ reader: reader.name, ...one }];
  });
  const certain = found.find(({ entry }) => entry === undefined);
  return certain === undefined ? found : [certain];
}

/** What assignments leave nothing of; `A="$A more"` only adds. */
const setIn = (words: readonly string[]): readonly string[] =>
  words.filter(isAssignment).flatMap((word) => {
    const [name = '', ...value] = word.split('=');
    return new RegExp(`\\$\\{?${name}\\b`).test(value.join('=')) ? [] : [name];
  });

const base = (word: string): string => word.slice(word.lastIndexOf('/') + 1);
