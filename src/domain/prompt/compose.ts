import { gateOf, keepsBehaviour } from '../plan/plan.ts';
import { quoteMaterial } from '../delivery/material.ts';
import { hiddenOf, pathsOf, visibleOf } from '../held-out/options.ts';
import { labelLines } from '../contract/labels/describe.ts';
import { judgeGate } from '../evidence/judge-gate.ts';
import { baselineRun } from '../gates/baseline.ts';
import type { GateSpec } from '../gates/gate.ts';
import { mayStayRed } from '../evidence/known-red.ts';
import { lackingHere } from '../evidence/lacking.ts';
import { toldAnswers } from '../decide/agent-question.ts';
import { toldCommands } from '../commands/told.ts';
import { acceptedChecks } from '../held-out/evidence.ts';
import { DISPUTES } from '../oracle/claimed.ts';
import { toldProposals, toldReturn, toldTask } from './task.ts';
import type { TurnReason } from '../goal/intent.ts';
import { ABOUT_CANDIDATE } from '../evidence/question.ts';
import { blocking, readiness } from '../judge/readiness.ts';
import { answerTo, currentSnapshot, type GoalState } from '../goal/state.ts';

const TAIL = 3000;
/** How many labels of tests an agent is told. */
const LABELS_TOLD = 20;
/** Gaps that are omk's own business, not the agent's. */
const NOT_FOR_AGENTS = new Set([
  'G_NOT_INTEGRATED',
  'G_INTEGRATED_TREE_DIFFERS',
  'G_HELD_OUT_SEALED',
  'G_CRITERION_OPEN',
  'G_NO_CANDIDATE',
  'G_AGENT_UNAVAILABLE',
  'G_GATE_PENDING',
]);

/** What an agent is told at the start of a turn. Says what judges it and that saying "done" does nothing. */
export function composePrompt(state: GoalState, reason: TurnReason): string {
  if (reason === 'feedback') return [feedback(state), closing(state)].join('\n\n');
  if (reason === 'continue')
    return [
      'The work on this goal was interrupted. Look at the working tree and go on.',
      brief(state),
      toldAnswers(state),
      rejection(state),
      closing(state),
    ]
      .filter(Boolean)
      .join('\n\n');
  return [
    missing(state),
    brief(state),
    ofClass(state),
    ownTests(state),
    baseOutput(state),
    lessons(state),
    oneAtATime(state),
    closing(state),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** The same for a session that starts with no memory of the turns before. */
export function composeFreshPrompt(state: GoalState, reason: TurnReason): string {
  if (reason === 'first') return composePrompt(state, reason);
  return [
    brief(state),
    'Work has begun already: look at the working tree first.',
    toldAnswers(state),
    reason === 'feedback' ? feedback(state) : rejection(state),
    closing(state),
  ]
    .filter(Boolean)
    .join('\n\n');
}

const closing = ({ plan }: GoalState): string => (plan?.class === 'audit' ? UNCHANGED : CHANGED);

const UNCHANGED =
  'The commands above are run on the tree when you stop, and no file of it may differ from the base. Do not touch `.omk/`. ' +
  'Your last message is read by a person, who checks it.';

const CHANGED =
  'Change the files in the working directory; nothing else is looked at. When you stop, the tree is ' +
  'judged by running the commands above on it. ' +
  ("The base's tests and test settings are laid over your changes for that, so changing or removing " +
    'existing tests does not help; adding new tests is welcome. ') +
  'Do not touch `.omk/`. What you say is not taken as evidence.';

function brief(state: GoalState): string {
  const gates = (state.policy?.gates ?? [])
    .filter((gate) => gate.required)
    .map(
      (gate) =>
        `- ${gate.id}: \`${gate.argv.join(' ')}\`${gate.cwd === '.' ? '' : ` in ${gate.cwd}`}${redNow(state, gate)}`,
    );
  const criteria = (state.plan?.criteria ?? []).map((criterion) => `- ${criterion.text}`);
  return [
    `# Goal\n${state.created?.prompt ?? ''}`,
    forked(state),
    toldTask(state),
    toldReturn(state),
    quoteMaterial(state.created?.material ?? []),
    planned(state),
    criteria.length > 0 ? `# Done when\n${criteria.join('\n')}` : '',
    notDelivered(state),
    gates.length > 0 ? `# Judged by\n${gates.join('\n')}` : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** A fork begins with work that is there already. */
function forked({ created }: GoalState): string {
  const { origin } = created ?? {};
  if (origin?.kind !== 'fork') return '';
  const differently = origin.differently === undefined ? '' : `\n\n# To be done differently\n${origin.differently}`;
  return `# Begun already\nThe working directory holds earlier work on this goal: look at it first, and go on from it.${differently}`;
}

/** What a plan says beside the goal: the task, names to keep to, and questions that nobody had to answer. */
function planned(state: GoalState): string {
  const { created, plan, focus } = state;
  const task = focus === null ? plan?.tasks[0] : undefined;
  const own =
    task && task.brief !== created?.prompt
      ? `# Task\n${task.title}\n${task.brief === task.title ? '' : task.brief}`
      : '';
  const writes = task?.writes ?? [];
  const others = hiddenOf(state).length > 0 ? ' Others of the same are hidden.' : '';
  const decided = (created?.options.plan?.document.questions ?? []).flatMap(({ text, default: given }) =>
    given === undefined ? [] : [`- ${text}\n  ${given}`],
  );
  return [
    own.trim(),
    writes.length > 0 ? `# May be changed\nThese files and no others: ${writes.join(', ')}` : '',
    list(
      `# Checks\nThese tests are there already, must pass, and cannot be changed.${others}${mayDispute(state)}`,
      pathsOf(visibleOf(state)).map((path) => `- ${path}`),
    ),
    toldCommands(state),
    list(
      '# Names to keep to',
      (plan?.interface ?? []).map((each) => `- ${each}`),
    ),
    list('# Decided', decided),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** A claim of the worker reaches a person; nothing becomes easier by it. */
const mayDispute = (state: GoalState): string =>
  acceptedChecks(state) === null
    ? ''
    : ` Where one of them is wrong, say so with the tool check_dispute of the server omk, or in ${DISPUTES}, as ` +
      '{"disputes": [{"check": "<path>", "why": "<why>"}]}, and do ' +
      'the rest: at the end a person is asked.';

const list = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${title}\n${lines.join('\n')}`;

/** Before all else: what an agent would look for in vain. */
function missing(state: GoalState): string {
  const lines = lackingHere(state);
  return lines.length === 0 ? '' : `# Missing here\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

/** What is in the worktree and in no commit of it. */
function notDelivered({ dependencies }: GoalState): string {
  const { submodules = [], included = [] } = dependencies?.beside ?? {};
  const paths = [...submodules.map(({ path }) => path), ...included];
  return paths.length === 0
    ? ''
    : `# Not part of the result\nChanges of these are not looked at: ${paths.slice(0, 10).join(', ')}${paths.length > 10 ? ', …' : ''}`;
}

/** What a kind of change may not do. */
function ofClass({ plan }: GoalState): string {
  if (plan?.class === 'docs') return '# Only documentation\nChange documentation only, and no other file.';
  if (plan?.class === 'audit')
    return '# An audit\nLook, and change no file. Say in your last message what you found, and where.';
  if (keepsBehaviour(plan?.class)) return '# Same behaviour\nWhat works before must work in the same way afterwards.';
  return '';
}

/** Nothing was red before, so the change must bring what shows it. */
const ownTests = ({ plan }: GoalState): string =>
  plan?.ownTests === true && plan.oracle === undefined
    ? '# Tests\nNo test fails yet, so write tests of this goal together with the change, in new test files ' +
      'or as new tests in the existing ones, ' +
      ('beside the tests that are there and run by the commands above. They must pass with your change. ' +
        'They are also run with the functions of your change emptied, ') +
      'and must fail then: check results, not only that something exists. Do not edit tests that exist.'
    : '';

const redNow = (state: GoalState, gate: GateSpec): string =>
  mayStayRed(state, gate) ? ' (red before any change: what failed then may fail still, and nothing else)' : '';

function baseOutput(state: GoalState): string {
  const tree = state.created?.repository.tree;
  if (!tree) return '';
  return (state.plan?.criteria ?? [])
    .map((criterion) => {
      const gate = state.policy?.gates.find((each) => each.id === gateOf(criterion));
      const run = gate ? baselineRun(state.measurements, gate, tree, 1) : null;
      return run && run.tail.trim() !== '' ? `# Output of ${gate?.id} before any change\n${fence(run.tail)}` : '';
    })
    .filter(Boolean)
    .join('\n\n');
}

function feedback(state: GoalState): string {
  const snapshot = currentSnapshot(state);
  const parts = ['# Not done yet'];
  for (const gap of blocking(readiness(state))) if (!NOT_FOR_AGENTS.has(gap.code)) parts.push(`- ${gap.text}`);
  const tests = snapshot && state.examined.get(snapshot.candidate)?.tests;
  if (tests && blocking(readiness(state)).some((gap) => gap.code === 'G_CONTRACT_CHANGED'))
    parts.push('- what you changed in tests:', ...labelLines(tests, LABELS_TOLD).map((line) => `  - ${line}`));
  if (snapshot && snapshot.ignored.length > 0)
    parts.push(
      `- new files that the repository ignores, and caches of tools, are not part of the result: ` +
        `${snapshot.ignored.slice(0, 10).join(', ')}`,
    );
  const frozen = snapshot?.frozen ?? [];
  if (frozen.length > 0)
    parts.push(
      `- these checks cannot be changed, and were put back as they were given: ${frozen.slice(0, 10).join(', ')}`,
    );
  const outside = snapshot?.outside ?? [];
  if (outside.length > 0)
    parts.push(`- your task may not change these files, so they were taken out: ${outside.slice(0, 10).join(', ')}`);
  for (const gate of state.policy?.gates ?? []) {
    const assessment =
      snapshot && state.examined.has(snapshot.candidate) ? judgeGate(state, gate, snapshot.candidate) : null;
    if (assessment === null || assessment.verdict.kind === 'pass' || assessment.verdict.kind === 'not_applicable')
      continue;
    if (assessment.missing.length > 0)
      parts.push(
        `\nTests of ${gate.id} that must run and pass:\n${assessment.missing
          .slice(0, 20)
          .map((id) => `- ${id}`)
          .join('\n')}`,
      );
    const tail = assessment.evidence[0]?.tail ?? '';
    if (tail.trim() !== '') parts.push(`\nEnd of the output of ${gate.id}:\n${fence(tail)}`);
  }
  parts.push(...toldProposals(state));
  const rejected = rejection(state);
  if (rejected) parts.push(rejected);
  return parts.join('\n');
}

const REFUSED: Readonly<Record<(typeof ABOUT_CANDIDATE)[number], string>> = {
  contract_changed: 'changes of tests or test settings',
  policy_touched: 'changes of .omk/',
  secret_found: 'secrets in the tree',
  docs_only: 'changed documentation',
  nothing_shown: 'change as it is',
};

/** What a person said "no" to, in their words. */
function rejection(state: GoalState): string {
  const candidate = currentSnapshot(state)?.candidate;
  if (!candidate) return '';
  return ABOUT_CANDIDATE.map((code) => {
    const answer = answerTo(state, code, candidate);
    return answer?.kind === 'reject' ? `A person refused the ${REFUSED[code]}: ${answer.note || 'undo them'}` : '';
  })
    .filter(Boolean)
    .join('\n');
}

/** What the attempts before this one ran into. */
function lessons(state: GoalState): string {
  const before = state.attempts.filter((attempt) => attempt.ended !== null && attempt.ended !== 'accepted');
  if (before.length === 0) return '';
  const gaps = blocking(readiness(state)).filter((gap) => !NOT_FOR_AGENTS.has(gap.code));
  const from = state.focus ? 'what is integrated so far' : 'the base';
  return [
    `# Earlier attempts\n${before.length} did not get there; this one starts again from ${from}. The last one ended with:`,
    ...gaps.map((gap) => `- ${gap.text}`),
  ].join('\n');
}

/** An attempt that is to do less: the first open point, and then the next. */
function oneAtATime(state: GoalState): string {
  if (state.attempts.at(-1)?.rung !== 'smaller') return '';
  const [gap] = blocking(readiness(state)).filter(({ code }) => !NOT_FOR_AGENTS.has(code));
  return [
    '# Less at once',
    'Attempts to do all of it did not get there. Make one point hold, with the smallest change that does it, and stop:',
    gap ? `- ${gap.text}` : '- the first test that fails',
  ].join('\n');
}

const fence = (text: string): string => `\`\`\`\n${text.slice(-TAIL).replaceAll('```', "'''")}\n\`\`\``;
