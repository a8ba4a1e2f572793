import type { TurnOutcome, Unavailable } from '../../../../domain/agents/agent.ts';
import type { DataOf } from '../../../../domain/goal/state.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { duration } from '../../text/duration.ts';
import { list, short, turn, type Lines } from './words.ts';

/** What agents do. */
export const ATTEMPT_LINES: Lines<
  | 'attempt.started'
  | 'attempt.ended'
  | 'turn.started'
  | 'session.opened'
  | 'turn.ended'
  | 'snapshot.taken'
  | 'wait.started'
  | 'wait.ended'
> = {
  'attempt.started': (data) => `attempt ${data.attempt}: ${startedOn(data)}`,
  'attempt.ended': ({ attempt, why }) => `attempt ${attempt}: ended, ${why.replaceAll('_', ' ')}`,
  'turn.started': (data) => `${turn(data)}: the agent works`,
  'session.opened': (data) => `${turn(data)}: session ${cleanLine(data.session)}`,
  'turn.ended': (data) => `${turn(data)}: ${outcome(data.outcome)}${lasted(data)}${stray(data.stray)}`,
  'snapshot.taken': (data) => {
    const { candidate, refused, outside = [] } = data.snapshot;
    const left = refused.length === 0 ? '' : `; refused: ${list(refused.map(({ path, code }) => `${path} (${code})`))}`;
    const strayed = outside.length === 0 ? '' : `; outside of its write set, left out: ${list(outside)}`;
    return `${turn(data)}: snapshot is tree ${short(candidate)}${left}${strayed}`;
  },
  'wait.started': (data) => `${turn(data)}: waits until ${data.until} ${waitedFor(data)}: ${cleanLine(data.detail)}`,
  'wait.ended': (data) => `${turn(data)}: waited ${duration(data.waitedMs)}`,
};

function startedOn({ role, task, agent, rung }: DataOf<'attempt.started'>): string {
  if (role === 'planner') return 'makes the plan';
  return role === 'oracle'
    ? 'writes checks of the goal'
    : `started on task ${task}${agent ? ', with the other agent' : ''}${rung === 'smaller' ? ', asked for less' : ''}`;
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

/** A turn that was closed after a crash has no known end. */
const lasted = ({ outcome: { kind }, durationMs }: { outcome: TurnOutcome; durationMs: number }): string =>
  kind === 'interrupted' && durationMs === 0 ? '' : ` after ${duration(durationMs)}`;

const stray = (seen: { readonly bytes: number; readonly first: string } | undefined): string =>
  seen === undefined
    ? ''
    : `; ${seen.bytes} bytes of its output were not protocol messages${seen.first === '' ? '' : `: ${cleanLine(seen.first)}`}`;

const WAITS_FOR = {
  usage_limit: "agent's usage limit",
  overloaded: "model's service, which does not answer",
  retry: 'next start of the agent, which failed',
};

const waitedFor = ({ why, told }: DataOf<'wait.started'>): string =>
  `for the ${WAITS_FOR[why ?? 'usage_limit']} ` + `(${told === 'agent' ? 'as it says' : 'then it is tried again'})`;
