import { canonical } from '../../domain/canonical.ts';
import type { GoalEvent, LoggedEvent } from '../../domain/goal/event.ts';
import { withoutPlaces } from '../../domain/log/places.ts';
import { isSameButPlaces, type Place } from '../../replay/cassette/places.ts';

/**
 * Whether an event is the recorded one. Paths of a machine are not in the log, and the name of the rule set changes with every build
 * of it: what the rules decided is what counts. Hashes of two projections of a state say nothing of each other.
 */
export function isSame(event: GoalEvent, recorded: LoggedEvent, places: readonly Place[] = []): boolean {
  if (isOfOtherProjection(event, recorded)) return true;
  const [made, there] = [textOf(event), textOf(recorded)];
  return made === there || isSameButPlaces(made, there, places);
}

const isOfOtherProjection = (event: GoalEvent, recorded: LoggedEvent): boolean =>
  event.type === 'state.checkpoint' &&
  recorded.type === 'state.checkpoint' &&
  event.data.projection !== recorded.data.projection;

function textOf(event: GoalEvent): string {
  const { rules: _build, ...data }: { readonly rules?: unknown } = { ...withoutPlaces(event).data };
  return canonical({ type: event.type, data });
}

/** The rule set that an event names; null where it names none. */
export const rulesOf = ({ data }: GoalEvent): string | null =>
  'rules' in data && typeof data.rules === 'string' ? data.rules : null;

/** The recorded event as the engine made it again: with paths, and by the rules of then. */
export function remade(event: GoalEvent, recorded: LoggedEvent): LoggedEvent {
  if (isOfOtherProjection(event, recorded)) return recorded;
  const rules = rulesOf(recorded);
  return Object.assign({ ...recorded }, event, { data: { ...event.data, ...(rules === null ? {} : { rules }) } });
}
