import { baselineOf, isGood } from '../gates/baseline.ts';
import { judgeGate } from '../evidence/judge-gate.ts';
import type { GateSpec } from '../gates/gate.ts';
import { holds } from '../evidence/settle-runs.ts';
import { blocks, known, type BlockingGapCode, type Gap } from '../goal/gap.ts';
import { openQuestion, type GoalState } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';
import { assessEvidence, type Shown } from './evidence.ts';

/** The subject of gaps about what a given change shows of itself. */
export const EVIDENCE = 'evidence';

/** A given change that is none. */
export const isEmptyGiven = ({ created }: GoalState): boolean =>
  created?.given !== undefined && created.given.snapshot.candidate === created.repository.tree;

/** What a given change does not show of what was expected. */
export function evidenceGaps(state: GoalState, candidate: TreeId): readonly Gap[] {
  const given = state.created?.given;
  if (!given || !doGatesHold(state, candidate)) return [];
  const found = assessEvidence(state, candidate);
  if (found.kind === 'needs_hollow' || found.kind === 'needs')
    return [blocks('G_GATE_PENDING', EVIDENCE, 'the tests of the change have not run without it', 'omk goal resume')];
  const nothing = isAnythingShown(state, candidate)
    ? []
    : [
        blocks(
          'G_NOTHING_SHOWN',
          'gates',
          'no required gate passes on the base, so that it cannot be seen whether the change breaks anything',
          'omk gates run, to see why; or --check "<command>"',
        ),
      ];
  // A check or a held-out test that fails without the change shows more.
  if (state.plan?.heldOut || (state.plan?.criteria.length ?? 0) > 0) return nothing;
  const { fixes, guards, ...mute } = found.kind === 'shown' ? found : NONE;
  const open = new Set([...mute.shallow, ...mute.untried]);
  if (given.expect === 'fix' && fixes.length === 0)
    return [
      ...nothing,
      blocks(
        'G_NO_FAIL_TO_PASS',
        EVIDENCE,
        `no test fails without the change and passes with it${seenOf(mute)}`,
        'add a test that fails on the base, or --check "<command that fails on the base>"',
      ),
    ];
  if (given.expect === 'feature' && guards.length === 0 && fixes.every((id) => open.has(id)))
    return [
      ...nothing,
      blocks(
        'G_NO_GUARD',
        EVIDENCE,
        `no test fails when what the change does is taken out${seenOf(mute)}`,
        'add a test of what is new, or --check "<command that fails on the base>"',
      ),
    ];
  return nothing;
}

/** Every required gate is judged, and none is red by the candidate. Of a change that breaks something no more is said. */
export const doGatesHold = (state: GoalState, candidate: TreeId): boolean =>
  (state.policy?.gates ?? []).every((gate) => {
    if (!gate.required) return true;
    const assessment = judgeGate(state, gate, candidate);
    return assessment !== null && holds(assessment.verdict);
  });

const NONE = { fixes: [], guards: [], silent: [], idle: [], unseen: [], shallow: [], untried: [] };

type Mute = Pick<Shown, 'silent' | 'idle' | 'unseen' | 'shallow' | 'untried'>;

const seenOf = (mute: Mute): string =>
  muteWords(mute)
    .map((each) => `; ${each}`)
    .join('');

/** Why new tests show nothing, or less than that they guard the change, with how many each. */
const muteWords = (mute: Mute): readonly string[] => [...emptyWords(mute), ...shallowWords(mute)];

const emptyWords = ({ silent, idle, unseen }: Mute): readonly string[] => [
  ...(silent.length > idle.length
    ? [words(silent.length - idle.length, 'new test', ['passes', 'pass'], 'without it too')]
    : []),
  ...(idle.length > 0
    ? [
        words(idle.length, 'new test', ['cannot', 'cannot'], 'load without it, and ') +
          (idle.length === 1 ? 'passes' : 'pass') +
          ' where the functions of the change do nothing',
      ]
    : []),
  ...(unseen.length > 0 ? [words(unseen.length, 'new test', ['does', 'do'], 'not run without it')] : []),
];

const shallowWords = ({ shallow, untried }: Mute): readonly string[] => [
  ...(shallow.length > 0
    ? [
        words(shallow.length, 'test', ['fails', 'fail'], 'without it, but ') +
          (shallow.length === 1 ? 'passes' : 'pass') +
          ' where the functions of the change do nothing',
      ]
    : []),
  ...(untried.length > 0
    ? [
        words(untried.length, 'test', ['fails', 'fail'], 'without it, but ') +
          (untried.length === 1 ? 'does' : 'do') +
          ' not run where the functions of the change do nothing',
      ]
    : []),
];

const words = (count: number, noun: string, [one, more]: readonly [string, string], rest: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'} ${count === 1 ? one : more} ${rest}`;

/** Something that worked on the base is seen to work still. */
const isAnythingShown = (state: GoalState, candidate: TreeId): boolean =>
  (state.policy?.gates ?? []).some((gate) => gate.required && showsSomething(state, gate, candidate));

function showsSomething(state: GoalState, gate: GateSpec, candidate: TreeId): boolean {
  const assessment = judgeGate(state, gate, candidate);
  if (assessment?.verdict.kind === 'pass') return true;
  const baseline = baselineOf(state.measurements, gate, state.created?.repository.tree ?? '');
  return baseline !== null && [...baseline.expected].some((id) => isGood(baseline, id));
}

/** What the verdict on a given change does not say. */
export function evidenceLimits(state: GoalState, candidate: TreeId): readonly Gap[] {
  if (!state.created?.given || !doGatesHold(state, candidate)) return [];
  const found = assessEvidence(state, candidate);
  if (found.kind !== 'shown') return [];
  const { fixes, guards, byAuthor, silent, unseen } = found;
  const shown = new Set([...fixes, ...guards]).size;
  const asked = state.plan?.heldOut || (state.plan?.criteria.length ?? 0) > 0;
  const mute = silent.length + unseen.length;
  return [
    ...(shown === 0 && !asked
      ? [
          known(
            'K_NO_REGRESSION_ONLY',
            EVIDENCE,
            'all that is shown is that nothing that passed before is lost: nothing shows what the change is for',
          ),
        ]
      : []),
    ...(byAuthor.length > 0
      ? [
          known(
            'K_TESTS_BY_AUTHOR',
            EVIDENCE,
            `the author of the change wrote or edited tests that show it: ${byAuthor.length} of ${shown}`,
          ),
        ]
      : []),
    ...(mute > 0
      ? [
          known(
            'K_TESTS_SHOW_NOTHING',
            EVIDENCE,
            `new tests show nothing of the change: ${emptyWords(found).join(', ')}`,
          ),
        ]
      : []),
    ...shallowLimit(found),
  ];
}

/** Tests that may ask for no more than that something is there. */
function shallowLimit(found: Shown): readonly Gap[] {
  const why = found.emptied ? shallowWords(found) : notEmptied(found);
  return why.length === 0
    ? []
    : [known('K_TESTS_SHALLOW', EVIDENCE, `tests may ask for no more than that something is there: ${why.join(', ')}`)];
}

const notEmptied = ({ byAuthor }: Shown): readonly string[] =>
  byAuthor.length === 0
    ? []
    : ['the change has no function that omk can empty, so that they cannot be tried without what it does'];

const ACCEPT = 'omk goal answer --accept and omk goal resume';
const AGAIN = 'mend what is missing, and omk judge asks whether it may stay';

/** What mends a gap where no agent is at work that could be sent back. */
const FIXES: Partial<Record<BlockingGapCode, string>> = {
  G_GATE_FAILED: 'mend it, then omk judge again; omk goal show says more',
  G_GATE_NOT_MEASURED: 'omk gates explain',
  G_CONTRACT_CHANGED: `take it back; or ${AGAIN}`,
  G_POLICY_TOUCHED: `take it back; or ${AGAIN}`,
  G_SECRET: `remove it; or ${AGAIN}`,
  G_CRITERION_OPEN: 'mend it, then omk judge again',
  G_HELD_OUT: 'mend it, then omk judge again',
  G_EMPTY_PATCH: 'omk judge --base <commit>, or omk judge <base>..<commit>',
};

/** The same while a question about the change is open. */
const ASKED: Partial<Record<BlockingGapCode, string>> = {
  G_CONTRACT_CHANGED: `omk goal diff; then ${ACCEPT}, or change it`,
  G_POLICY_TOUCHED: `omk goal diff; then ${ACCEPT}, or change it`,
  G_SECRET: `remove it; or ${ACCEPT} where it is none`,
};

/** An answer is advised only where a question is open. */
export const forGiven = (state: GoalState, gaps: readonly Gap[]): readonly Gap[] => {
  const fixes = openQuestion(state) ? { ...FIXES, ...ASKED } : FIXES;
  return gaps.map((gap) => (gap.kind === 'blocking' ? { ...gap, fix: fixes[gap.code] ?? gap.fix } : gap));
};
