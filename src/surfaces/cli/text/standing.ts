import type { NarrativeLine } from '../../../app/narrative/line.ts';
import type { Step } from '../../../domain/goal/step.ts';
import type { Status } from '../../../domain/status.ts';
import { duration } from './duration.ts';

type Standing = Extract<NarrativeLine, { kind: 'standing' }>;

const SENTENCE: Readonly<Record<Status, string>> = {
  running: 'a process works on the goal',
  paused: 'stopped; the work is kept',
  ready: 'done and proven',
  not_ready: 'work was attempted; this is missing',
  blocked_on_human: 'a person has to decide',
  blocked_on_external: 'something outside omk is missing',
  needs_more_budget: 'the budget is spent',
  failed_infra: 'omk or this machine failed',
  cancelled: 'cancelled by a person; it cannot be resumed',
};

/** Of a change that was judged as it was given. */
const OF_GIVEN: Partial<Record<Status, string>> = {
  paused: 'stopped',
  ready: 'judged and proven',
  not_ready: 'this is missing',
};

const AFTER_STEP: Readonly<Record<Step, string>> = {
  execute: 'agents have no work left; nothing was merged',
  verify: 'the existing work was judged; no agent was started and nothing was merged',
  integrate: 'accepted work was merged; no agent was started',
};

const DESERTED = 'interrupted: no process works on it';

/** How a goal stands, and what it cost. */
export const standingText = (line: Standing): string =>
  `${line.deserted ? DESERTED : `${line.status}: ${sentenceOf(line)}`}${spent(line)}`;

function sentenceOf({ status, given, after }: Standing): string {
  if (after !== null) return AFTER_STEP[after];
  return (given ? OF_GIVEN[status] : undefined) ?? SENTENCE[status];
}

/** Duration, tokens and dollars; nothing before an agent worked. */
function spent({ attempts, ms, used: { tokens, dollars } }: Standing): string {
  if (attempts === 0) return '';
  if (tokens === null && dollars === null) return ` (${duration(ms)}, no usage reported)`;
  return ` (${duration(ms)}; the agent reports ${tokens ?? 'unknown'} tokens, ${dollars ?? 'cost unknown'})`;
}
