import type { TurnOutcome, Unavailable } from '../../../domain/agents/agent.ts';
import type { UsageEntry } from '../../../domain/budget/usage-entry.ts';
import { dollars6 } from '../../../domain/budget/money.ts';
import type { Checkpoint, Extended } from '../../../domain/budget/moment.ts';
import type { Observed } from '../../../domain/plan/command.ts';
import { classify } from '../../../domain/contract/classify.ts';
import { countLabels } from '../../../domain/contract/labels/describe.ts';
import type { Measurement } from '../../../domain/gates/evidence.ts';
import { notInstalled } from '../../../domain/evidence/lacking.ts';
import type { GoalEvent } from '../../../domain/goal/event.ts';
import { isPlanning } from '../../../domain/goal/spending.ts';
import type { DataOf } from '../../../domain/goal/state.ts';
import type { RepoPath } from '../../../domain/ids.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { duration } from '../text/duration.ts';
import { many } from '../text/many.ts';

/** One event as one line for a pipe or a log file: what happened, no opinion, never a line break from somebody else's text. */
export function plainLine(event: GoalEvent): string {
  switch (event.type) {
    case 'goal.created': {
      const { goal, title, repository, agent, given } = event.data;
      const by = given
        ? `${cleanLine(given.name)}, tree ${short(given.snapshot.candidate)}`
        : `agent ${agent?.name ?? ''}`;
      return `goal ${goal}: ${cleanLine(title)} (base ${short(repository.commit)}, ${by})`;
    }
    case 'policy.resolved': {
      const { gates, file } = event.data.policy;
      return `gates from ${file === null ? 'detection' : file.path}: ${list(gates.map((gate) => gate.id))}`;
    }
    case 'dependencies.prepared':
      return event.data.lacking
        ? cleanLine(notInstalled(event.data.detail), 400)
        : `dependencies: ${cleanLine(event.data.detail)}`;
    case 'gate.measured':
      return measured(event.data);
    case 'checks.added':
      return `checks added: ${list(event.data.gates.map((gate) => gate.id))}`;
    case 'facts.read':
      return `facts of tree ${short(event.data.tree)}: ${event.data.holds.filter(Boolean).length} of ${event.data.holds.length} are so`;
    case 'command.observed':
      return observedLine(event.data);
    case 'plan.made': {
      const { plan, refused } = event.data;
      const left = refused.length === 0 ? '' : `; refused as criteria: ${list(refused)}`;
      return `plan: ${many(plan.tasks.length, 'task')}${doneWhen(plan)}${left}`;
    }
    case 'question.asked':
      return asked(event.data);
    case 'question.answered':
      return `question ${event.data.question} answered: ${event.data.answer.kind}`;
    case 'attempt.started':
      return `attempt ${event.data.attempt}: ${startedOn(event.data)}`;
    case 'plan.submitted':
      return event.data.kind === 'refused'
        ? `${turn(event.data)}: plan refused: ${list(event.data.why)}`
        : `${turn(event.data)}: a plan of ${many(event.data.document.tasks.length, 'task')} handed in`;
    case 'plan.edited':
      return `plan written anew by a person: ${many(event.data.document.tasks.length, 'task')}`;
    case 'plan.approved':
      return `approved by a person: ${approved(event.data)}`;
    case 'plan.rejected':
      return `refused by a person: ${cleanLine(event.data.why)}`;
    case 'checks.disputed':
      return `another session looks at checks that may be wrong: ${list(event.data.paths)}`;
    case 'checks.submitted':
      return event.data.kind === 'refused'
        ? `${turn(event.data)}: checks refused: ${list(event.data.why.map((why) => cleanLine(why)))}`
        : `${turn(event.data)}: ${many(event.data.checks.paths.length, 'file')} of checks handed in`;
    case 'turn.started':
      return `${turn(event.data)}: the agent works`;
    case 'session.opened':
      return `${turn(event.data)}: session ${cleanLine(event.data.session)}`;
    case 'turn.ended':
      return `${turn(event.data)}: ${outcome(event.data.outcome)}${lasted(event.data)}${stray(event.data.stray)}`;
    case 'snapshot.taken': {
      const { candidate, refused, outside = [] } = event.data.snapshot;
      const left =
        refused.length === 0 ? '' : `; refused: ${list(refused.map(({ path, code }) => `${path} (${code})`))}`;
      const strayed = outside.length === 0 ? '' : `; outside of its write set, left out: ${list(outside)}`;
      return `${turn(event.data)}: kept as tree ${short(candidate)}${left}${strayed}`;
    }
    case 'candidate.examined': {
      const { candidate, changes, policyPaths, tests: labels } = event.data;
      const [tests, unshown] = laidOver(event.data);
      const policy = policyPaths.length === 0 ? '' : `; policy changed: ${list(policyPaths)}`;
      const told = labels ? `; tests: ${countLabels(labels)}` : '';
      return `tree ${short(candidate)}: ${many(changes.length, 'file')} changed${tests}${unshown}${told}${policy}`;
    }
    case 'candidate.hollowed': {
      const { candidate, tree, count } = event.data;
      if (tree === null) return `tree ${short(candidate)}: nothing but tests changed`;
      const how = event.data.how === 'emptied' ? `${many(count, 'function')} emptied` : 'all but tests taken back';
      return `tree ${short(candidate)}: ${how}, to see whether its tests notice`;
    }
    case 'attempt.ended':
      return `attempt ${event.data.attempt}: ended, ${event.data.why.replaceAll('_', ' ')}`;
    case 'trees.merged': {
      const { onto, candidate, merged } = event.data;
      const remade = merged.kind === 'clean' && merged.remade ? `, ${list(merged.remade)} made again` : '';
      const result =
        merged.kind === 'clean'
          ? `tree ${short(merged.tree)}${remade}`
          : (merged.why ?? `conflicts in ${list(merged.paths)}`);
      return `tree ${short(candidate)} merged onto ${short(onto)}: ${result}`;
    }
    case 'tasks.integrated':
      return event.data.tasks.map(({ task, commit }) => `task ${task} integrated as ${short(commit)}`).join('; ');
    case 'task.returned': {
      const { task, why } = event.data;
      const because =
        why.kind === 'conflict'
          ? (why.why ?? `conflicts in ${list(why.paths)}`)
          : list(why.gaps.map(({ text }) => text));
      return `task ${task} returned: ${because}`;
    }
    case 'task.given_up':
      return `task ${event.data.task} given up: no attempt is left`;
    case 'task.proposed':
      return event.data.ruling.kind === 'accepted'
        ? `task ${event.data.ruling.task.id} added, as attempt ${event.data.attempt} proposed: ${cleanLine(event.data.ruling.task.title)}`
        : `attempt ${event.data.attempt}: a task that it proposed is refused: ${cleanLine(event.data.ruling.why)}`;
    case 'tests.laid':
      return event.data.changes.length === 0
        ? `tree ${short(event.data.candidate)}: no test of the head is changed`
        : `tree ${short(event.data.candidate)}: tests of the head are changed: ${list(event.data.changes.map(({ path }) => path))}`;
    case 'task.dropped':
      return `task ${event.data.task} dropped: the work of other tasks has all that it was to bring`;
    case 'task.added':
      return `task ${event.data.task.id} added: ${cleanLine(event.data.task.title)}`;
    case 'held_out.revealed':
      return `held-out checks: ${list(event.data.files.map(({ path }) => path))}`;
    case 'goal.integrated':
      return `integrated: commit ${short(event.data.commit)} with tree ${short(event.data.tree)}`;
    case 'usage.recorded':
      return `${turn(event.data)}: ${usage(event.data)} (claimed)`;
    case 'budget.checkpoint':
      return `budget at ${event.data.label.replaceAll('_', ' ')}: ${counts(event.data)}`;
    case 'budget.exhausted':
      if (event.data.refused) return `budget: ${cleanLine(event.data.refused.reason)}, before \`${event.data.action}\``;
      return (
        `budget: nothing is left of the ${event.data.source === 'cost' ? 'dollars' : event.data.source}, ` +
        `before \`${event.data.action}\``
      );
    case 'budget.extended':
      return `budget: extended by ${added(event.data.added)}`;
    case 'wait.started':
      return `${turn(event.data)}: waits until ${event.data.until} ${waitedFor(event.data)}: ${cleanLine(event.data.detail)}`;
    case 'wait.ended':
      return `${turn(event.data)}: waited ${duration(event.data.waitedMs)}`;
    case 'output.lost':
      return `${event.data.stream} can no longer be written (${cleanLine(event.data.why)}); the goal goes on`;
    case 'state.checkpoint':
      return `state ${short(event.data.sha256)} (${event.data.projection})`;
    case 'goal.paused':
      return `paused: ${cleanLine(event.data.why)}`;
    case 'goal.resumed':
      return `resumed: ${cleanLine(event.data.why)}`;
    case 'goal.cancelled':
      return `cancelled: ${cleanLine(event.data.why)}`;
    case 'delivery.pushed':
      return `pushed: commit ${short(event.data.commit)} to branch ${cleanLine(event.data.branch)} of ${cleanLine(event.data.repository)}`;
    case 'delivery.pr_opened':
      return `pull request opened: ${cleanLine(event.data.url)}`;
    case 'delivery.pr_updated':
      return `pull request updated: ${cleanLine(event.data.url)}`;
    case 'delivery.merged':
      return (
        `pull request merged: ${cleanLine(event.data.url)} as commit ${short(event.data.commit)}` +
        (event.data.tree === event.data.proven ? '' : ', with a tree that was not proven')
      );
    case 'goal.ended': {
      const blocking = event.data.gaps.filter((gap) => gap.kind === 'blocking');
      return `ended: ${event.data.status}${blocking.length === 0 ? '' : `, missing: ${list(blocking.map((gap) => gap.code))}`}`;
    }
  }
}

/** What shows that the plan is done, in words. */
function doneWhen({ criteria, heldOut, oracle, ownTests }: DataOf<'plan.made'>['plan']): string {
  const when = [
    ...criteria.map(({ text }) => text),
    ...(heldOut && oracle === undefined ? ['held-out checks pass'] : []),
    ...(oracle === 'agent' ? ['tests that another session writes pass'] : []),
    ...(ownTests && oracle === undefined ? ['new tests fail without the change'] : []),
  ];
  return when.length === 0 ? '; nothing shows yet when it is done' : `, done when ${list(when)}`;
}

const approved = ({ plan, commitment }: Extract<GoalEvent, { type: 'plan.approved' }>['data']): string =>
  [plan, commitment].flatMap((each) => (each === undefined ? [] : [each.slice(0, 12)])).join(', ') || 'the plan';

function startedOn({ role, task, agent, rung }: Extract<GoalEvent, { type: 'attempt.started' }>['data']): string {
  if (role === 'planner') return 'makes the plan';
  return role === 'oracle'
    ? 'writes checks of the goal'
    : `started on task ${task}${agent ? ', with the other agent' : ''}${rung === 'smaller' ? ', asked for less' : ''}`;
}

const OF_HELD_OUT: Partial<Record<Measurement['purpose'], string>> = {
  canary: 'canary of held-out checks',
  oracle: 'held-out checks where they must fail',
};

function measured(measurement: Measurement): string {
  const { gate, purpose, round, tree, over, durationMs, cached } = measurement;
  const what = over === undefined ? purpose : (OF_HELD_OUT[purpose] ?? 'held-out checks');
  const again = round > 1 ? `${what}, again` : what;
  const when = isPlanning(purpose) ? `${what} ${round}` : again;
  return (
    `gate ${gate} (${when}) on ${short(tree)}: ${canarySays(measurement) ?? resultOf(measurement)} ` +
    `${cached ? `from the cache (${cached.from.goal ?? 'omk gates run'}, ${cached.key.slice(0, 12)})` : `in ${duration(durationMs)}`}`
  );
}

function resultOf({ outcome: ended, report }: Measurement): string {
  if (report.kind === 'tests') return `${ending(ended)}, ${counted(report.tests)}`;
  return report.kind === 'unreadable' ? `${ending(ended)}, report ${report.why}` : ending(ended);
}

/** Of a run with planted tests, whose failures are what it is for; null for every other run. */
function canarySays({ purpose, canary, report }: Measurement): string | null {
  if (purpose === 'altered' && canary && report.kind === 'tests')
    return `${report.tests.failed.length} tests fail, as other values stand where they say what they expect`;
  if (purpose !== 'canary' || !canary || report.kind !== 'tests') return null;
  const { failed } = report.tests;
  const fails = [canary.name, ...(canary.names ?? [])].every((name) => failed.some((id) => id.endsWith(name)));
  return fails ? 'the planted tests fail, as they must' : 'a planted test was not reported as failed';
}

const counted = ({
  passed,
  failed,
  skipped,
}: { readonly [kind in 'passed' | 'failed' | 'skipped']: readonly string[] }): string =>
  `${passed.length} passed, ${failed.length} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}`;

function ending(ended: Measurement['outcome']): string {
  switch (ended.kind) {
    case 'exited':
      return `exit ${ended.code}`;
    case 'signalled':
      return `ended by ${ended.signal}`;
    case 'timed_out':
      return `timed out after ${duration(ended.afterMs)}`;
    case 'out_of_memory':
      return `did not end, ${cleanLine(ended.detail)}`;
    case 'not_started':
      return `did not run, ${cleanLine(ended.detail)}`;
  }
}

const READS_LIKE: Readonly<Record<Unavailable, string>> = {
  usage_limit: 'a usage limit',
  overloaded: 'an overloaded service',
  not_logged_in: 'a missing login',
  not_found: 'a missing program',
  slow: 'a slow start',
  not_acp: 'another protocol',
};

function outcome(ended: TurnOutcome): string {
  switch (ended.kind) {
    case 'completed':
      return `ended (${cleanLine(ended.stopReason)})`;
    case 'failed':
      return `failed (${ended.reason.replaceAll('_', ' ')}): ${cleanLine(ended.detail)}`;
    case 'unavailable':
      if (ended.said) return `agent failed, which reads like ${READS_LIKE[ended.reason]}: ${cleanLine(ended.detail)}`;
      return `agent unavailable (${ended.reason.replaceAll('_', ' ')}): ${cleanLine(ended.detail)}`;
    case 'asked':
      return `asks a person: ${cleanLine(ended.question.title)}`;
    case 'cancelled':
    case 'interrupted':
      return ended.kind;
  }
}

const usage = ({ inputTokens, outputTokens }: UsageEntry): string =>
  inputTokens === null && outputTokens === null
    ? 'used an unknown number of tokens'
    : `${inputTokens ?? 'unknown'} tokens in, ${outputTokens ?? 'unknown'} out`;

/** What is known of it: a 0 may stand for what no agent told. */
const counts = ({ elapsedSecs, usedTokens, usedPicoUsd }: Checkpoint): string =>
  [
    `${elapsedSecs}s`,
    ...(usedTokens === '0' ? [] : [`${usedTokens} tokens`]),
    ...(usedPicoUsd === '0' ? [] : [`$${dollars6(BigInt(usedPicoUsd))}`]),
  ].join(', ');

const added = ({ time, tokens, picoUsd }: Extended['added']): string =>
  [time, tokens === null ? null : `${tokens} tokens`, picoUsd === null ? null : `$${dollars6(BigInt(picoUsd))}`]
    .filter((each) => each !== null)
    .map((each) => cleanLine(each))
    .join(', ');

const asked = ({ question, as }: DataOf<'question.asked'>): string =>
  as === undefined
    ? `question ${question.id}: ${cleanLine(question.text, 400)}`
    : `question ${question.id} is not asked again: the same changes were accepted in ${list(as)}`;
const turn = (at: { readonly attempt: number; readonly turn: number }): string =>
  `attempt ${at.attempt}, turn ${at.turn}`;
const observedLine = ({ of: kind, place, tree, round, wallMs, parts }: Observed): string =>
  `${kind} ${place + 1} on tree ${short(tree)}, run ${round}: ` +
  (wallMs === undefined ? parts.map(({ name, blob }) => `${name} ${short(blob.sha256)}`).join(', ') : `${wallMs} ms`);

const short = (id: string): string => id.slice(0, 12);

/** At most five, so that a line stays a line. */
function list(items: readonly string[]): string {
  if (items.length === 0) return 'none';
  const shown = items.slice(0, 5).map((item) => cleanLine(item));
  return `${shown.join(', ')}${items.length > 5 ? ` and ${items.length - 5} more` : ''}`;
}

/** A turn that was closed after a crash has no known end. */
const lasted = ({ outcome: { kind }, durationMs }: { outcome: TurnOutcome; durationMs: number }): string =>
  kind === 'interrupted' && durationMs === 0 ? '' : ` after ${duration(durationMs)}`;

const stray = (told: { readonly bytes: number; readonly first: string } | undefined): string =>
  told === undefined
    ? ''
    : `; ${told.bytes} bytes of its output were no messages${told.first === '' ? '' : `: ${cleanLine(told.first)}`}`;

const WAITS_FOR = {
  usage_limit: "agent's usage limit",
  overloaded: "model's service, which does not answer",
  retry: 'next start of the agent, which failed',
};

const waitedFor = ({ why, told }: Extract<GoalEvent, { type: 'wait.started' }>['data']): string =>
  `for the ${WAITS_FOR[why ?? 'usage_limit']} ` + `(${told === 'agent' ? 'as it says' : 'then it is tried again'})`;

/** What is the base's while its tests judge, by why: it judges, or nothing shows that it is the product, which runs then settle. */
function laidOver({ contractChanges, asks }: DataOf<'candidate.examined'>): readonly [string, string] {
  const isUnshown = ({ path }: { readonly path: RepoPath }): boolean =>
    asks?.includes(path) === false && classify(path) === 'source';
  const named = (words: string, changes: typeof contractChanges): string =>
    changes.length === 0 ? '' : `; ${words}: ${list(changes.map(({ path }) => path))}`;
  return [
    named(
      'tests or runner changed',
      contractChanges.filter((each) => !isUnshown(each)),
    ),
    named('not shown to be the product', contractChanges.filter(isUnshown)),
  ];
}
