import type { Intent } from './intent.ts';

/**
 * What is wanted and not begun. An attempt does one thing at a time, and the head moves while nothing is sent back: nothing else of
 * the same begins beside what is in flight.
 */
export function notBegun(wanted: readonly Intent[], inFlight: readonly Intent[]): readonly Intent[] {
  if (inFlight.length === 0) return wanted;
  const keys = new Set(inFlight.map(({ key }) => key));
  const held = new Set(inFlight.map(holdOf).filter((hold) => hold !== null));
  return wanted.filter((intent) => !keys.has(intent.key) && !held.has(holdOf(intent) ?? ''));
}

/** What an intent has for itself while it is done; null for one that goes beside all. */
function holdOf(intent: Intent): string | null {
  switch (intent.kind) {
    case 'start_attempt':
    case 'run_turn':
    case 'wait':
    case 'take_snapshot':
    case 'read_proposal':
      return `attempt:${intent.attempt}`;
    case 'land':
      return 'queue';
    case 'record':
      return intent.event.type === 'task.returned' ? 'queue' : null;
    default:
      return null;
  }
}
