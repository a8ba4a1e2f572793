import { quoteMaterial } from '../delivery/material.ts';
import { toldAnswers } from '../decide/agent-question.ts';
import type { TurnReason } from '../goal/intent.ts';
import type { GoalState } from '../goal/state.ts';
import { assessPlan } from '../planner/assess.ts';
import { asked } from '../planner/document.ts';
import { planFileOf } from '../planner/hand-in.ts';

/** What an agent is told that makes the plan of a goal. Its digest is in the log of each turn. */
export function composePlanner(state: GoalState, reason: TurnReason): string {
  if (reason === 'feedback')
    return [
      '# Not accepted yet',
      ...assessPlan(state).map((why) => `- ${why}`),
      '',
      'Hand in the whole plan again.',
      rules(state),
    ].join('\n');
  return [
    reason === 'continue' ? 'This was interrupted. Look at the working tree and go on.' : '',
    `# Goal of somebody else\n${state.created?.prompt ?? ''}`,
    quoteMaterial(state.created?.material ?? []),
    `# Your part\n${PART}`,
    refused(state),
    rules(state),
    `# Gates\n${gates(state)}`,
    toldAnswers(state),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** The same for a session that starts with no memory of the turns before. */
export const composeFreshPlanner = (state: GoalState, reason: TurnReason): string =>
  reason === 'feedback'
    ? [composePlanner(state, 'continue'), composePlanner(state, 'feedback')].join('\n\n')
    : composePlanner(state, reason);

/** A plan that was there before, in the words of whoever did not want it. */
const refused = ({ rejected }: GoalState): string =>
  rejected === null || rejected.why === ''
    ? ''
    : `# Refused before\nA person refused the plan that was made first: ${rejected.why}`;

const PART =
  'Make the plan for this goal, and do not do it: what will show that it is done, and in which tasks it is done. Read the ' +
  'repository first. Other agents write the tests and do the work, with your plan and without you.';

const rules = (state: GoalState): string =>
  [
    '# Rules',
    `- Hand in the plan with the tool plan_submit of the server omk. Where there is no such tool, write it as JSON into ` +
      `${planFileOf(state.created?.goal ?? '')}. Whatever else you change is thrown away.`,
    '- {"criteria": [{"id": "…", "text": "…", "oracle": true}], "tasks": [{"id": "t1", "title": "…", "brief": "…", "needs": [], ' +
      '"writes": ["src/"], "criteria": ["…"]}], "interface": ["name(arguments)"], "questions": [], "decisions": ["…"]}',
    '- A criterion is one testable statement, not so now and so at the end. It is decided by one of: "oracle": true (tests are ' +
      'written for it), "fact": "<path> exists" (or "is gone", "contains <text>", "lacks <text>"), "gate": a gate that is red now, ' +
      '"tests": ids of tests. With "must": "keep" it is so now, and must stay so. At least one is not so now.',
    '- "class" is left out for a fix or a feature; else it is one of: refactor, port, rewrite, migration, performance',
    '- One task, unless parts can be done and shown by themselves. "needs" names tasks that must be done first. "writes" names all ' +
      'that a task may change (folders end in /); leave it out when you cannot know.',
    '- "interface" names what tests use of the product: names with arguments, flags, paths, exit codes, texts.',
    '- At most five questions, each {"id", "text", "default"}; only where a wrong guess would destroy something or needs a secret ' +
      '"why" instead of "default".',
    ...(asked(state)?.oracle === 'agent'
      ? []
      : ['- Tests for "oracle": true are written by the agent that does the work.']),
  ].join('\n');

const gates = ({ policy }: GoalState): string =>
  (policy?.gates ?? [])
    .map(({ id, argv, required }) => `- ${id}: \`${argv.join(' ')}\`${required ? '' : ' (not required)'}`)
    .join('\n');
