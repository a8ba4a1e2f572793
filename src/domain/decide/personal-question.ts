import { isTestName } from '../contract/classify.ts';
import { judgingChanges, rightInTests, settledChanges } from '../evidence/judging.ts';
import { labelLines } from '../contract/labels/describe.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import type { Examined } from '../contract/examined.ts';
import { movedSubmodules } from '../evidence/submodules.ts';
import { unmeasuredBySubmodule } from '../judge/submodules.ts';
import { laidOver } from '../task/laid.ts';
import { isAcceptedUnshown, isUnshown } from '../own-tests/accepted.ts';
import { assessOwnTests, type OwnTests } from '../own-tests/assess.ts';
import { nameFindings } from '../secrets/finding.ts';
import { ask } from '../judge/intents.ts';
import { goneTests, goneText, type Beside } from '../judge/gone-tests.ts';
import type { Intent } from '../goal/intent.ts';
import { acceptedBefore, changesAsked } from '../evidence/accepted-before.ts';
import type { ABOUT_CANDIDATE, Answer, Question } from '../evidence/question.ts';
import { blocking, readiness, type BlockingGap } from '../judge/readiness.ts';
import type { GoalState } from '../goal/state.ts';

/** Gaps that a person can close with a word. */
export const PERSONAL: ReadonlySet<string> = new Set<BlockingGap['code']>([
  'G_CONTRACT_CHANGED',
  'G_POLICY_TOUCHED',
  'G_SECRET',
  'G_DOCS_ONLY',
]);

/** A gate that failed for what the change does to the tests, which a person may accept. */
export const isContractRed = (gap: BlockingGap): boolean =>
  gap.verdict === 'E_CONTRACT_CHANGED' || gap.verdict === 'E_MISSING_TESTS';

/** The same of a gate that needs files of a submodule which a given change moves. */
export const isSubmoduleMoved = (gap: BlockingGap): boolean => gap.verdict === 'E_SUBMODULE_MOVED';

const submoduleText = (
  moved: readonly RepoPath[],
  gates: readonly GateSpec[],
  judging: readonly { readonly path: RepoPath; readonly change: string }[],
): string => {
  const others = judging.filter(({ path }) => !moved.includes(path)).map(({ path, change }) => `${change} ${path}`);
  return (
    `The change moves submodule ${moved.join(', ')} to another commit, whose files no gate sees, and so these gates could not be ` +
    `measured: ${gates.map(({ id }) => id).join(', ')}. May it be ready without them?` +
    (others.length === 0 ? '' : ` It also changes tests or runner settings: ${others.join(', ')}.`)
  );
};

/** What is asked of changed tests, and of code that may be right in tests only. */
function judgingText(
  judging: readonly { readonly path: RepoPath; readonly change: string }[],
  asking: ReadonlySet<RepoPath>,
): string {
  const nameAll = (each: typeof judging): string => each.map(({ path, change }) => `${change} ${path}`).join(', ');
  const [code, tests] = [
    judging.filter(({ path }) => asking.has(path)),
    judging.filter(({ path }) => !asking.has(path)),
  ];
  return [
    ...(tests.length > 0
      ? [
          `The candidate changes tests or runner settings: ${nameAll(tests)}. May its own tests judge it instead of those of the base?`,
        ]
      : []),
    ...(code.length > 0
      ? [
          `New code asks whether tests run it, or calls things equal without looking at them: ${nameAll(code)}. ` +
            `Is it right outside of tests too?`,
        ]
      : []),
  ].join(' ');
}

/** How many labels of tests a question names. */
const LABELS_ASKED = 20;

/** Tests of tasks before that do not pass as those left them. */
const changedOfHead = (state: GoalState, candidate: TreeId) =>
  blocking(readiness(state)).some(({ code, verdict }) => code === 'G_REGRESSION' && verdict === 'E_CONTRACT_CHANGED')
    ? (laidOver(state, candidate)?.changes ?? [])
    : [];

const isTakenOver = (answer: Answer | null | undefined): boolean =>
  answer?.kind === 'accept' && answer.as !== undefined;

/** What else is known of test files where tests are gone. */
function besideOf(examined: Examined, isTaken: boolean): Beside {
  if (isTaken) return 'accepted';
  return settledChanges(examined).length > 0 ? 'changed' : 'unchanged';
}

const UNSHOWN = {
  no_tests:
    'No test shows that the change is what you asked for: it adds none that passes. All gates are as they were.',
  only_tests: 'The change holds nothing but tests, which pass already.',
  not_run:
    'The new tests pass, and do not run without the change: it cannot be seen that they test what it does. All gates are as they were.',
} as const;

function nothingShown({ why }: Extract<OwnTests, { kind: 'not_shown' }>, labels: string): string {
  const what = why === 'only_tests' || why === 'not_run' ? UNSHOWN[why] : UNSHOWN.no_tests;
  return `${what} Is it what you asked for?${labels === '' ? '' : `\n${labels}`}`;
}

/** The question about changed tests or policy that has not been asked about this tree, or null. */
export function personalQuestion(state: GoalState, candidate: TreeId): Intent | null {
  const examined = state.examined.get(candidate);
  if (!examined) return null;
  const short = candidate.slice(0, 12);
  const askedOf = (code: (typeof ABOUT_CANDIDATE)[number]) =>
    state.questions.findLast((each) => each.question.code === code && each.question.subject === candidate);
  const asked = (code: (typeof ABOUT_CANDIDATE)[number]): boolean => askedOf(code) !== undefined;
  /** About these files wherever they are the same; as accepted, where they were. */
  const askAbout = (question: Question, paths: readonly RepoPath[]): Intent => {
    const files = changesAsked(examined.changes, paths);
    const about = files === undefined ? question : { ...question, files };
    return ask(about, acceptedBefore(state.questions, about));
  };
  if (examined.policyPaths.length > 0 && !asked('policy_touched'))
    return askAbout(
      {
        id: `q-policy-${short}`,
        code: 'policy_touched',
        subject: candidate,
        paths: examined.policyPaths,
        text: `The candidate changes ${examined.policyPaths.join(', ')}, which judges the next run. Is that wanted?`,
      },
      examined.policyPaths,
    );
  const { secrets = [] } = examined;
  const secretPaths = [...new Set(secrets.map(({ path }) => path))];
  if (secrets.length > 0 && !asked('secret_found'))
    return askAbout(
      {
        id: `q-secret-${short}`,
        code: 'secret_found',
        subject: candidate,
        paths: secretPaths,
        text: `The candidate holds what looks like a secret: ${nameFindings(secrets)}. Is it none, or may it be delivered all the same?`,
      },
      secretPaths,
    );
  const own = assessOwnTests(state, candidate);
  if (own.kind === 'documentation' && !asked('docs_only'))
    return askAbout(
      {
        id: `q-docs-${short}`,
        code: 'docs_only',
        subject: candidate,
        paths: own.paths,
        text: [
          'Only documentation changed, which no test can show. Does it say what you asked for?',
          ...own.paths.slice(0, LABELS_ASKED).map((path) => `changed  ${path}`),
        ].join('\n'),
      },
      own.paths,
    );
  const isAskedBoth =
    state.created?.options.asksUnshown === true &&
    (isUnshown(own) || (own.kind === 'needs_hollow' && examined.changes.every(({ path }) => isTestName(path)))) &&
    !isAcceptedUnshown(state, candidate);
  /** One question where the tests are asked about as well. */
  const withUnshown = (text: string, lines = ''): { readonly text: string; readonly unshown?: true } => {
    const both = isAskedBoth
      ? `${text} No test shows that the change does what you asked for, so a yes says that too.`
      : text;
    return { text: lines === '' ? both : `${both}\n${lines}`, ...(isAskedBoth ? { unshown: true } : {}) };
  };
  const isRed = blocking(readiness(state)).some(
    (gap) => gap.code === 'G_GATE_FAILED' && gap.verdict === 'E_CONTRACT_CHANGED',
  );
  const asking = rightInTests(examined);
  const labels = [
    ...asking.map(
      ({ path, line, kind, text }) => `${kind === 'equal' ? 'says yes ' : 'asks     '} ${path}:${line} ${text}`,
    ),
    ...(examined.suppressions ?? []).map(({ path, line, text }) => `silenced  ${path}:${line} ${text}`),
    ...(examined.tests ? labelLines(examined.tests, LABELS_ASKED) : []),
  ].join('\n');
  const ofHead = changedOfHead(state, candidate);
  const judging = [...judgingChanges(state, examined, isRed), ...ofHead];
  const isTaken = isTakenOver(askedOf('contract_changed')?.answer);
  const gone = judging.length > 0 && !isTaken ? [] : goneTests(state, candidate);
  if (gone.length > 0 && (isTaken || !asked('contract_changed')))
    return ask({
      id: `q-${isTaken ? 'gone' : 'contract'}-${short}`,
      code: 'contract_changed',
      subject: candidate,
      paths: [],
      ...withUnshown(goneText(gone, LABELS_ASKED, besideOf(examined, isTaken))),
    });
  const unmeasured = unmeasuredBySubmodule(state, candidate);
  if (unmeasured.length > 0 && !asked('contract_changed'))
    return ask({
      id: `q-contract-${short}`,
      code: 'contract_changed',
      subject: candidate,
      paths: judging.map((each) => each.path),
      submodules: movedSubmodules(examined.changes),
      text: submoduleText(movedSubmodules(examined.changes), unmeasured, judging),
    });
  if (judging.length > 0 && !asked('contract_changed')) {
    const paths = judging.map((each) => each.path);
    return askAbout(
      {
        id: `q-contract-${short}`,
        code: 'contract_changed',
        subject: candidate,
        paths,
        ...withUnshown(judgingText(judging, new Set(asking.map(({ path }) => path))), labels),
      },
      // Tests of tasks before are no change from the base, so that an answer about them is about this tree.
      ofHead.length > 0 ? [] : [...paths, ...examined.contractChanges.map(({ path }) => path)],
    );
  }
  if (isAskedBoth && own.kind === 'not_shown' && !asked('nothing_shown'))
    return ask({
      id: `q-shown-${short}`,
      code: 'nothing_shown',
      subject: candidate,
      paths: examined.changes.map(({ path }) => path),
      text: nothingShown(own, labels),
    });
  return null;
}

/** The same where a person accepted these very changes in another tree: nobody is asked, and no agent is told to take them back. */
export function acceptedSame(state: GoalState, candidate: TreeId): Intent | null {
  const question = personalQuestion(state, candidate);
  const isAccepted = question?.kind === 'record' && 'as' in question.event.data && question.event.data.as !== undefined;
  return isAccepted ? question : null;
}
