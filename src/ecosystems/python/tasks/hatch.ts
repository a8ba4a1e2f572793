import { at, readToml, strings } from '../project/toml.ts';
import type { Lines } from '../../../world/gates/command/port.ts';
import { quoted, together, type TaskFiles } from './port.ts';

const DEEPEST = 5;

/** What `hatch test`, `hatch run x` and `hatch run env:x` run. */
export function hatchLines(
  words: readonly string[],
  { pyproject, hatch }: Pick<TaskFiles, 'pyproject' | 'hatch'>,
): Lines {
  const own = at(readToml(hatch), 'envs');
  const envs = own ?? at(at(at(readToml(pyproject), 'tool'), 'hatch'), 'envs');
  const [verb = '', ...given] = words.filter((word, index) => word !== '--' && !(index === 0 && word.startsWith('-')));
  if (verb === 'test') {
    if (given.some((word) => /^-(?:a|c|i|x|py)$|^--(?:all|cover|include|exclude|python|show)/.test(word))) return null;
    const scripts = at(at(envs, 'hatch-test'), 'scripts');
    return together([scripted(scripts, 'run', given, 0) ?? [quoted(['pytest', ...given])]]);
  }
  const [said = '', ...args] = verb === 'run' ? given : [];
  const [, env = 'default', name = ''] = /^(?:([\w.-]+):)?(.+)$/.exec(said) ?? [];
  if (name === '' || name.startsWith('-') || name.startsWith('+')) return null;
  return together([scripted(at(at(envs, env), 'scripts'), name, args, 0) ?? [quoted([name, ...args])]]);
}

/** The lines of a script, and of those it calls; null where there is none of that name. */
function scripted(scripts: unknown, name: string, args: readonly string[], depth: number): Lines {
  const said = at(scripts, name);
  const lines = typeof said === 'string' ? [said] : strings(said);
  if (lines.length === 0 || depth > DEEPEST) return null;
  return lines.flatMap((line) => {
    const filled = line
      .replaceAll(/\{args(?::([^{}]*))?\}/g, (_, usual?: string) => (args.length > 0 ? quoted(args) : (usual ?? '')))
      .replaceAll(/\{env:\w+(?::([^{}]*))?\}/g, (_, usual?: string) => usual ?? '')
      .trim();
    const [first = '', ...rest] = filled.split(/\s+/);
    return first === name ? [filled] : (scripted(scripts, first, rest, depth + 1) ?? [filled]);
  });
}
