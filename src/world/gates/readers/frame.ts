import * as z from 'zod/mini';
import { jsonLines } from './lines.ts';
import { invalidReport, type Unreadable } from './outcomes.ts';
import type { Reader } from './port.ts';

/** What every reporter of omk writes around its own events: the beginning, and the end with a seal. */
const frame = z.union([
  z.object({
    event: z.literal('begin'),
    reporter: z.string(),
    version: z.literal(1),
    /** What ids are relative to, where the runner chooses it. */
    root: z.optional(z.string()),
  }),
  z.object({ event: z.literal('end') }),
  z.object({ seal: z.nullable(z.string()) }),
]);

export type Events<Event> =
  | { readonly kind: 'events'; readonly events: readonly Event[]; readonly root: string | undefined }
  | Unreadable;

/** The events of a whole report of this reporter: it begins once, and ends by itself. */
export function eventsOf<Event extends { readonly event: string }>(
  report: string,
  reporter: Reader['name'],
  event: z.ZodMiniType<Event>,
): Events<Event> {
  const own = (value: unknown): { readonly own: Event } | null => {
    const { data } = event.safeParse(value);
    return data === undefined ? null : { own: data };
  };
  const parsed = jsonLines(report, (value) => own(value) ?? frame.safeParse(value).data ?? null);
  if (parsed.kind === 'invalid') return invalidReport(parsed.detail);
  const [first, ...rest] = parsed.lines;
  const seal = rest.pop();
  const last = rest.pop();
  if (!first || !('event' in first) || first.event !== 'begin' || first.reporter !== reporter)
    return invalidReport(`the report does not begin as one of ${reporter}`);
  if (!seal || !('seal' in seal) || !last || !('event' in last) || last.event !== 'end')
    return invalidReport('the report breaks off: the runner did not end by itself');
  const events = rest.flatMap((line) => ('own' in line ? [line.own] : []));
  return events.length === rest.length
    ? { kind: 'events', events, root: first.root }
    : invalidReport('the report begins or ends twice');
}
