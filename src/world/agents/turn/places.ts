import { tmpdir } from 'node:os';
import { basename, isAbsolute } from 'node:path';
import { standingIn, type Standing } from '../../../domain/text/standing.ts';
import type { TurnRequest } from '../port.ts';
import { isOfSystem, realOf } from './visible.ts';

interface Known {
  readonly stateDir: string;
  readonly home: string;
  readonly bundled: { readonly roleServer: readonly string[] };
}

type Asked = Pick<TurnRequest, 'agent' | 'worktree' | 'scratch' | 'hidden'>;

/** Paths of this machine that a turn may tell, and what is kept instead: nobody else has them. */
export function placesOf({ stateDir, home, bundled }: Known, request: Asked): readonly Standing[] {
  const { agent, worktree, scratch, hidden } = request;
  const [repository, ...others] = hidden.filter((path) => path !== stateDir && !path.startsWith(`${stateDir}/`));
  const programs = [...agent.argv, ...bundled.roleServer].filter((word) => isAbsolute(word) && !isOfSystem(word));
  const places: readonly (readonly [string, string])[] = [
    ...programs.map((path) => [path, `{program}/${basename(path)}`] as const),
    ...others.map((path) => [path, '{hidden}'] as const),
    ...(isShared(tmpdir()) ? [] : [[tmpdir(), '{tmp}'] as const]),
    [home, '~'],
    [stateDir, '{state}'],
    ...(repository === undefined ? [] : [[repository, '{repository}'] as const]),
    [scratch, '{scratch}'],
    [worktree, '{worktree}'],
  ];
  return standingIn(new Map(places.flatMap(([path, word]) => namesOf(path).map((name) => [name, word] as const))));
}

/** A path as programs write it: through links or not, and in addresses. */
const namesOf = (path: string): readonly string[] =>
  [path, realOf(path) ?? path].flatMap((name) => [name, encodeURI(name)]);

const isShared = (path: string): boolean => ['/tmp', '/var/tmp'].includes(path);
