import { beginsToAsk, type AsksWhoRuns } from '../../domain/contract/asks-who-runs.ts';
import { classify } from '../../domain/contract/classify.ts';
import { holdsTestsInside, languageOf } from '../../domain/contract/languages.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import type { RepoPath } from '../../domain/ids.ts';
import type { Sides } from './label-tests.ts';

/** More are not recorded: one is enough for a question. */
const MOST = 20;

/** Lines of changed code by which it may be right only where it is tested. */
export async function findAsking(
  changes: readonly PathChange[],
  read: (paths: readonly RepoPath[]) => Promise<Sides>,
): Promise<readonly AsksWhoRuns[]> {
  const code = changes.filter(
    ({ path, change, newMode }) =>
      change !== 'deleted' &&
      languageOf(path) !== null &&
      (classify(path, newMode) === 'source' || holdsTestsInside(path)),
  );
  const texts = await read(code.map(({ path }) => path));
  const found = code.flatMap(({ path }) => {
    const { base = null, candidate = null } = texts.get(path) ?? {};
    return candidate === null ? [] : beginsToAsk(path, base, candidate);
  });
  // Those that are asked about come first.
  return found.toSorted((a, b) => Number(a.kind === 'process') - Number(b.kind === 'process')).slice(0, MOST);
}
