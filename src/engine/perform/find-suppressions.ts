import { classify } from '../../domain/contract/classify.ts';
import {
  addedSuppressions,
  removedDemands,
  speaksOf,
  takenAway,
  type Suppression,
} from '../../domain/contract/suppressions.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import type { RepoPath } from '../../domain/ids.ts';
import { created, type Context } from '../context.ts';
import type { Sides } from './label-tests.ts';

/** More are not recorded: one is enough for a question. */
const MOST = 20;

/** Lines of changed sources that switch off what was red at the base, where no report of tests says what was red. */
export async function findSuppressions(
  context: Context,
  changes: readonly PathChange[],
  read: (paths: readonly RepoPath[]) => Promise<Sides>,
): Promise<readonly Suppression[]> {
  const outputs = await Promise.all(complaints(context).map((run) => outputOf(context, run)));
  if (outputs.length === 0) return [];
  const sources = changes.filter(({ path, newMode }) => ['source', 'manifest'].includes(classify(path, newMode)));
  const named = (path: RepoPath): boolean => outputs.some((output) => speaksOf(output, path));
  // An output that names no file at all may mean any.
  const anyNamed = changes.some(({ path }) => named(path));
  const meant = sources.filter(({ path, change }) => change === 'added' || !anyNamed || named(path));
  const added = changes.filter(({ change }) => change === 'added').map(({ path }) => path);
  const texts = await read(meant.map(({ path }) => path));
  return meant
    .flatMap(({ path, change }) => {
      if (change === 'deleted') return takenAway(path, added);
      const { base = null, candidate = null } = texts.get(path) ?? {};
      return candidate === null
        ? []
        : [...addedSuppressions(path, base, candidate), ...removedDemands(path, base, candidate)];
    })
    .slice(0, MOST);
}

/** Red runs of the base of which no test says what was wrong. */
function complaints({ session }: Context): readonly Measurement[] {
  const { state } = session;
  const base = created(state).repository.tree;
  return state.measurements.filter(
    ({ purpose, round, tree, outcome, report }) =>
      purpose === 'baseline' &&
      round === 1 &&
      tree === base &&
      outcome.kind === 'exited' &&
      outcome.code !== 0 &&
      (report.kind !== 'tests' || report.tests.failed.length === 0),
  );
}

async function outputOf({ world }: Context, { stdout, stderr }: Measurement): Promise<string> {
  const parts = await Promise.all([stdout, stderr].map(({ sha256 }) => world.store.getBlob(sha256)));
  return parts.map((part) => Buffer.from(part ?? []).toString('utf8')).join('\n');
}
