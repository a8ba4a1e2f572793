import { clean, cleanLine } from '../../../domain/text/clean.ts';
import { keyLines } from '../../../domain/text/key-lines.ts';
import { redact } from '../../../domain/text/redact.ts';
import type { Clock } from '../../clock/port.ts';

/** Between two lines that are shown, in milliseconds: a flood of output must not become a flood of events. */
const PAUSE_MS = 50;
const LONGEST = 2000;

/** Hands lines on for people to see: cleaned, without secrets, not more than they could read. */
export function observer(
  clock: Clock,
  observe: (line: string) => void,
  secrets: readonly string[],
): (line: string) => void {
  let next = Number.NEGATIVE_INFINITY;
  const key = keyLines();
  return (whole) => {
    const line = key(whole);
    if (line === null) return;
    const now = clock.monotonic();
    if (now < next || line.trim() === '') return;
    next = now + PAUSE_MS;
    observe(cleanLine(redact(clean(line.slice(0, LONGEST)), secrets)));
  };
}
