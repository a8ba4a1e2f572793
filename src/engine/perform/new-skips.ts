import { holdsTestsInside } from '../../domain/contract/languages.ts';
import { classify, isLoadedForTests, isTestName } from '../../domain/contract/classify.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import { asksToSkip, namesIn, skipsOthers } from '../../domain/evidence/skips.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { created, type Judging } from '../context.ts';
import type { RepoPath } from '../../domain/ids.ts';

/** More are not looked up one by one. */
const MOST = 500;
const WORDS = ['skip', 'Skip', 'SKIP', 'ssum', 'bort', 'pending', 'nconclusive'];

interface Text {
  readonly path: RepoPath;
  readonly text: string;
}

/**
 * Tests of the base that it could not run itself, and that a run of the contract skipped although nothing in the text of the base does:
 * then the code under test did.
 */
export async function unexplainedSkips(
  { session, vault, world }: Pick<Judging, 'session' | 'vault' | 'world'>,
  run: Measurement,
): Promise<Pick<Measurement, 'unexplainedSkips'>> {
  const asked = newlySkipped(session.state, run);
  if (asked.length === 0) return {};
  const base = created(session.state).repository.tree;
  const names = new Map(asked.map((id) => [id, namesIn(id)]));
  const found = await vault.mentions(base, [...new Set([...[...names.values()].flat(), ...WORDS])]);
  const tests = found.filter(({ path }) => classify(path) === 'test' || holdsTestsInside(path));
  const helpers = found.filter(
    ({ path, text }) => ['test', 'runner'].includes(classify(path)) && !isTestName(path) && skipsOthers(text),
  );
  const results = await world.syntax.read(tests.map((each) => ({ ...each, mixed: holdsTestsInside(each.path) })));
  const read = new Map(tests.map(({ path }, index) => [path, results[index]]));
  const explained = (id: string): boolean => {
    const own = tests.filter((each) => declares(each, id, names.get(id) ?? []));
    // What nothing of the base declares is the candidate's own, or made while running.
    if (own.length === 0) return true;
    return own.some((each) => {
      const parsed = read.get(each.path);
      return (
        asksToSkip(names.get(id) ?? [], each.text, parsed?.kind === 'read' ? parsed : null) ||
        helpers.some((helper) => isLoadedForTests(helper.path) || each.text.includes(stemOf(helper.path)))
      );
    });
  };
  const left = asked.filter((id) => !explained(id));
  return left.length > 0 ? { unexplainedSkips: left } : {};
}

const declares = ({ path, text }: Text, id: string, names: readonly string[]): boolean =>
  id.startsWith(path) || names.some((name) => text.includes(name));

const stemOf = (path: RepoPath): string => path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, '');

/** Skipped here, and unknown to the runs of the base; what stands in the documentation of changed code is the candidate's. */
function newlySkipped(state: GoalState, run: Measurement): readonly string[] {
  const examined = [...state.examined.values()].find(({ contract }) => contract.tree === run.tree);
  if (run.purpose !== 'contract' || run.report.kind !== 'tests' || !examined) return [];
  const known = new Set(
    state.measurements
      .filter(({ gate, purpose }) => gate === run.gate && purpose === 'baseline')
      .flatMap(({ report }) =>
        report.kind === 'tests' ? [...report.tests.passed, ...report.tests.failed, ...report.tests.skipped] : [],
      ),
  );
  const own = examined.changes.map(({ path }) => path).filter((path) => classify(path) !== 'test');
  return run.report.tests.skipped
    .filter((id) => !known.has(id) && !own.some((path) => id.startsWith(path) || id.includes(` ${path}`)))
    .slice(0, MOST);
}
