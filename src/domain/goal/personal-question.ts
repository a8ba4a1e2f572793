import { judgingChanges } from '../contract/judging.ts';
import { labelLines } from '../contract/labels/describe.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import { movedSubmodules } from '../gates/submodules.ts';
import { unmeasuredBySubmodule } from '../judge/submodules.ts';
import { laidOver } from '../task/laid.ts';
import { assessOwnTests } from '../own-tests/assess.ts';
import { nameFindings } from '../secrets/finding.ts';
import { ask } from './decide-record.ts';
import { goneTests, goneText } from './gone-tests.ts';
import type { Intent } from './intent.ts';
import type { ABOUT_CANDIDATE } from '../evidence/question.ts';
import { blocking, readiness, type BlockingGap } from './readiness.ts';
import type { GoalState } from './state.ts';

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

/** How many labels of tests a question names. */
const LABELS_ASKED = 20;

/** Tests of tasks before that do not pass as those left them. */
const changedOfHead = (state: GoalState, candidate: TreeId) =>
  blocking(readiness(state)).some(({ code, verdict }) => code === 'G_REGRESSION' && verdict === 'E_CONTRACT_CHANGED')
    ? (laidOver(state, candidate)?.changes ?? [])
    : [];

/** The question about changed tests or policy that has not been asked about this tree, or null. */
export function personalQuestion(state: GoalState, candidate: TreeId): Intent | null {
  const examined = state.examined.get(candidate);
  if (!examined) return null;
  const short = candidate.slice(0, 12);
  const asked = (code: (typeof ABOUT_CANDIDATE)[number]): boolean =>
    state.questions.some((each) => each.question.code === code && each.question.subject === candidate);
  if (examined.policyPaths.length > 0 && !asked('policy_touched'))
    return ask({
      id: `q-policy-${short}`,
      code: 'policy_touched',
      subject: candidate,
      paths: examined.policyPaths,
      text: `The candidate changes ${examined.policyPaths.join(', ')}, which judges the next run. Is that wanted?`,
    });
  const { secrets = [] } = examined;
  if (secrets.length > 0 && !asked('secret_found'))
    return ask({
      id: `q-secret-${short}`,
      code: 'secret_found',
      subject: candidate,
      paths: [...new Set(secrets.map(({ path }) => path))],
      text: `The candidate holds what looks like a secret: ${nameFindings(secrets)}. Is it none, or may it be delivered all the same?`,
    });
  const own = assessOwnTests(state, candidate);
  if (own.kind === 'documentation' && !asked('docs_only'))
    return ask({
      id: `q-docs-${short}`,
      code: 'docs_only',
      subject: candidate,
      paths: own.paths,
      text: [
        'Only documentation changed, which no test can show. Does it say what you asked for?',
        ...own.paths.slice(0, LABELS_ASKED).map((path) => `changed  ${path}`),
      ].join('\n'),
    });
  const isRed = blocking(readiness(state)).some(
    (gap) => gap.code === 'G_GATE_FAILED' && gap.text.includes('E_CONTRACT_CHANGED'),
  );
  const judging = [...judgingChanges(state, examined, isRed), ...changedOfHead(state, candidate)];
  const gone = judging.length > 0 ? [] : goneTests(state, candidate);
  if (gone.length > 0 && !asked('contract_changed'))
    return ask({
      id: `q-contract-${short}`,
      code: 'contract_changed',
      subject: candidate,
      paths: [],
      text: goneText(gone, LABELS_ASKED),
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
    const labels = [
      ...(examined.suppressions ?? []).map(({ path, line, text }) => `silenced  ${path}:${line} ${text}`),
      ...(examined.tests ? labelLines(examined.tests, LABELS_ASKED) : []),
    ].join('\n');
    return ask({
      id: `q-contract-${short}`,
      code: 'contract_changed',
      subject: candidate,
      paths,
      text:
        `The candidate changes tests or runner settings: ` +
        `${judging.map((each) => `${each.change} ${each.path}`).join(', ')}. May its own tests judge it ` +
        `instead of those of the base?${labels === '' ? '' : `\n${labels}`}`,
    });
  }
  return null;
}
