import { delimiter, isAbsolute, join } from 'node:path';
import { findProgram, gatePath } from '../../sandbox/environment.ts';
import { kindOf } from '../turn/visible.ts';

/** A program of an agent: where it is, or a sentence about why it is not used. */
export type Located =
  | { readonly kind: 'found'; readonly path: string }
  | {
      readonly kind: 'missing';
      readonly why: string;
      /** It is there, but a project's. */ readonly ignored: string | null;
    };

export function locateProgram(name: string, env: NodeJS.ProcessEnv): Located {
  if (isAbsolute(name))
    return kindOf(name) === 'file'
      ? { kind: 'found', path: name }
      : { kind: 'missing', why: `${name} is not there`, ignored: null };
  const path = findProgram(name, gatePath(env));
  if (path !== null) return { kind: 'found', path };
  const ignored = inProject(name, env);
  return {
    kind: 'missing',
    why:
      ignored === null
        ? `${name} is not on the PATH`
        : `${ignored} is ignored, because what lies in a node_modules/.bin belongs to a project, not to you`,
    ignored,
  };
}

/** The program where the PATH names the packages of a project, which agents and gates do not look into. */
function inProject(name: string, env: NodeJS.ProcessEnv): string | null {
  const folders = (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => /(?:^|\/)node_modules\/\.bin\/?$/u.test(folder));
  return (
    folders.map((folder) => join(folder, name)).find((file) => isAbsolute(file) && kindOf(file) === 'file') ?? null
  );
}

/** How to get a program that is missing. */
export const fixFor = (located: Located, fix: string, agent: string): string =>
  located.kind === 'missing' && located.ignored !== null
    ? `${fix} Or name it by its whole path: command = "${located.ignored} …" under [agents.${agent}] in your configuration.`
    : fix;
