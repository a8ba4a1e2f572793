import { canonical } from '../../domain/canonical.ts';
import type { LoggedEvent } from '../../domain/goal/event.ts';
import type { Gap } from '../../domain/goal/gap.ts';
import { isTerminal, mayMove } from '../../domain/status.ts';
import { at } from '../format/json.ts';
import { signedGaps } from '../statement/terminal.ts';
import type { RulesDoor } from '../rules/resolve.ts';
import type { Facts } from '../statement/facts.ts';
import type { VerifiedLog } from './log.ts';
import { rulesNamed, rulingOf, type Judged, type Ruling } from './judged.ts';
import type { Recorder } from './report.ts';

/** The log folded again, by the rules that judged. Null, with the reason recorded, where it cannot be. */
export async function judge(
  { events, raw }: Pick<VerifiedLog, 'events' | 'raw'>,
  terminal: unknown,
  door: RulesDoor,
  to: Recorder,
): Promise<Judged | null> {
  const named = rulesNamed(events);
  const ruling = await rulingOf(named, door, to);
  const facts =
    ruling &&
    refold(
      raw.map((each) => ruling.rules.upcast(each, null)),
      terminal,
      ruling,
    );
  if (!ruling || !facts) return null;
  const ofContract = await rulingOf(facts.examined?.rules ?? named, door, to);
  return ofContract && { ...facts, ...ruling, ofContract };
}

/**
 * The log folded again by the domain. Null when there is nothing to compare statements with; facts of a log
 * that claims more than it shows are given all the same, so that the reason can be told exactly.
 */
function refold(events: readonly LoggedEvent[], terminal: unknown, { rules, to }: Ruling): Facts | null {
  const result = rules.factsOf(events);
  if (result.kind === 'not_terminal') {
    to.check('E_TERMINAL', false, result.why);
    return null;
  }
  const facts: Facts = isJoined(terminal) ? { ...result.facts, joined: true } : result.facts;
  const refused = result.kind === 'not_admitted' ? result : null;
  const isLast = refused?.seq === events.length - 1;
  // A goal that ended short of ready may still be cancelled; nothing else follows an end.
  const before = facts.state.status;
  const follows = !isTerminal(before) || (facts.status === 'cancelled' && mayMove(before, 'cancelled'));
  to.check('E_TERMINAL', follows, 'one terminal event, and it is the last');
  to.check(
    'E_LOG_EVENT',
    refused === null || isLast,
    refused && !isLast ? `line ${refused.seq}: ${refused.why}` : 'every event follows those before it',
  );
  to.check(
    'E_STATUS',
    !isLast,
    refused && isLast ? `the log does not show ${facts.status}: ${refused.why}` : `the log shows ${facts.status}`,
  );
  const last = events.at(-1);
  if (last?.type === 'goal.ended')
    to.check('E_STATUS', codes(last.data.gaps) === codes(facts.gaps), 'the recorded gaps are those the log shows');
  return facts;
}

const codes = (gaps: readonly Gap[]): string => canonical([signedGaps(gaps, 'blocking'), signedGaps(gaps, 'known')]);

/** Statements of before name the commit and its tree as one subject, or a tree by the name of the commit. */
function isJoined(terminal: unknown): boolean {
  const subjects = at(terminal, 'subject');
  return (
    Array.isArray(subjects) &&
    subjects.some(
      (each) => ['HEAD', 'base'].includes(String(at(each, 'name'))) && at(each, 'digest', 'gitTree') !== undefined,
    )
  );
}
