import { hasManyTasks, type GoalState } from '../../domain/goal/state.ts';
import type { RepoPath, TreeId } from '../../domain/ids.ts';
import { importsOf, unknownNames } from '../../domain/oracle/imports.ts';
import type { Handed } from '../../domain/goal/checks-submission.ts';
import type { Vault } from '../../world/git/port.ts';

/** Names that hidden checks take from the product and that the worker cannot know: a sentence for each file. */
export async function whyUnknown(
  state: GoalState,
  { vault, base }: { readonly vault: Pick<Vault, 'listTree' | 'readTexts'>; readonly base: TreeId },
  handed: Extract<Handed, { kind: 'good' }>,
  { textOf, hidden }: { readonly textOf: (path: RepoPath) => string; readonly hidden: ReadonlySet<RepoPath> },
): Promise<readonly string[]> {
  const isHidden = (path: RepoPath): boolean => hasManyTasks(state) || hidden.has(path);
  const imports = handed.checks
    .filter(isHidden)
    .map((path) => ({ path, all: importsOf(path, textOf(path)) }))
    .filter(({ all }) => all.length > 0);
  if (imports.length === 0) return [];
  const there = new Set((await vault.listTree(base)).map(({ path }) => path));
  const places = [...new Set(imports.flatMap(({ all }) => all.flatMap((each) => each.places)))].filter((path) =>
    there.has(path),
  );
  const texts = await vault.readTexts(base, places);
  const ofBase = new Map(places.map((path, index) => [path, texts[index] ?? '']));
  const plan = state.created?.options.plan?.document;
  const known = [
    state.created?.prompt ?? '',
    ...(state.created?.material ?? []).map(({ text }) => text),
    ...(plan?.criteria ?? []).map(({ text }) => text),
    ...(plan?.interface ?? []),
    ...handed.interface,
    ...handed.checks.filter((path) => !isHidden(path)).map(textOf),
  ].join('\n');
  const wrong = new Set(handed.wrong);
  const where = {
    known,
    base: (path: RepoPath) => ofBase.get(path) ?? null,
    isNew: (path: RepoPath) => wrong.has(path),
  };
  return imports.flatMap(({ path, all }) => {
    const names = [...new Set(unknownNames(all, where))].slice(0, 5);
    return names.length === 0
      ? []
      : [
          `${path} uses ${names.join(', ')}, which neither the goal nor the interface names and the repository does not have: ` +
            `the other agent could not know it. Name it in "interface", or use another`,
        ];
  });
}
