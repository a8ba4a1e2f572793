import type { GateRun } from '../evidence/assess.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import { isTestName } from '../contract/classify.ts';
import { isIn } from '../contract/test-file.ts';
import { isDocumentation } from '../contract/documentation.ts';
import type { Hollowed } from '../evidence/hollow.ts';
import { addedIn, countsTests, lastRun, outcomes, plainRun, reportedIn, wantedRun } from './runs.ts';

export type OwnTests =
  /** The plan does not ask for them. */
  | { readonly kind: 'none' }
  /** No gate ran the tests of the candidate: one is red before. Of logs of before: as if it had none. */
  | { readonly kind: 'unmeasured' }
  /** The candidate without what it does is still to be made. */
  | { readonly kind: 'needs_hollow' }
  | { readonly kind: 'needs'; readonly runs: readonly GateRun[] }
  /** Nothing but documentation changed, which no test can show. */
  | { readonly kind: 'documentation'; readonly paths: readonly RepoPath[] }
  | {
      readonly kind: 'not_shown';
      /** `no_tests`, `only_tests`: nothing that came with the change could show it. */
      readonly why: 'no_tests' | 'only_tests' | 'not_found' | 'not_noticed' | 'not_run';
      readonly text: string;
    }
  /** `added`: new tests that pass; `noticed`: those of them that fail on the hollowed candidate. */
  | {
      readonly kind: 'shown';
      readonly added: readonly string[];
      readonly noticed: readonly string[];
      readonly hollowed: Hollowed;
    };

interface Added {
  readonly gate: GateSpec;
  readonly ids: readonly string[];
}

/** Whether tests that the worker added fail when the change does nothing: what shows a goal where nothing was red before. */
export function assessOwnTests(state: Evidence, candidate: TreeId): OwnTests {
  if (state.plan?.ownTests !== true) return { kind: 'none' };
  const added = (state.policy?.gates ?? []).filter(countsTests).flatMap((gate): readonly Added[] => {
    const ids = addedIn(state, gate, candidate);
    return ids.length === 0 ? [] : [{ gate, ids }];
  });
  const changed = state.examined.get(candidate)?.changes.map(({ path }) => path) ?? [];
  if (added.length === 0 && changed.length > 0 && changed.every(isDocumentation))
    return { kind: 'documentation', paths: changed };
  if (added.length === 0 && state.created?.options.asksUnshown === true && !isRun(state, candidate))
    return { kind: 'unmeasured' };
  if (added.length === 0) return noTests(state, candidate);
  const hollowed = state.hollowed.get(candidate);
  if (!hollowed) return { kind: 'needs_hollow' };
  const { tree } = hollowed;
  if (tree === null) return notShown('only_tests', 'the change holds nothing but tests, which pass already');
  if (hollowed.idle)
    return notShown(
      'not_noticed',
      `the functions of the change do nothing as they are (${namesOf(hollowed)}), so no test can notice what they do`,
    );
  const { takenBack } = hollowed;
  const trees = takenBack === undefined ? [tree] : [tree, takenBack];
  const runs = added.flatMap(({ gate }) => trees.flatMap((each) => wantedRun(state, gate, each)));
  if (runs.length > 0) return { kind: 'needs', runs };
  const all = added.flatMap(({ ids }) => ids);
  const seen = added.map(({ gate, ids }) => outcomes(lastRun(state, gate, tree), ids));
  const noticed = seen.flatMap(({ failed }) => failed);
  const before = added.flatMap(({ gate, ids }) =>
    takenBack === undefined ? [] : outcomes(lastRun(state, gate, takenBack), ids).passed,
  );
  const news = noticed.filter((id) => !before.includes(id));
  if (news.length > 0) return { kind: 'shown', added: all, noticed: news, hollowed };
  if (noticed.length > 0)
    return notShown(
      'not_noticed',
      `the new tests pass also where ${TAKEN_BACK}: they do not test what the change does`,
    );
  return seen.some(({ passed }) => passed.length > 0)
    ? notShown(
        'not_noticed',
        `the new tests pass also where ${takenAway(hollowed)}: they do not test what the change does`,
      )
    : notShown(
        'not_run',
        `the new tests do not run where ${takenAway(hollowed)}, so it cannot be seen that they test what the change does`,
      );
}

const isRun = (state: Evidence, candidate: TreeId): boolean =>
  (state.policy?.gates ?? []).filter(countsTests).some((gate) => plainRun(state, gate, candidate) !== undefined);

/** What to do where the change brings no test that passes; names new files of tests of which the gates report none. */
function noTests(state: Evidence, candidate: TreeId): OwnTests {
  const gates = (state.policy?.gates ?? []).filter(countsTests);
  const ids = gates.flatMap((gate) => reportedIn(state, gate, candidate));
  const isNamed = ids.some((id) => /^[^ ]+\.\w+ > /.test(id) || id.includes('::'));
  const unrun = (state.examined.get(candidate)?.changes ?? [])
    .filter(
      ({ path, change }) => change === 'added' && isTestName(path) && !ids.some((id) => id === path || isIn(id, path)),
    )
    .map(({ path }) => path);
  if (unrun.length === 0 || !isNamed)
    return notShown(
      'no_tests',
      'the change adds no test that passes: add tests of the new behaviour, which fail without the change',
    );
  const commands = gates.map(({ argv }) => `\`${argv.join(' ')}\``).join(', ');
  return notShown(
    'not_found',
    `the change adds no test that passes: ${commands} reports no test of ${unrun.slice(0, 3).join(', ')}, which ` +
      `${unrun.length === 1 ? 'is' : 'are'} new; put tests where it finds them`,
  );
}

const notShown = (why: Extract<OwnTests, { kind: 'not_shown' }>['why'], text: string): OwnTests => ({
  kind: 'not_shown',
  why,
  text,
});

const TAKEN_BACK = 'all but the tests is as it was before';

/** What the hollowed candidate lacks, as a clause. */
export function takenAway({ how, functions, count }: Hollowed): string {
  if (how === 'taken_back') return TAKEN_BACK;
  return `the functions of the change do nothing (${namesOf({ functions, count })})`;
}

const namesOf = ({ functions, count }: Pick<Hollowed, 'functions' | 'count'>): string =>
  `${[...new Set(functions.map(({ name }) => name))].slice(0, 5).join(', ')}${count > 5 ? ', …' : ''}`;
