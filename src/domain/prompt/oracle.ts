import { quoteMaterial } from '../delivery/material.ts';
import { toldAnswers } from '../decide/agent-question.ts';
import type { TurnReason } from '../goal/intent.ts';
import type { GoalState } from '../goal/state.ts';
import { assessSubmission } from '../oracle/assess.ts';
import { pendingDispute } from '../oracle/pending-dispute.ts';
import { NOTE, WRONG } from '../goal/checks-submission.ts';

/** What an agent is told that writes checks before somebody else works. Its digest is in the log of each turn. */
export function composeOracle(state: GoalState, reason: TurnReason): string {
  const found = assessSubmission(state);
  if (reason === 'feedback')
    return [
      '# Not accepted yet',
      ...(found.kind === 'refused' ? found.why.map((why) => `- ${why}`) : []),
      '',
      'Mend the files where they are.',
      RULES,
    ].join('\n');
  return [
    reason === 'continue' ? 'This was interrupted. Look at the working tree and go on.' : '',
    `# Goal of somebody else\n${state.created?.prompt ?? ''}`,
    quoteMaterial(state.created?.material ?? []),
    `# Your part\n${PART}`,
    wanted(state),
    refused(state),
    lookAgain(state),
    RULES,
    `# Tests are run by\n${commands(state)}`,
    toldAnswers(state),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** The same for a session that starts with no memory of the turns before. */
export const composeFreshOracle = (state: GoalState, reason: TurnReason): string =>
  reason === 'feedback'
    ? [composeOracle(state, 'continue'), composeOracle(state, 'feedback')].join('\n\n')
    : composeOracle(state, reason);

/** What the plan wants tests for, and the names to keep to. */
function wanted({ created }: GoalState): string {
  const document = created?.options.plan?.document;
  const criteria = (document?.criteria ?? []).filter(({ oracle }) => oracle === true);
  const names = document?.interface ?? [];
  return [
    criteria.length === 0
      ? ''
      : [
          '# What must be shown',
          'Tests for each of these, named by its id in the note:',
          ...criteria.map(({ id, text }) => `- ${id}: ${text}`),
        ].join('\n'),
    names.length === 0 ? '' : ['# Names to keep to', ...names.map((each) => `- ${each}`)].join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Checks that were there before, in the words of whoever did not want them. */
const refused = ({ rejected }: GoalState): string =>
  rejected === null || rejected.why === ''
    ? ''
    : `# Refused before\nA person refused the tests that were written first: ${rejected.why}`;

/** Checks that may be wrong lie in the worktree, and only they may be written otherwise. */
function lookAgain(state: GoalState): string {
  const dispute = pendingDispute(state);
  if (dispute === null) return '';
  return [
    '# Look again',
    `The tests of the goal are here already, with their wrong solution. All else passes, and these do not: ${dispute.paths.join(', ')}.`,
    ...dispute.why.map((why) => `- ${why}`),
    'If one of them asks for something that the goal does not ask for, correct that file.',
    'If they are right, leave them as they are: then say so and stop.',
    'No test may go, and none may assert less than before. Other files stay as they are.',
  ].join('\n');
}

const PART =
  'Write the tests that show that this goal is done, and do not do it. Another agent will do it, and is judged by them.\n' +
  'Add new test files where the tests of the repository are, in the way they are written. Check results of what the goal asks ' +
  'for, by the names that the goal gives; where it gives none, choose them.';

const RULES = [
  '# Rules',
  '- At least two test files for each thing that the goal asks for, with different inputs: one of them stays hidden from the other agent.',
  `- In ${WRONG}, put a wrong solution, laid out as in the repository: whole files in which everything that your tests use is there, ` +
    'and does nothing or makes the obvious mistake.',
  '- Every test file must load and run on the repository with the wrong solution over it, and a test in each must fail there. ' +
    'It must not pass on the repository as it is.',
  `- The tool check_submit of the server omk, or the file ${NOTE}, may say what decides what: ` +
    '{"criteria": [{"id": "…", "text": "…", "files": ["…"]}], "interface": ["name(arguments)"]}',
  '- Only add files: at most 20, with 200 kB. No network, no date, nothing random. Do not touch other files.',
].join('\n');

const commands = ({ policy }: GoalState): string =>
  (policy?.gates ?? [])
    .filter(({ required, kind }) => required && kind === 'test')
    .map(({ argv, cwd }) => `- \`${argv.join(' ')}\`${cwd === '.' ? '' : ` in ${cwd}`}`)
    .join('\n');
