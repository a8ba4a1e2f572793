import type { Intent } from './intent.ts';

/** What is wanted and not begun. An attempt does one thing at a time, so nothing else of it begins beside what is in flight. */
export function notBegun(wanted: readonly Intent[], inFlight: readonly Intent[]): readonly Intent[] {
  if (inFlight.length === 0) return wanted;
  const keys = new Set(inFlight.map(({ key }) => key));
  const attempts = new Set(inFlight.map(attemptOf).filter((attempt) => attempt !== null));
  return wanted.filter((intent) => !keys.has(intent.key) && !attempts.has(attemptOf(intent) ?? -1));
}

/** The attempt that an intent is about; null for one that is about none. */
function attemptOf(intent: Intent): number | null {
  switch (intent.kind) {
    case 'start_attempt':
    case 'run_turn':
    case 'wait':
    case 'take_snapshot':
    case 'read_checks':
      return intent.attempt;
    default:
      return null;
  }
}
