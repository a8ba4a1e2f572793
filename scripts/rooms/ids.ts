/** What a name says that a value is, so that its type has to say it as well (`src/domain/ids.ts`). */
const TYPE_OF: Readonly<Record<string, string>> = {
  sha256: 'Sha256',
  tree: 'TreeId',
  commit: 'CommitId',
  goal: 'GoalId',
  goalId: 'GoalId',
};
const PLAIN = /\b(sha256|tree|commit|goalId|goal)\??: string(?![\w[])/g;

/** Where these names are words as a person wrote them: the text of a goal, a flag. */
const AS_WRITTEN: ReadonlySet<string> = new Set([
  'app/judge/request.ts',
  'domain/goal/author.ts',
  'domain/plan/document.ts',
  'surfaces/cli/commands/goal/state-options.ts',
  'surfaces/cli/commands/judge-flags.ts',
]);

/** Each id of a program file that is typed as any text, as a sentence. Tests may. */
export function plainIds(file: string, source: string): readonly string[] {
  if (AS_WRITTEN.has(file) || /\.test\.ts$|\/(?:testing|conformance|fixtures)\//.test(file)) return [];
  return source
    .split('\n')
    .flatMap((line, at) =>
      [...line.matchAll(PLAIN)].map(
        ([, name = '']) => `${file}:${at + 1}: '${name}' is any text: type it as ${TYPE_OF[name] ?? ''}`,
      ),
    );
}
