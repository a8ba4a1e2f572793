import { hasManyTasks, type GoalState } from '../../domain/goal/state.ts';
import type { RepoPath, TreeId } from '../../domain/ids.ts';
import { declaredTypes, unknownDeclared, wordsIn } from '../../domain/oracle/declared.ts';
import { importsOf, readsImports, unknownNames } from '../../domain/oracle/imports.ts';
import { WRONG, type Handed } from '../../domain/goal/checks-submission.ts';
import type { Syntax } from '../../world/syntax/port.ts';
import type { Vault } from '../../world/git/port.ts';

/** Names that hidden checks take from the product and that the worker cannot know: a sentence for each file. */
export async function whyUnknown(
  state: GoalState,
  {
    vault,
    base,
    syntax,
  }: {
    readonly vault: Pick<Vault, 'listTree' | 'readTexts' | 'mentions'>;
    readonly base: TreeId;
    readonly syntax: Pick<Syntax, 'hollow'>;
  },
  handed: Extract<Handed, { kind: 'good' }>,
  { textOf, hidden }: { readonly textOf: (path: RepoPath) => string; readonly hidden: ReadonlySet<RepoPath> },
): Promise<readonly string[]> {
  const isHidden = (path: RepoPath): boolean => hasManyTasks(state) || hidden.has(path);
  const hiddenChecks = handed.checks.filter(isHidden).map((path) => ({ path, text: textOf(path) }));
  const plan = state.created?.options.plan?.document;
  const known = [
    state.created?.prompt ?? '',
    ...(state.created?.material ?? []).map(({ text }) => text),
    ...(plan?.criteria ?? []).map(({ text }) => text),
    ...(plan?.interface ?? []),
    ...handed.interface,
    ...handed.checks.filter((path) => !isHidden(path)).map(textOf),
  ].join('\n');
  const where = { vault, base, syntax };
  return [
    ...(await byImports(where, handed, hiddenChecks, known)),
    ...(await byDeclarations(where, handed, hiddenChecks, { known, textOf })),
  ];
}

interface Where {
  readonly vault: Pick<Vault, 'listTree' | 'readTexts' | 'mentions'>;
  readonly base: TreeId;
  readonly syntax: Pick<Syntax, 'hollow'>;
}
interface Check {
  readonly path: RepoPath;
  readonly text: string;
}
type Good = Extract<Handed, { kind: 'good' }>;

/** JavaScript, TypeScript and Python say in their imports what they take from where. */
async function byImports(
  { vault, base }: Where,
  handed: Good,
  checks: readonly Check[],
  known: string,
): Promise<readonly string[]> {
  const imports = checks
    .map(({ path, text }) => ({ path, all: importsOf(path, text) }))
    .filter(({ all }) => all.length > 0);
  if (imports.length === 0) return [];
  const there = new Set((await vault.listTree(base)).map(({ path }) => path));
  const places = [...new Set(imports.flatMap(({ all }) => all.flatMap((each) => each.places)))].filter((path) =>
    there.has(path),
  );
  const texts = await vault.readTexts(base, places);
  const ofBase = new Map(places.map((path, index) => [path, texts[index] ?? '']));
  const wrong = new Set(handed.wrong);
  const where = {
    known,
    base: (path: RepoPath) => ofBase.get(path) ?? null,
    isNew: (path: RepoPath) => wrong.has(path),
  };
  return imports.flatMap(({ path, all }) => told(path, unknownNames(all, where)));
}

/** In other languages what a wrong solution declares is what checks use of the product: functions by their grammar, and types. */
async function byDeclarations(
  { vault, base, syntax }: Where,
  { wrong }: Good,
  checks: readonly Check[],
  { known, textOf }: { readonly known: string; readonly textOf: (path: RepoPath) => string },
): Promise<readonly string[]> {
  const paths = wrong.filter((path) => !readsImports(path));
  const others = checks.filter(({ path }) => !readsImports(path));
  if (paths.length === 0 || others.length === 0) return [];
  const before = await vault.readTexts(base, paths);
  const sources = paths.map((path, at) => ({ path, text: textOf(WRONG + path), base: before[at] || null }));
  const read = await syntax.hollow(sources);
  const declared = read.flatMap((each, at) => [
    ...(each.kind === 'hollowed' ? each.functions : []),
    ...(each.kind === 'unchanged' ? (each.idle ?? []) : []),
    ...declaredTypes(sources[at]?.text ?? ''),
  ]);
  const words = wordsIn(known);
  const open = [...new Set(declared)].filter((name) => !words.has(name));
  if (open.length === 0) return [];
  const there = new Set((await vault.mentions(base, open)).flatMap((each) => [...wordsIn(each.text)]));
  return others.flatMap(({ path, text }) =>
    told(
      path,
      unknownDeclared(text, open, (name) => there.has(name)),
    ),
  );
}

function told(path: RepoPath, all: readonly string[]): readonly string[] {
  const names = [...new Set(all)].slice(0, 5);
  return names.length === 0
    ? []
    : [
        `${path} uses ${names.join(', ')}, which neither the goal nor the interface names and the repository does not have: ` +
          `the other agent could not know it. Name it in "interface", or use another`,
      ];
}
