import { DECLARING, entryPoints, entryTexts, namedTexts } from '../../domain/commands/entry-points.ts';
import { asksForSpeed, foundCaptures, mayBePort, portOf, type Port } from '../../domain/commands/port.ts';
import type { RepoPath } from '../../domain/ids.ts';
import { manifestData } from './manifest-data.ts';
import { isTestCode } from '../../domain/contract/classify.ts';
import { keepsBehaviour, type GoalClass } from '../../domain/plan/plan.ts';
import type { GoalOptions } from '../../domain/goal/event.ts';
import type { RepositoryWorld } from '../repository-world.ts';
import { withHeldBack } from '../../domain/commands/held-back.ts';

/** What omk adds to a goal whose words say that it is a port, or whose class says that nothing else changes. */
export interface FoundCommands {
  readonly options: GoalOptions;
  /** What is told of it; null: nothing was added. */
  readonly told: string | null;
}

const UNTIMED =
  'note: whether it is faster is not measured: --plan with a timing measures it, ' +
  'or --planner always lets a session plan one (docs/plans.md)';

/** The commands that must do the same, found in the base, where nobody named any. */
export async function withFoundCommands(
  prompt: string,
  options: GoalOptions,
  { vault, repository }: Pick<RepositoryWorld, 'vault' | 'repository'>,
): Promise<FoundCommands> {
  const { class: is, captures, facts = [], plan } = options;
  if (is === undefined && plan === undefined && options.checks.length === 0 && asksForSpeed(prompt))
    return { options, told: UNTIMED };
  if (captures !== undefined || plan !== undefined || (is !== undefined && !keepsBehaviour(is)))
    return { options, told: null };
  if ((is === undefined || is === 'port') && !mayBePort(prompt)) return { options, told: null };
  const { tree } = repository.pin;
  const files = await vault.listTree(tree);
  const textsOf = async (paths: readonly RepoPath[]): Promise<readonly (readonly [RepoPath, string])[]> => {
    const read = await vault.readTexts(tree, paths);
    return paths.map((path, at) => [path, read[at] ?? ''] as const);
  };
  const there = new Set(files.map(({ path }) => path));
  const said = new Map(await textsOf(DECLARING.filter((path) => there.has(path))));
  const data = manifestData(said);
  const mains = namedTexts({ there, texts: said, data });
  const texts = new Map([...said, ...(await textsOf([...new Set([...entryTexts(files), ...mains])]))]);
  const entries = entryPoints(files, { there, texts, data });
  const port = is === 'refactor' ? null : portOf(prompt, entries);
  if (port === null && (is === undefined || is === 'port')) return { options, told: null };
  const all = foundCaptures(entries, texts, port);
  const found = [...withHeldBack(all.filter(({ trial }) => !trial)), ...all.filter(({ trial }) => trial)];
  if (port === null)
    return found.length === 0
      ? { options, told: null }
      : { options: { ...options, captures: found }, told: `found in the repository and compared: ${named(found)}` };
  const name = port.from.path.split('/').at(-1) ?? '';
  const stem = name.replace(/\.\w+$/, '');
  const tested = (await vault.mentions(tree, [stem])).some(({ path }) => isTestCode(path));
  const own = facts.length > 0 ? facts : [`${port.to} exists`, ...(tested ? [] : [`${port.from.path} is gone`])];
  return {
    options: { ...options, class: is ?? 'port', facts: own, captures: found },
    told: sentence(port, is ?? 'port', own, found),
  };
}

type Captures = NonNullable<GoalOptions['captures']>;

const sentence = (port: Port, is: GoalClass, facts: readonly string[], found: Captures): string =>
  `a port of ${port.from.path} to ${port.language} (--class ${is}): in the end ${facts.join(', ')}, and \`${port.run}\` does what ` +
  `\`${port.from.run}\` does now: ${named(found)}; --capture "<command> => <command>" names others`;

const named = (found: Captures): string =>
  found
    .filter(({ trial }) => !trial)
    .map(({ run, heldBack }) => `\`${run}\`${heldBack ? ' (not told to the agent)' : ''}`)
    .join(', ');
