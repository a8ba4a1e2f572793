import { hatchLines } from './hatch.ts';
import { noxLines } from './nox.ts';
import type { Lines } from '../../../world/gates/command/port.ts';
import type { TaskFiles } from './port.ts';
import { toxLines } from './tox.ts';

/** What starts a program of Python where it stands before it. */
const BEFORE: readonly RegExp[] = [/^(?:uvx|pipx run|uv run|uv tool run|poetry run|pdm run) /, /^python[\d.]* -m /];
const PROGRAMS = /^(?:tox|nox|hatch)$/;

/** The program that makes environments of its own, and its arguments; null for any other command. */
export function pythonTask(
  argv: readonly string[],
): { readonly program: string; readonly words: readonly string[] } | null {
  let left = argv;
  for (let times = 0; times < 2; times++) {
    const text = left.join(' ');
    const before = BEFORE.map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined);
    if (before !== undefined) left = left.slice(before.trim().split(' ').length);
  }
  const [program = '', ...words] = left;
  return PROGRAMS.test(program) ? { program, words } : null;
}

/**
 * tox, nox and hatch make environments, which needs network. Where all that they run is known, and each environment runs tests, it can be
 * run with what a layer has installed instead.
 */
export function taskLines(argv: readonly string[], files: TaskFiles): Lines {
  const task = pythonTask(argv);
  switch (task?.program) {
    case 'tox':
      return toxLines(task.words, files);
    case 'nox':
      return noxLines(task.words, files.noxfile);
    case 'hatch':
      return hatchLines(task.words, files);
    default:
      return null;
  }
}
